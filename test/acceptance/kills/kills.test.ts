import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { App, type Deployment } from "../support/app";
import { leftovers, run } from "../support/cloud";
import { imageFile } from "../support/image-file";
import { Shell } from "../support/shell";
import { stateOf } from "../support/state";

const { running } = require("../../cloud/processes");
const { SERVICES } = require("../../cloud/services");

const STACK = "kills";
const SERVER = "openstack_compute_instance_v2.Server";
const MAIN = join(__dirname, "../../cloud/main.js");
/** What a deployment that lost a service may still take; the provider itself would wait for half an hour. */
const LAST_S = 15;
const NAMES: string[] = SERVICES.full.map(({ name }: { name: string }) => name);

/** Asks in a new process: one from before has connections to what was killed. */
async function asking<T>(action: (demo: Shell) => Promise<T>): Promise<T> {
  const demo = new Shell("demo");
  try {
    return await action(demo);
  } finally {
    demo.close();
  }
}

describe("a run that something was killed in", () => {
  const app = new App("test/acceptance/apps/kills");

  beforeAll(() => {
    imageFile(join(app.folder, "disk.raw"), "not killed");
  });

  /** A deployment whose image is in Glance, and its server and volume on their way. */
  function underWay(): Promise<Deployment> {
    return asking(async (demo) => {
      const deployment = app.startDeploy();
      while (!deployment.hasEnded) {
        const images = await demo.json<{ Name: string }[]>("image list --private");
        if (images.some(({ Name }) => Name === "x-kills")) return deployment;
        await new Promise((done) => setTimeout(done, 100));
      }
      throw new Error("the deployment ended before its image was in Glance");
    });
  }

  async function kill(...names: string[]): Promise<void> {
    for (const name of names) process.kill(running(name).pid, "SIGKILL");
    while (names.some(running)) await new Promise((done) => setTimeout(done, 10));
  }

  function forgetState(): void {
    for (const file of readdirSync(app.folder)) if (file.includes(".tfstate")) rmSync(join(app.folder, file));
  }

  /** What the next run does first, and then a whole deployment. */
  async function nextRunStartsClean(): Promise<void> {
    run(process.execPath, [MAIN, "up"]);
    run(process.execPath, [MAIN, "reset"]);
    forgetState();
    expect(leftovers()).toStrictEqual([]);
    app.deploy();
    await asking((demo) => demo.consoles({ [stateOf(app, STACK)[SERVER]?.id ?? ""]: "not killed" }));
    expect(app.plan(STACK).actions).toStrictEqual({});
    app.destroy();
    expect(leftovers()).toStrictEqual([]);
  }

  test.each(NAMES)("%s: the next run starts clean", async (name) => {
    const deployment = await underWay();
    await kill(name);
    await deployment.endsWithin(LAST_S);
    await nextRunStartsClean();
  });

  test("Terraform: the next run starts clean", async () => {
    const deployment = await underWay();
    await deployment.kill();
    await nextRunStartsClean();
  });

  test("all services at once: the next run starts clean", async () => {
    const deployment = await underWay();
    await kill(...NAMES);
    await deployment.endsWithin(LAST_S);
    await nextRunStartsClean();
  });
});
