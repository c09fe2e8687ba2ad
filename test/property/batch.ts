import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Block, Synthesis } from "../support/synth";
import type { TerraformKit } from "../support/terraform";
import { run, temporaryDirectory } from "../support/terraform-process";
import { ALIASES } from "./build";

const SOURCE = { source: "terraform-provider-openstack/openstack", version: "3.4.0" };

/** A cloud that nobody answers for: a plan that only creates does not ask it. */
export const NOWHERE = {
  authUrl: "http://127.0.0.1:9/v3",
  cloud: "",
  userName: "nobody",
  password: "nothing",
  tenantName: "nowhere",
  delayedAuth: true,
};

/** What a plan gives to the variables, by type. */
const VALUES: Record<string, unknown> = {
  string: "5f5c3c1e-52ab-4e0b-a0f3-8e1f7d6a9b21",
  number: 10,
  bool: true,
  "list(string)": ["5f5c3c1e-52ab-4e0b-a0f3-8e1f7d6a9b21"],
  "map(string)": { key: "value" },
};

/** Conditions of the library's own that a random app may well not meet: they are how a plan should fail. */
const OWN_CONDITIONS = /^(SourceFileMissing|ImageDoesNotFit):/;

/** What Terraform has against one app. */
export interface Rejection {
  /** The app's number. */
  readonly app: number;
  readonly message: string;
}

/**
 * Stacks of many apps as modules of one root module, for one run of Terraform. The modules have the root's providers: a provider is a
 * process, and each module would start its own.
 */
export class Batch {
  private readonly directory = temporaryDirectory("batch");
  private readonly modules: Block = {};
  private readonly apps = new Map<string, number>();

  constructor(
    private readonly kit: TerraformKit,
    private readonly command: "validate" | "plan",
  ) {}

  get size(): number {
    return this.apps.size;
  }

  /** Adds the stacks of an app; for a plan those that read nothing, from a cloud or another stack. */
  add(app: number, stacks: Record<string, Synthesis>): void {
    for (const [name, { text, stackFolder }] of Object.entries(stacks)) {
      const { provider, ...config }: Block = JSON.parse(text);
      rmSync(stackFolder, { recursive: true });
      if (this.command === "plan" && config.data) continue;
      const module = `app${app}_${name}`;
      const aliases: string[] = provider.openstack.flatMap(({ alias = [] }: Block) => alias);
      const names = aliases.map((alias) => `openstack.${alias}`);
      const all = aliases.length < provider.openstack.length ? ["openstack", ...names] : names;
      config.terraform.required_providers.openstack.configuration_aliases = names;
      delete config.terraform.backend;
      this.write(module, config);
      this.modules[module] = {
        source: `./${module}`,
        providers: Object.fromEntries(all.map((each) => [each, each])),
        ...this.valuesOf(config.variable ?? {}),
      };
      this.apps.set(module, app);
    }
  }

  private valuesOf(variables: Record<string, Block>): Block {
    const value = (type: string) => (this.command === "plan" ? VALUES[type] : "${var.any}");
    return Object.fromEntries(Object.entries(variables).map(([name, { type }]) => [name, value(type)]));
  }

  /** What Terraform says of them; after that the batch is gone. */
  run(): Rejection[] {
    if (this.size === 0) return [];
    const { authUrl, cloud, userName, password, tenantName, delayedAuth } = NOWHERE;
    const nowhere = {
      auth_url: authUrl,
      cloud,
      user_name: userName,
      password,
      tenant_name: tenantName,
      delayed_auth: delayedAuth,
    };
    this.write(".", {
      terraform: { required_providers: { openstack: SOURCE } },
      provider: { openstack: [nowhere, ...ALIASES.map((alias) => ({ ...nowhere, alias }))] },
      // without a value, so that a validation knows nothing of what it is given to
      variable: { any: this.command === "plan" ? { default: null } : {} },
      module: this.modules,
    });
    try {
      this.kit.init(this.directory);
      return this.errors().map((error) => this.ofError(error));
    } catch (error) {
      return [this.ofOutput(error as Error)];
    } finally {
      rmSync(this.directory, { recursive: true });
    }
  }

  private errors(): Block[] {
    const { binary } = this.kit.terraform;
    const args = this.command === "plan" ? ["plan", "-json", "-refresh=false"] : ["validate", "-json"];
    const { ok, stdout, output } = run(binary, args, { cwd: this.directory, env: this.kit.env });
    if (!stdout.startsWith("{")) throw new Error(`terraform ${this.command} said:\n${output}`);
    const diagnostics: Block[] =
      this.command === "validate"
        ? JSON.parse(stdout).diagnostics
        : stdout.split("\n").flatMap((line) => (line.startsWith("{") ? (JSON.parse(line).diagnostic ?? []) : []));
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    if (!ok && errors.length === 0) throw new Error(`terraform ${this.command} said:\n${output}`);
    const crash = /^panic: .*/m.exec(output)?.[0];
    return errors
      .filter(({ detail }) => !OWN_CONDITIONS.test(detail))
      .map((error) => (crash === undefined ? error : { ...error, detail: `${error.detail}\n${crash}` }));
  }

  private ofError({ summary, detail, address, range, snippet }: Block): Rejection {
    const message = [`${summary}: ${detail}`, address, snippet?.context].filter(Boolean).join("\n");
    const app = this.apps.get(String(range?.filename).split("/")[0]) ?? this.apps.get(String(address).split(".")[1]);
    if (app === undefined) throw new Error(message);
    return { app, message };
  }

  /** What cannot be loaded fails at `init` already, which says in which file. */
  private ofOutput(error: Error): Rejection {
    const app = this.apps.get(/\bon (\w+)\//.exec(error.message)?.[1] ?? "");
    if (app === undefined) throw error;
    return { app, message: error.message };
  }

  private write(module: string, config: Block): void {
    mkdirSync(join(this.directory, module), { recursive: true });
    writeFileSync(join(this.directory, module, "main.tf.json"), JSON.stringify(config));
  }
}
