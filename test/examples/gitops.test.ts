import { spawnSync } from "node:child_process";
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { config, type Declared } from "../review/plans/case";
import { uuid } from "../review/plans/ids";
import { environment, stateOf } from "../review/plans/planner";
import { applied, image, server, terraformData } from "../review/plans/resources";
import { describeWithTerraform, type TerraformKit, temporaryDirectory } from "../support/terraform";

const EXAMPLE = join(__dirname, "..", "..", "examples", "gitops");
/** As built: it is started often. */
const COMMAND = join(__dirname, "..", "..", "dist", "cli", "main.js");
// it has no types of its own
const { safeLoad } = require("js-yaml") as { safeLoad(text: string): unknown };

const TIMEOUT_MS = 180_000;

/** What an app of two stacks declares; the first depends on the second. */
type Stacks = Readonly<Record<"servers" | "images", readonly Declared[]>>;

const GOLDEN = image("golden");
const DEPLOYED: Stacks = {
  servers: [server("web", { image_id: uuid("jammy") })],
  images: [GOLDEN, terraformData("deployed")],
};

/** An app without the CDK: it synthesizes what `stacks.json` says. */
const APP = `
const fs = require("node:fs");
const stacks = JSON.parse(fs.readFileSync("stacks.json", "utf8"));
const manifest = { version: "0.21.0", stacks: {} };
for (const [name, content] of Object.entries(stacks)) {
  fs.mkdirSync("cdktf.out/stacks/" + name, { recursive: true });
  fs.writeFileSync("cdktf.out/stacks/" + name + "/cdk.tf.json", JSON.stringify(content));
  const dependencies = name === "servers" ? ["images"] : [];
  manifest.stacks[name] = { name, synthesizedStackPath: "stacks/" + name + "/cdk.tf.json", dependencies };
}
fs.writeFileSync("cdktf.out/manifest.json", JSON.stringify(manifest));
`;

interface Finished {
  readonly code: number | null;
  readonly stderr: string;
}

/** A bare repository, the state of its app, and the jobs of a pipeline, each in a checkout of its own. */
class Site {
  private readonly folder = temporaryDirectory("gitops");
  private readonly env: NodeJS.ProcessEnv;
  private checkouts = 0;

  public constructor(kit: TerraformKit) {
    const command = join(this.folder, "openstack-images");
    writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${COMMAND}' "$@"\n`);
    chmodSync(command, 0o755);
    this.env = {
      ...environment(kit.env, "http://127.0.0.1:9/v3"),
      HOME: this.folder,
      OPENSTACK_IMAGES: command,
      SYNTH: `${process.execPath} app.js`,
      TERRAFORM_BINARY_NAME: kit.terraform.binary,
      TF_CLI_ARGS_plan: "-refresh=false",
      ...Object.fromEntries(
        ["AUTHOR", "COMMITTER"].flatMap((who) => [
          [`GIT_${who}_NAME`, "a"],
          [`GIT_${who}_EMAIL`, "a@a.test"],
        ]),
      ),
    };
    this.git(this.folder, "init", "--quiet", "--bare", "--initial-branch=main", "repository.git");
    for (const [name, blocks] of Object.entries(DEPLOYED)) {
      writeFileSync(this.stateFile(name), JSON.stringify(stateOf(applied(...blocks))));
    }
    this.push("main", DEPLOYED, {
      "app.js": APP,
      ".gitignore": "cdktf.out\n",
      "pipeline.sh": readFileSync(join(EXAMPLE, "pipeline.sh"), "utf8"),
    });
  }

  /** What the stack's state holds, as text. */
  public state(): string {
    return Object.keys(DEPLOYED)
      .map((name) => readFileSync(this.stateFile(name), "utf8"))
      .join("\n");
  }

  /** Commits onto a branch what the app declares now, and other files. */
  public push(branch: string, stacks: Stacks, files: Readonly<Record<string, string>> = {}): void {
    const work = join(this.folder, `work-${this.checkouts++}`);
    this.git(this.folder, "clone", "--quiet", "repository.git", work);
    this.git(work, "checkout", "--quiet", "-B", branch);
    const content = Object.entries(stacks).map(([name, blocks]) => [name, this.stack(name, blocks)]);
    const all = { ...files, "stacks.json": JSON.stringify(Object.fromEntries(content), undefined, 2) };
    for (const [name, text] of Object.entries(all)) writeFileSync(join(work, name), text);
    this.git(work, "add", ".");
    this.git(work, "commit", "--quiet", "--message", "a change");
    this.git(work, "push", "--quiet", "origin", branch);
  }

  public merge(branch: string): void {
    const work = this.checkout("main");
    this.git(work, "merge", "--quiet", "--no-ff", "--message", "merged", `origin/${branch}`);
    this.git(work, "push", "--quiet", "origin", "main");
  }

  /** A step in a fresh checkout of a branch. */
  public run(branch: string, ...words: string[]): Finished {
    const { status, stderr } = spawnSync("sh", ["pipeline.sh", ...words], {
      cwd: this.checkout(branch),
      env: this.env,
      encoding: "utf8",
    });
    return { code: status, stderr };
  }

  /** Plans a branch in one checkout, and reviews the plans in one of the trusted branch. */
  public review(branch: string): Finished & { readonly fingerprint: string; readonly report: string } {
    const [plans, report] = [this.path(`plans-${branch}`), this.path(`report-${branch}`)];
    expect(this.run(branch, "plan", plans)).toMatchObject({ code: 0 });
    const reviewed = this.run("main", "review", plans, report);
    return { ...reviewed, fingerprint: readFileSync(join(report, "fingerprint"), "utf8").trim(), report };
  }

  public path(name: string): string {
    return join(this.folder, name);
  }

  private stateFile(name: string): string {
    return join(this.folder, `${name}.tfstate`);
  }

  private stack(name: string, blocks: readonly Declared[]): object {
    const openstack = { source: "terraform-provider-openstack/openstack", version: "3.4.0" };
    return {
      terraform: { required_providers: { openstack }, backend: { local: { path: this.stateFile(name) } } },
      ...config(blocks),
    };
  }

  private checkout(branch: string): string {
    const work = join(this.folder, `work-${this.checkouts++}`);
    this.git(this.folder, "clone", "--quiet", "--branch", branch, "repository.git", work);
    return work;
  }

  private git(cwd: string, ...words: string[]): void {
    const { status, stderr } = spawnSync("git", words, { cwd, env: this.env, encoding: "utf8" });
    if (status !== 0) throw new Error(`git ${words.join(" ")}: ${stderr}`);
  }
}

const reportIn = (folder: string) => JSON.parse(readFileSync(join(folder, "report.json"), "utf8"));
const withNote = (name: string, stacks: Stacks = DEPLOYED): Stacks => ({
  ...stacks,
  images: [...stacks.images, terraformData(name, { input: "canary" })],
});
const REBUILT: Stacks = { ...DEPLOYED, servers: [server("web", { image_id: uuid("noble") })] };

describeWithTerraform("the pipeline in a shell", (kit) => {
  test(
    "applies a harmless change with the fingerprint that was reviewed, and keeps the record",
    () => {
      const site = new Site(kit);
      site.push("harmless", withNote("note"));
      const { code, fingerprint, report } = site.review("harmless");
      expect(code).toBe(0);
      expect(readFileSync(join(report, "review.md"), "utf8")).toMatch(/^<!-- openstack-images-review -->/);
      expect(JSON.parse(readFileSync(join(report, "codequality.json"), "utf8"))).toStrictEqual([]);

      site.merge("harmless");
      expect(site.run("main", "apply", fingerprint, site.path("applied"))).toMatchObject({ code: 0 });
      expect(site.state()).toContain('"note"');
      expect(reportIn(site.path("applied"))).toMatchObject({ fingerprint, counts: { add: 1, change: 0, destroy: 0 } });
      expect(readFileSync(join(site.path("applied"), "commit"), "utf8")).toMatch(/^[0-9a-f]{40}\n$/);
      expect(site.run("main", "nightly", site.path("night"))).toMatchObject({ code: 0 });
    },
    TIMEOUT_MS,
  );

  test(
    "hands on what can be shown of the plans and nothing else, from plans that only their owner may read",
    () => {
      const site = new Site(kit);
      site.push("secret", withNote("note"));
      expect(site.run("secret", "plan", site.path("plans"))).toMatchObject({ code: 0 });
      expect(statSync(join(site.path("plans"), "images.json")).mode & 0o077).toBe(0);
      expect(readdirSync(site.path("plans")).sort()).toStrictEqual(["images.json", "servers.json"]);
      const shown = readFileSync(join(site.path("plans"), "images.json"), "utf8");
      expect(shown).toContain("terraform_data.note");
      expect(shown).not.toContain("canary");
    },
    TIMEOUT_MS,
  );

  test(
    "fails when the change blocks, with 3, and applies nothing, until the trusted branch acknowledges it",
    () => {
      const site = new Site(kit);
      site.push("rebuild", REBUILT);
      const { code, fingerprint, report } = site.review("rebuild");
      expect(code).toBe(3);
      const [{ rule, address, fingerprint: finding }] = reportIn(report).findings;
      expect(rule).toBe("OSI-SRV-001");

      const acknowledged = JSON.stringify([
        { rule, address, fingerprint: finding, reason: "nothing is on it", expires: "9999-12-31" },
      ]);
      site.push("acknowledging", REBUILT, { "acknowledged.json": acknowledged });
      expect(site.review("acknowledging").code).toBe(3);

      site.push("forced", REBUILT);
      const before = site.state();
      expect(site.run("forced", "apply", fingerprint, site.path("applied"))).toMatchObject({ code: 3 });
      expect(site.state()).toBe(before);

      site.push("main", DEPLOYED, { "acknowledged.json": acknowledged });
      expect(site.review("rebuild").code).toBe(0);
    },
    TIMEOUT_MS,
  );

  test(
    "fails when the plan means something else than what was reviewed, with 1, and applies nothing",
    () => {
      const site = new Site(kit);
      site.push("reviewed", withNote("note"));
      const { code, fingerprint } = site.review("reviewed");
      expect(code).toBe(0);
      site.push("main", withNote("other", withNote("note")));
      const before = site.state();
      const { code: refused, stderr } = site.run("main", "apply", fingerprint, site.path("applied"));
      expect({ refused, stderr }).toStrictEqual({
        refused: 1,
        stderr: expect.stringContaining(`the plans do not mean what was reviewed: expected ${fingerprint}`),
      });
      expect(site.state()).toBe(before);
      // the report is that of what was refused, for a person to read
      expect(reportIn(site.path("applied")).counts.add).toBe(2);
      // the night sees what was not applied
      expect(site.run("main", "nightly", site.path("night"))).toMatchObject({ code: 2 });
    },
    TIMEOUT_MS,
  );
});

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: string | Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface GitlabJob {
  readonly environment: { readonly name: string };
  readonly variables?: Readonly<Record<string, string>>;
  readonly before_script?: readonly string[];
  readonly script: readonly string[];
  readonly artifacts: { readonly access: string; readonly reports?: unknown };
}

const text = (name: string) => readFileSync(join(EXAMPLE, name), "utf8");
const parsed = <T>(name: string) => safeLoad(text(name)) as T;
const secretsIn = (content: unknown) =>
  [...JSON.stringify(content).matchAll(/secrets\.(\w+)/g)].map(([, name]) => name).sort();

/** That of a script which a shell cannot read. */
function syntaxErrorOf(script: string, shell: string): string {
  return spawnSync(shell, ["-n"], { input: script, encoding: "utf8" }).stderr;
}

describe("the workflows for GitHub", () => {
  const NAMES = ["apply", "nightly", "plan", "review"];
  const workflow = (name: string) => parsed<Workflow>(`github/${name}.yml`);
  const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps }) => steps);

  test("are those that are tested here", () => {
    expect(readdirSync(join(EXAMPLE, "github")).sort()).toStrictEqual(NAMES.map((name) => `${name}.yml`));
  });

  test.each(NAMES)(
    "%s names a version of every action, no other people's text in a script, and scripts that parse",
    (name) => {
      const steps = stepsOf(workflow(name));
      expect(
        steps.flatMap(({ uses }) => (uses === undefined || /^[\w-]+\/[\w-]+@v\d+$/.test(uses) ? [] : [uses])),
      ).toStrictEqual([]);
      const scripts = steps.flatMap(({ run }) => run ?? []);
      expect(scripts.filter((script) => script.includes("${{"))).toStrictEqual([]);
      expect(scripts.map((script) => syntaxErrorOf(script, "bash")).join("")).toBe("");
    },
  );

  test("give the jobs no more than they need", () => {
    const permissions = Object.fromEntries(
      NAMES.flatMap((name) => {
        const { permissions: common, jobs } = workflow(name);
        return Object.entries(jobs).map(([id, job]) => [`${name}/${id}`, job.permissions ?? common]);
      }),
    );
    expect(permissions).toStrictEqual({
      "apply/apply": { actions: "read", contents: "read", "pull-requests": "read" },
      "nightly/lock": { contents: "write", "pull-requests": "write" },
      "nightly/drift": { contents: "read" },
      "plan/plan": { contents: "read" },
      "review/review": { actions: "read", contents: "read", "pull-requests": "write", statuses: "write" },
    });
  });

  test("run the code of a pull request in one job, which holds nothing but credentials that read", () => {
    const ofPullRequests = NAMES.filter((name) => /pull_request/.test(JSON.stringify(workflow(name).on)));
    expect(ofPullRequests).toStrictEqual(["plan"]);
    const plan = workflow("plan");
    expect(secretsIn(plan).filter((name) => !name.startsWith("READ_ONLY_"))).toStrictEqual([]);
    expect(JSON.stringify(plan)).not.toMatch(/github\.token|GITHUB_TOKEN/);
    const [checkout] = plan.jobs.plan.steps;
    expect(checkout.with).toStrictEqual({ "persist-credentials": false });
    const uploads = plan.jobs.plan.steps.filter(({ uses }) => uses?.startsWith("actions/upload-artifact"));
    expect(uploads.map((step) => step.with?.path)).toStrictEqual(["plans/*.json"]);
  });

  test("review in a job that checks out the default branch and has no secret", () => {
    const review = workflow("review");
    expect(review.on).toStrictEqual({ workflow_run: { workflows: ["plan"], types: ["completed"] } });
    expect(secretsIn(review)).toStrictEqual([]);
    const checkouts = stepsOf(review).filter(({ uses }) => uses?.startsWith("actions/checkout"));
    expect(checkouts.map((step) => step.with?.ref)).toStrictEqual(["${{ github.event.repository.default_branch }}"]);
  });

  test("apply in a protected environment alone", () => {
    const { jobs } = workflow("apply");
    expect(Object.values(jobs).map(({ environment: name }) => name)).toStrictEqual(["production"]);
    const others = NAMES.filter((name) => secretsIn(workflow(name)).some((secret) => secret.startsWith("APPLY_")));
    expect(others).toStrictEqual(["apply"]);
  });
});

describe("the pipeline for GitLab", () => {
  const { stages: _, default: __, ...jobs } = parsed<Record<string, GitlabJob>>("gitlab-ci.yml");

  test("has jobs with variables of an environment of their own and artefacts that not everybody may read", () => {
    const environments = Object.entries(jobs).map(([name, job]) => [name, job.environment.name]);
    expect(Object.fromEntries(environments)).toStrictEqual({
      plan: "plan",
      review: "review",
      apply: "production",
      lock: "lock",
      drift: "drift",
    });
    const access = Object.values(jobs).map(({ artifacts }) => artifacts.access);
    expect([...new Set(access)]).toStrictEqual(["developer"]);
  });

  test("names the token of the comment only where the merge request is not checked out", () => {
    const named = Object.keys(jobs).filter((name) => JSON.stringify(jobs[name].script).includes("COMMENT_TOKEN"));
    expect(named).toStrictEqual(["review"]);
    expect(jobs.review.variables).toStrictEqual({ GIT_STRATEGY: "empty" });
    expect(jobs.review.before_script).toContainEqual(expect.stringContaining('--branch "$CI_DEFAULT_BRANCH"'));
    expect(jobs.review.artifacts.reports).toStrictEqual({ codequality: "report/codequality.json" });
  });

  test("has scripts that parse", () => {
    const scripts = Object.values(jobs).flatMap(({ script, before_script = [] }) => [...before_script, ...script]);
    expect(scripts.map((script) => syntaxErrorOf(script, "sh")).join("")).toBe("");
  });
});

test("the workflow for Atlantis plans, reviews what can be shown, and applies only that", () => {
  type Steps = { readonly steps: readonly (string | { readonly run: string | { readonly command: string } })[] };
  const { workflows } = parsed<{ workflows: Record<string, { plan: Steps; apply: Steps }> }>("atlantis.yaml");
  const { plan, apply } = workflows["openstack-images"];
  const runs = [plan, apply].flatMap(({ steps }) =>
    steps.flatMap((step) => (typeof step === "string" ? [] : [step.run])),
  );
  const scripts = runs.map((run) => (typeof run === "string" ? run : run.command));
  expect(scripts.map((script) => syntaxErrorOf(script, "sh")).join("")).toBe("");
  expect(JSON.stringify(apply.steps.at(-2))).toContain("--expect");
  expect(apply.steps.at(-1)).toBe("apply");
});

test("the shell form parses, and says how it is used", () => {
  expect(syntaxErrorOf(text("pipeline.sh"), "sh")).toBe("");
  const { status, stderr } = spawnSync("sh", [join(EXAMPLE, "pipeline.sh"), "apply"], { encoding: "utf8" });
  expect(status).toBe(1);
  expect(stderr.split("\n").map((line) => line.split(" ")[1])).toStrictEqual([
    "plan",
    "review",
    "apply",
    "nightly",
    undefined,
  ]);
});

test("the access rules are of images alone, and those for reading read", () => {
  type Rules = readonly { readonly service: string; readonly method: string; readonly path: string }[];
  const [all, reading] = ["access-rules.json", "access-rules.read.json"].map((name) => JSON.parse(text(name)) as Rules);
  expect(all.filter(({ service, path }) => service !== "image" || !path.startsWith("/v2/images"))).toStrictEqual([]);
  expect(reading).toStrictEqual(all.filter(({ method }) => method === "GET"));
});
