import { FORMATS } from "../../lib/cli/review/formats";
import { planIn } from "../../lib/review/plan";
import { review } from "../../lib/review/review";
import { sanitized } from "../../lib/review/sanitize";
import { RULES } from "../../lib/rules/rules";
import { plans } from "./plans";

type Json = { [key: string]: Json } & Json[] & string;

let planted = 0;
const secret = () => `PLANTED${planted++}END`;

/** Arguments that hold secrets, and others that nobody asked to be shown. */
const ARGUMENTS = ["user_data", "admin_pass", "image_source_password", "secret", "password", "private_key"];

/** The plan with secrets in all places that nothing is to be shown of. */
function withSecrets(plan: Json): Json {
  const copy: Json = structuredClone(plan);
  const literal = () => ({ constant_value: secret() });
  const expressions = () => Object.fromEntries(ARGUMENTS.map((name) => [name, literal()]));
  const code = copy.configuration.root_module;
  Object.assign(copy, {
    variables: { a: { value: secret() }, b: { value: { c: [secret()] } } },
    prior_state: { values: { root_module: { resources: [{ values: { x: secret() } }] } } },
    planned_values: { outputs: { x: { value: secret(), sensitive: true } } },
    relevant_attributes: [{ resource: "a.b", attribute: [secret()] }],
    action_invocations: [{ config: secret() }],
  });
  copy.configuration.provider_config = {
    ...Object(copy.configuration.provider_config),
    openstack: {
      name: "openstack",
      expressions: {
        ...expressions(),
        token: literal(),
        auth_url: { constant_value: `https://u:${secret()}@cloud.test/` },
      },
    },
  } as unknown as Json;
  Object.assign(code, {
    variables: { a: { default: secret() } },
    outputs: {
      ...Object(code.outputs),
      planted: { expression: { ...literal(), references: [] }, description: secret() },
    },
  });
  for (const resource of code.resources ?? []) Object.assign(resource.expressions ?? {}, expressions());
  for (const change of [...(copy.resource_changes ?? []), ...(copy.resource_drift ?? [])]) {
    for (const side of ["before", "after"]) {
      const values = change.change[side];
      if (!values) continue;
      for (const name of ARGUMENTS) values[name] = secret() as Json;
      values.metadata = { key: secret() } as unknown as Json;
      values.personality = [{ file: "/etc/motd", content: secret() }] as unknown as Json;
      if (typeof values.image_source_url === "string")
        values.image_source_url = `https://me:${secret()}@images.test/a.img?X-Amz-Signature=${secret()}` as Json;
      // whatever Terraform calls sensitive
      for (const name of ["description", "tags", "image_cache_path"]) {
        values[name] = secret() as Json;
        change.change[`${side}_sensitive`] = { ...Object(change.change[`${side}_sensitive`]), [name]: true } as Json;
      }
    }
  }
  copy.output_changes = { x: { actions: ["update"], before: secret(), after: secret() } } as unknown as Json;
  for (const check of copy.checks ?? []) check.instances = [{ problems: [{ message: secret() }] }] as unknown as Json;
  return copy;
}

/** The names of images, servers and members too, where Terraform calls them sensitive. */
function withSecretNames(plan: Json): Json {
  const copy: Json = structuredClone(plan);
  for (const { change } of copy.resource_changes ?? []) {
    for (const side of ["before", "after"]) {
      for (const name of ["name", "visibility", "member_id", "image_name", "image_source_url", "owner"]) {
        if (!change[side] || change[side][name] === undefined) continue;
        change[side][name] = secret() as Json;
        change[`${side}_sensitive`] = { ...Object(change[`${side}_sensitive`]), [name]: true } as Json;
      }
    }
  }
  return copy;
}

test("no secret that is planted in a plan comes out of any format", () => {
  const leaks: string[] = [];
  const look = (name: string, where: string, text: string) => {
    const [found] = /PLANTED\d+END/.exec(text) ?? [];
    if (found !== undefined)
      leaks.push(`${name} ${where}: ${text.slice(Math.max(0, text.indexOf(found) - 80)).slice(0, 160)}`);
  };
  for (const { name, plan, incomplete } of plans()) {
    if (incomplete) continue;
    for (const made of [withSecrets(plan as Json), withSecretNames(plan as Json)]) {
      const text = JSON.stringify(made);
      const result = review([planIn(text, "plan.json")], RULES, { today: "2026-11-22" });
      for (const [format, render] of Object.entries(FORMATS)) look(name, format, render(result, { maxChars: 65_000 }));
      look(name, "sanitize", sanitized(text, "plan.json"));
    }
  }
  expect(leaks.slice(0, 5)).toStrictEqual([]);
  expect(planted).toBeGreaterThan(10_000);
}, 120_000);
