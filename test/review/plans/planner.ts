import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TerraformKit } from "../../support/terraform";
import { TerraformCommands } from "../../support/terraform-commands";
import { configDirectory, run, TerraformError, temporaryDirectory } from "../../support/terraform-process";
import type { CannedCloud, Held, PlanCase, TerraformJson } from "./case";
import { BUILTIN } from "./case";

const VERSIONS = { terraform: { required_providers: { openstack: requirement() } } };

function requirement() {
  return { source: "terraform-provider-openstack/openstack", version: "3.4.0" };
}

/** The plan that Terraform and the real provider make of a case, as `terraform show -json` prints it but for the hour. */
export async function planOf(kit: TerraformKit, one: PlanCase): Promise<Record<string, unknown>> {
  const cloud = one.cloud && (await start(one.cloud));
  try {
    const { timestamp: _, ...plan } = planned(kit, one, cloud?.url ?? "http://127.0.0.1:9/v3");
    return plan;
  } finally {
    cloud?.stop();
  }
}

function planned(kit: TerraformKit, one: PlanCase, url: string): Record<string, unknown> {
  const env = environment(kit.env, url);
  const directory = configDirectory(typeof one.config === "string" ? VERSIONS : { ...VERSIONS, ...one.config });
  const files = { ...one.files, ...(typeof one.config === "string" ? { "stack.tf": one.config } : {}) };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  for (const [name, module] of Object.entries(one.modules ?? {})) {
    mkdirSync(join(directory, name));
    writeFileSync(join(directory, name, "main.tf.json"), JSON.stringify({ ...VERSIONS, ...module }));
  }
  writeFileSync(join(directory, "test.tfstate"), JSON.stringify(stateOf(one.state)));
  const args = [...(one.cloud?.refresh ? [] : ["-refresh=false"]), ...(one.planArguments ?? [])];
  try {
    return new TerraformCommands(kit.terraform, env).plan(directory, args);
  } catch (error) {
    if (one.incomplete !== "errored" || !(error instanceof TerraformError)) throw error;
    const shown = run(kit.terraform.binary, ["show", "-json", "planned.tfplan"], { cwd: directory, env });
    if (!shown.ok) throw error;
    return JSON.parse(shown.stdout);
  }
}

/** Credentials come from the environment, as they should, and the home is nobody's: it shows in plans. */
export function environment(env: NodeJS.ProcessEnv, url: string): NodeJS.ProcessEnv {
  const others = Object.entries(env).filter(([name]) => !/^(OS_|TF_VAR_)/.test(name));
  return {
    ...Object.fromEntries(others),
    HOME: "/home/runner",
    OS_AUTH_URL: url,
    OS_REGION_NAME: "RegionOne",
    OS_USERNAME: "nobody",
    OS_PASSWORD: "nothing",
    OS_PROJECT_NAME: "none",
    OS_USER_DOMAIN_NAME: "Default",
    OS_PROJECT_DOMAIN_NAME: "Default",
  };
}

export function stateOf(state: readonly Held[]): TerraformJson {
  const blocks = new Map<string, TerraformJson & { instances: unknown[] }>();
  for (const one of state) {
    const { module, mode = "managed", type, name } = one;
    const provider =
      type === BUILTIN
        ? 'provider["terraform.io/builtin/terraform"]'
        : `provider["registry.terraform.io/${requirement().source}"]`;
    const address = [module, mode, type, name].join();
    const block = blocks.get(address) ?? {
      ...(module ? { module } : {}),
      mode,
      type,
      name,
      provider,
      instances: [] as unknown[],
    };
    block.instances.push(instanceOf(one));
    blocks.set(address, block);
  }
  const lineage = "6d6e3d9a-0000-4000-8000-000000000000";
  return { version: 4, terraform_version: "1.11.4", serial: 1, lineage, outputs: {}, resources: [...blocks.values()] };
}

function instanceOf({ key, isTainted, deposed, dependencies = [], attributes, sensitive = [] }: Held): TerraformJson {
  return {
    ...(key === undefined ? {} : { index_key: key }),
    ...(isTainted ? { status: "tainted" } : {}),
    ...(deposed ? { deposed } : {}),
    schema_version: 0,
    attributes,
    sensitive_attributes: sensitive.map((value) => [{ type: "get_attr", value }]),
    dependencies,
  };
}

/** Another process, since Terraform is waited for without a turn of the event loop. */
async function start(cloud: CannedCloud): Promise<{ url: string; stop: () => void }> {
  const file = join(temporaryDirectory("canned-cloud"), "cloud.json");
  writeFileSync(file, JSON.stringify(cloud));
  const child = spawn(process.execPath, [join(__dirname, "canned-cloud.js"), file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [port] = await once(child.stdout, "data");
  return { url: `http://127.0.0.1:${Number(String(port))}/v3`, stop: () => void child.kill() };
}
