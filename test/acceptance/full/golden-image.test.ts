import { join } from "node:path";
import { App } from "../support/app";
import { imageFile } from "../support/image-file";
import { imagesShown } from "../support/images";
import { Mirror } from "../support/mirror";
import { saw } from "../support/proof";
import { shellOf } from "../support/shell";
import { destroyRest, idsIn } from "../support/state";

const EXAMPLE = "example golden-image";
const STACK = "golden-image";
const PORT = 8099;
const VERSIONS = ["20261001", "20261101", "20261115"];

const demo = shellOf("demo");

describe(EXAMPLE, () => {
  const app = new App("examples/golden-image").with({ OS_CLOUD: "demo" });
  let mirror: Mirror;

  beforeAll(async () => {
    const folder = join(app.folder, "builds");
    for (const version of VERSIONS) imageFile(join(folder, `golden-${version}.raw`), `golden image ${version}`);
    mirror = await Mirror.start(folder, "", PORT);
  });
  afterAll(() => {
    destroyRest(app, STACK);
    mirror.stop();
  });

  test("publishes what its lock says, and boots the current version", async () => {
    expect(app.lock("--check")).toMatchObject({ code: 0 });
    app.deploy();
    const shown = Object.values(await imagesShown(demo, idsIn(app, STACK)));
    const told = shown.map(({ name, properties }) => [name, String(properties.os_hidden), properties.os_hash_value]);
    const digest = (version: string) => app.locked[`http://127.0.0.1:${PORT}/golden-${version}.raw`]?.sha512;
    expect(told.sort()).toStrictEqual([
      ["golden-20261001", "true", digest("20261001")],
      ["golden-20261101", "false", digest("20261101")],
      ["golden-20261115", "false", digest("20261115")],
    ]);
    await demo.consoles({ "golden-web": "golden image 20261101" });
    expect(app.plan(STACK).actions).toStrictEqual({});
    app.destroy();
    expect(await demo.json("image list --name golden-20261101")).toStrictEqual([]);
    saw(
      EXAMPLE,
      "locked as committed, deployed, destroyed",
      'lock --check: nothing moved; image show: three versions, one hidden, os_hash_value as locked; console: "golden image 20261101"; second plan: no changes; then image list: none',
    );
  });
});
