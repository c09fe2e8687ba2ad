import { App } from "./support/app";
import { consoleWith, lastLine, openstack, requireCloud } from "./support/cloud";
import { imageFile } from "./support/image-file";
import { saw } from "./support/proof";

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

describe("example own-image", () => {
  const app = new App("examples/own-image", { OS_CLOUD: "demo", TF_VAR_network_name: "net-demo" });
  const rebuilt = app.with({ IMAGE_FILE: "images/other.raw" });
  const ids: Record<string, string> = {};

  beforeAll(requireCloud);
  afterAll(() => {
    app.destroy();
  });

  test("goes from a file to a running server", async () => {
    app.deploy();
    const digest = imageFile(`${app.folder}/images/own.raw`, "own image, build 1");
    ids.image = app.resourceId(STACK, IMAGE);
    const image = openstack<ImageShown>("demo", "image", "show", ids.image);
    expect(image).toMatchObject({ status: "active", visibility: "private", min_disk: 1 });
    expect(image.properties.os_hash_value).toBe(digest);

    ids.server = app.resourceId(STACK, SERVER);
    ids.volume = app.resourceId(STACK, VOLUME);
    const server = openstack<ServerShown>("demo", "server", "show", ids.server);
    expect(server.status).toBe("ACTIVE");
    expect(server.image).toContain(ids.image);
    expect(server.volumes_attached).toMatchObject([{ id: ids.volume }]);
    const log = await consoleWith("demo", ids.server, "own image, build 1");
    expect(app.plan(STACK).actions).toStrictEqual({});
    saw(
      "example own-image",
      "deployed",
      `image show: ${image.status}, ${image.visibility}, min_disk ${image.min_disk}, os_hash_value ${image.properties.os_hash_value?.slice(0, 16)}... ` +
        `(the file's: ${digest.slice(0, 16)}...); server show: ${server.status}, image ${server.image}, volumes ${server.volumes_attached.map(({ id }) => id)}; ` +
        `console: "${lastLine(log)}"; second plan: no changes`,
    );
  });

  test("another file replaces image and server, and keeps the data volume", async () => {
    imageFile(`${app.folder}/images/other.raw`, "own image, build 2");
    const { actions } = rebuilt.plan(STACK);
    expect(actions).toMatchObject({ [IMAGE]: ["create", "delete"], [SERVER]: ["delete", "create"] });
    expect(actions[VOLUME]).toBeUndefined();
    rebuilt.deploy();
    const server = rebuilt.resourceId(STACK, SERVER);
    expect(server).not.toBe(ids.server);
    expect(rebuilt.resourceId(STACK, VOLUME)).toBe(ids.volume);
    await consoleWith("demo", server, "own image, build 2");
    expect(rebuilt.plan(STACK).actions).toStrictEqual({});
    saw(
      "example own-image",
      "another file",
      'plan: image create, delete; server delete, create; volume nothing; console: "own image, build 2"; second plan: no changes',
    );
  });

  test("leaves nothing when it is destroyed", () => {
    rebuilt.destroy();
    expect(openstack("demo", "image", "list", "--name", "own-image")).toStrictEqual([]);
    expect(openstack("demo", "server", "list", "--name", "own-image-web")).toStrictEqual([]);
    expect(openstack("demo", "volume", "list", "--name", "own-image-data")).toStrictEqual([]);
    saw("example own-image", "destroyed", "no image, no server and no volume left");
  });
});
