import { join } from "node:path";
import { App } from "../support/app";
import { imageFile } from "../support/image-file";
import { saw } from "../support/proof";
import { shellOf } from "../support/shell";
import { destroyRest, type State, stateOf } from "../support/state";

const STACK = "own-image";
const IMAGE = "openstack_images_image_v2.Own";
const SERVER = "openstack_compute_instance_v2.Web";
const VOLUME = "openstack_blockstorage_volume_v3.Data";

interface ImageShown {
  status: string;
  visibility: string;
  min_disk: number;
  properties: Record<string, string>;
}

interface ServerShown {
  status: string;
  image: string;
  volumes_attached: { id: string }[];
}

const demo = shellOf("demo");

/** The last line of a console that is not empty. */
function lastLine(log: string): string {
  return log.trim().split(/\r?\n/).at(-1) ?? "";
}

describe("example own-image", () => {
  const app = new App("examples/own-image", {
    OS_CLOUD: "demo",
    TF_VAR_network_name: "net-demo",
    // `npm run types` checks it
    TS_NODE_TRANSPILE_ONLY: "true",
  });
  const rebuilt = app.with({ IMAGE_FILE: "images/other.raw" });
  let before: State;

  afterAll(() => destroyRest(app, STACK));

  test("goes from a file to a running server", async () => {
    app.deploy();
    before = stateOf(app, STACK);
    const digest = imageFile(join(app.folder, "images/own.raw"), "own image, build 1");
    const image = await demo.json<ImageShown>(`image show ${before[IMAGE]?.id}`);
    expect(image).toMatchObject({ status: "active", visibility: "private", min_disk: 1 });
    expect(image.properties.os_hash_value).toBe(digest);

    const id = before[SERVER]?.id ?? "";
    const server = await demo.json<ServerShown>(`server show ${id}`);
    expect(server.status).toBe("ACTIVE");
    expect(server.image).toContain(before[IMAGE]?.id);
    expect(server.volumes_attached).toMatchObject([{ id: before[VOLUME]?.id }]);
    const logs = await demo.consoles({ [id]: "own image, build 1" });
    expect(app.plan(STACK).actions).toStrictEqual({});
    saw(
      "example own-image",
      "deployed",
      `image show: ${image.status}, ${image.visibility}, min_disk ${image.min_disk}, os_hash_value ${image.properties.os_hash_value?.slice(0, 16)}... ` +
        `(the file's: ${digest.slice(0, 16)}...); server show: ${server.status}, image ${server.image}, volumes ${server.volumes_attached.map((one) => one.id)}; ` +
        `console: "${lastLine(logs[id] ?? "")}"; second plan: no changes`,
    );
  });

  test("another file replaces image and server, and keeps the data volume", async () => {
    imageFile(join(app.folder, "images/other.raw"), "own image, build 2");
    const { actions } = rebuilt.plan(STACK);
    expect(actions).toMatchObject({ [IMAGE]: ["create", "delete"], [SERVER]: ["delete", "create"] });
    expect(actions[VOLUME]).toBeUndefined();
    rebuilt.deploy();
    const now = stateOf(app, STACK);
    expect(now[SERVER]?.id).not.toBe(before[SERVER]?.id);
    expect(now[VOLUME]?.id).toBe(before[VOLUME]?.id);
    await demo.consoles({ [now[SERVER]?.id ?? ""]: "own image, build 2" });
    expect(rebuilt.plan(STACK).actions).toStrictEqual({});
    saw(
      ["example own-image", "ImageChange.REPLACE"],
      "another file",
      'plan: image create, delete; server delete, create; volume nothing; console: "own image, build 2"; second plan: no changes',
    );
  });

  test("leaves nothing when it is destroyed", async () => {
    rebuilt.destroy();
    for (const [kind, name] of [
      ["image", "own-image"],
      ["server", "own-image-web"],
      ["volume", "own-image-data"],
    ]) {
      expect(await demo.json(`${kind} list --name ${name}`)).toStrictEqual([]);
    }
    saw("example own-image", "destroyed", "no image, no server and no volume left");
  });
});
