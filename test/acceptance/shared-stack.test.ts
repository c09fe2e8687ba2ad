import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "./support/app";
import { consoleWith, environment, openstack, requireCloud, run } from "./support/cloud";
import { saw } from "./support/proof";

const WEB = "openstack_compute_instance_v2.Web";
const DATABASE = "openstack_compute_instance_v2.Database";
const build = (n: number) => `openstack_images_image_v2.Build${n}`;

describe("example shared-stack", () => {
  const app = new App("examples/shared-stack", { OS_CLOUD: "demo", TF_VAR_network_name: "net-demo" });
  const folder = mkdtempSync(join(tmpdir(), "shared-stack-"));
  const steps = {
    before: { current: "Build1", builds: { Build1: "images/build-1.raw" } },
    added: { current: "Build1", builds: { Build1: "images/build-1.raw", Build2: "images/build-2.raw" } },
    moved: { current: "Build2", builds: { Build1: "images/build-1.raw", Build2: "images/build-2.raw" } },
    removed: { current: "Build2", builds: { Build2: "images/build-2.raw" } },
  };
  const at = (step: keyof typeof steps) => app.with({ BUILDS_FILE: join(folder, `${step}.json`) });
  const ids: Record<string, string> = {};

  beforeAll(() => {
    requireCloud();
    for (const [step, content] of Object.entries(steps)) {
      writeFileSync(join(folder, `${step}.json`), JSON.stringify(content));
    }
  });
  afterAll(() => {
    at("removed").destroy();
  });

  test("one stack makes the image, the other boots from it", async () => {
    at("before").deploy();
    ids.image = at("before").resourceId("images", build(1));
    ids.web = at("before").resourceId("servers", WEB);
    ids.database = at("before").resourceId("servers", DATABASE);
    await consoleWith("demo", ids.web, "build 1");
    expect(at("before").plan("images").actions).toStrictEqual({});
    expect(at("before").plan("servers").actions).toStrictEqual({});
    saw("example shared-stack", "both stacks deployed", 'console: "build 1"; second plans of both stacks: no changes');
  });

  test("adding a build changes no server", () => {
    expect(at("added").plan("images").actions).toStrictEqual({ [build(2)]: ["create"] });
    at("added").deploy();
    expect(at("added").plan("servers").actions).toStrictEqual({});
    saw("example shared-stack", "build 2 added", "plan of images: create build 2; plan of servers: no changes");
  });

  test("moving to it replaces one server and leaves the other, whose image stays", async () => {
    expect(at("moved").plan("images").actions).toStrictEqual({ [build(1)]: ["update"], [build(2)]: ["update"] });
    at("moved").deploy("images");
    const { actions } = at("moved").plan("servers");
    expect(actions[WEB]).toStrictEqual(["delete", "create"]);
    expect(actions[DATABASE]).toBeUndefined();
    at("moved").deploy("images", "servers");
    const web = at("moved").resourceId("servers", WEB);
    expect(web).not.toBe(ids.web);
    await consoleWith("demo", web, "build 2");
    expect(at("moved").resourceId("servers", DATABASE)).toBe(ids.database);
    const old = openstack("demo", "image", "show", ids.image ?? "");
    expect(old).toMatchObject({ status: "active", properties: { os_hidden: true } });
    saw(
      "example shared-stack",
      "current moved to build 2",
      'plan of images: update, update; of servers: web delete, create, database nothing; console of web: "build 2"; image show build 1: active, hidden',
    );
  });

  test("the old build goes when nothing runs from it", async () => {
    const folder = join(app.folder, "cdktf.out/stacks/servers");
    run("terraform", ["apply", "-auto-approve", "-input=false", "-no-color", `-replace=${DATABASE}`], {
      cwd: folder,
      env: environment({ OS_CLOUD: "demo", TF_VAR_network_name: "net-demo" }),
    });
    const database = at("moved").resourceId("servers", DATABASE);
    expect(database).not.toBe(ids.database);
    await consoleWith("demo", database, "build 2");
    expect(at("removed").plan("images").actions).toStrictEqual({ [build(1)]: ["delete"] });
    at("removed").deploy();
    expect(openstack("demo", "image", "list", "--hidden", "--name", "golden-Build1")).toStrictEqual([]);
    expect(at("removed").plan("servers").actions).toStrictEqual({});
    saw(
      "example shared-stack",
      "database replaced by hand, then build 1 removed",
      'console of database: "build 2", though its mode is IGNORE; plan of images: delete build 1; plan of servers: no changes',
    );
  });

  test("leaves nothing when it is destroyed", () => {
    at("removed").destroy();
    expect(openstack("demo", "server", "list", "--name", "shared-")).toStrictEqual([]);
    expect(openstack("demo", "image", "list", "--name", "golden-Build2")).toStrictEqual([]);
    saw("example shared-stack", "destroyed", "no server and no image left");
  });
});
