import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "../support/app";
import { saw } from "../support/proof";
import { shellOf } from "../support/shell";
import { type State, stateOf } from "../support/state";

const WEB = "openstack_compute_instance_v2.Web";
const DATABASE = "openstack_compute_instance_v2.Database";
const build = (n: number) => `openstack_images_image_v2.Build${n}`;

const demo = shellOf("demo");

describe("example shared-stack", () => {
  const app = new App("examples/shared-stack", {
    OS_CLOUD: "demo",
    TF_VAR_network_name: "net-demo",
    // `npm run types` checks it
    TS_NODE_TRANSPILE_ONLY: "true",
  });
  const folder = mkdtempSync(join(tmpdir(), "shared-stack-"));
  const steps = {
    before: { current: "Build1", builds: { Build1: "images/build-1.raw" } },
    added: { current: "Build1", builds: { Build1: "images/build-1.raw", Build2: "images/build-2.raw" } },
    moved: { current: "Build2", builds: { Build1: "images/build-1.raw", Build2: "images/build-2.raw" } },
    removed: { current: "Build2", builds: { Build2: "images/build-2.raw" } },
  };
  const at = (step: keyof typeof steps) => app.with({ BUILDS_FILE: join(folder, `${step}.json`) });
  let image: string;
  let servers: State;

  beforeAll(() => {
    for (const [step, content] of Object.entries(steps)) {
      writeFileSync(join(folder, `${step}.json`), JSON.stringify(content));
    }
  });
  afterAll(() => {
    const rest = { ...stateOf(app, "images"), ...stateOf(app, "servers") };
    if (Object.keys(rest).length > 0) at("removed").destroy();
    rmSync(folder, { recursive: true });
  });

  test("one stack makes the image, the other boots from it", async () => {
    at("before").deploy();
    image = stateOf(app, "images")[build(1)]?.id ?? "";
    servers = stateOf(app, "servers");
    await demo.consoles({ [servers[WEB]?.id ?? ""]: "build 1", [servers[DATABASE]?.id ?? ""]: "build 1" });
    expect(at("before").plan("images").actions).toStrictEqual({});
    expect(at("before").plan("servers").actions).toStrictEqual({});
    saw(
      ["example shared-stack", "Flavor.fromFlavorName", "FlavorAttributes.ramMb", "FlavorAttributes.diskGb"],
      "both stacks deployed",
      'both consoles: "build 1"; second plans of both stacks: no changes',
    );
  });

  test("adding a build changes no server", () => {
    expect(at("added").plan("images").actions).toStrictEqual({ [build(2)]: ["create"] });
    at("added").deploy("images");
    expect(at("added").plan("servers").actions).toStrictEqual({});
    saw("example shared-stack", "build 2 added", "plan of images: create build 2; plan of servers: no changes");
  });

  test("moving to it replaces one server and leaves the other, whose image stays", async () => {
    expect(at("moved").plan("images").actions).toStrictEqual({ [build(1)]: ["update"], [build(2)]: ["update"] });
    at("moved").deploy("images");
    const { actions } = at("moved").plan("servers");
    expect(actions[WEB]).toStrictEqual(["delete", "create"]);
    expect(actions[DATABASE]).toBeUndefined();
    at("moved").deploy("servers");
    const now = stateOf(app, "servers");
    expect(now[WEB]?.id).not.toBe(servers[WEB]?.id);
    expect(now[DATABASE]?.id).toBe(servers[DATABASE]?.id);
    await demo.consoles({ [now[WEB]?.id ?? ""]: "build 2" });
    const old = await demo.json(`image show ${image}`);
    expect(old).toMatchObject({ status: "active", properties: { os_hidden: true } });
    saw(
      ["example shared-stack", "ImageChange.REPLACE", "ImageChange.IGNORE"],
      "current moved to build 2",
      'plan of images: update, update; of servers: web delete, create, database nothing; console of web: "build 2"; image show build 1: active, hidden',
    );
  });

  test("the old build goes when nothing runs from it", async () => {
    app.terraform("servers", "apply", "-auto-approve", `-replace=${DATABASE}`);
    const database = stateOf(app, "servers")[DATABASE]?.id ?? "";
    expect(database).not.toBe(servers[DATABASE]?.id);
    await demo.consoles({ [database]: "build 2" });
    expect(at("removed").plan("images").actions).toStrictEqual({ [build(1)]: ["delete"] });
    at("removed").deploy("images");
    expect(await demo.json("image list --hidden --name golden-Build1")).toStrictEqual([]);
    expect(at("removed").plan("servers").actions).toStrictEqual({});
    saw(
      ["example shared-stack", "ImageChange.IGNORE"],
      "database replaced by hand, then build 1 removed",
      'console of database: "build 2", though its mode is IGNORE; plan of images: delete build 1; plan of servers: no changes',
    );
  });

  test("leaves nothing when it is destroyed", async () => {
    at("removed").destroy();
    expect(await demo.json("server list --name shared-")).toStrictEqual([]);
    expect(await demo.json("image list --name golden-Build2")).toStrictEqual([]);
    saw("example shared-stack", "destroyed", "no server and no image left");
  });
});
