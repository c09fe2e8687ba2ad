import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { blocks, type Synthesis } from "../support/synth";
import { findKit, type Plan, type TerraformKit } from "../support/terraform";
import { findSchemaServer } from "../support/terraform-provider";
import { synthParts } from "./apps";
import { stateAfter } from "./state";
import { OnChange } from "./table";
import { changesIn, TABLES } from "./tables";

const RESOURCES = TABLES.filter(({ type }) => !type.startsWith("data."));
const CHANGES = RESOURCES.flatMap((table) => changesIn(table).map(({ change }) => ({ ...change, type: table.type })));

/** Plans all changes at once: what the apps before make, as if applied, and then the apps after. */
function plans(kit: TerraformKit) {
  const before = synthParts(CHANGES.map(({ before, type }) => ({ app: before, type })));
  const after = synthParts(CHANGES.map(({ after, type }) => ({ app: after, type })));
  const directory = before.synthesis.stackFolder;
  const secrets = [before, after].flatMap(({ synthesis }) => Object.keys(synthesis.json.variable ?? {}));
  writeFileSync(
    join(directory, "terraform.tfvars.json"),
    JSON.stringify(Object.fromEntries(secrets.map((name) => [name, `the ${name}`]))),
  );
  const created = kit.plan(directory, "-refresh=false");
  const found = Object.fromEntries(CHANGES.map(({ found }, i) => [before.names[i], found]));
  const state = stateAfter(created, aliases(before.synthesis), found);
  writeFileSync(join(directory, "test.tfstate"), JSON.stringify(state));
  const unchanged = kit.plan(directory, "-refresh=false");
  writeFileSync(join(directory, "cdk.tf.json"), after.synthesis.text);
  return { names: before.names, unchanged, changed: kit.plan(directory, "-refresh=false") };
}

/** By the name of the resource, as no two have one. */
function aliases(synthesis: Synthesis): Record<string, string> {
  const named = RESOURCES.flatMap(({ type }) => Object.entries(blocks(synthesis, type)));
  return Object.fromEntries(
    named.flatMap(([name, { provider }]) => (provider ? [[name, provider.split(".")[1]]] : [])),
  );
}

function planned(plan: Plan, address: string): OnChange {
  const change = plan.resource_changes?.find((found) => found.address === address)?.change;
  const actions = change?.actions.join() ?? "";
  if (actions === "no-op") return OnChange.NOTHING;
  if (actions === "update") {
    return change?.before?.image_id === change?.after?.image_id ? OnChange.IN_PLACE : OnChange.REBUILDS;
  }
  if (actions === "delete,create" || actions === "create,delete") return OnChange.REPLACES;
  throw new Error(`${address} is planned as '${actions}'`);
}

/** What is planned of each row of a resource before its app has changed, and then; beside it what the row says. */
function outcomes(made: ReturnType<typeof plans>, type: string, rows: typeof CHANGES) {
  const of = rows.map((change) => {
    const address = `${type}.${made.names[CHANGES.indexOf(change)]}`;
    // what the cloud has changed shows before the app changes
    const already = Object.keys(change.found).length > 0 ? change.onChange : OnChange.NOTHING;
    const actual = [made.unchanged, made.changed].map((plan) => planned(plan, address));
    return { title: change.title, actual, expected: [already, change.onChange] };
  });
  return {
    actual: Object.fromEntries(of.map(({ title, actual }) => [title, actual])),
    expected: Object.fromEntries(of.map(({ title, expected }) => [title, expected])),
  };
}

function describePlans(name: string, kit: ReturnType<typeof findKit>, kind: TerraformKit["kind"]): void {
  const reason = "reason" in kit ? kit.reason : kit.kind === kind ? undefined : `the ${kind} provider is not installed`;
  const which = reason === undefined ? describe : describe.skip;
  which(reason === undefined ? name : `${name} (skipped: ${reason})`, () => {
    let made: ReturnType<typeof plans>;
    beforeAll(() => {
      made = plans(kit as TerraformKit);
    }, 180_000);

    test.each(RESOURCES)("$type as its rows say", ({ type }) => {
      const rows = CHANGES.filter((change) => change.type === type && (kind === "real" || !change.realOnly));
      const { actual, expected } = outcomes(made, type, rows);
      expect(actual).toStrictEqual(expected);
    });
  });
}

describePlans("the real provider plans", findKit(), "real");
describePlans("the schema server plans", findKit(findSchemaServer()), "schema server");
