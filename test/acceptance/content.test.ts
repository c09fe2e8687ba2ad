import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "./support/app";
import { environment, openstack, requireCloud, run } from "./support/cloud";
import { FileServer } from "./support/file-server";
import { imageFile } from "./support/image-file";
import { saw } from "./support/proof";

const STACK = "content";
const UPLOAD = "openstack_images_image_v2.Upload";
const WEB_DOWNLOAD = "openstack_images_image_v2.WebDownload";

interface ImageShown {
  status: string;
  name: string;
  properties: Record<string, string>;
}

describe("digests", () => {
  const folder = mkdtempSync(join(tmpdir(), "content-"));
  const file = join(folder, "disk.qcow2");
  const base = new App("test/acceptance/apps/content");
  let server: FileServer;
  let app: App;
  let first: string;
  let second: string;

  beforeAll(async () => {
    requireCloud();
    server = await FileServer.start(folder);
    second = imageFile(file, "second bytes");
    first = imageFile(file, "first bytes");
    app = base.with({ URL_BASE: server.url, DIGEST: first });
  });
  afterAll(() => {
    app.with({ PROTECTED: "no" }).destroy();
    server.stop();
  });

  test("the right bytes pass, by upload and by web-download, and text arrives byte for byte", () => {
    app.deploy();
    for (const [id, address] of Object.entries({ Upload: UPLOAD, WebDownload: WEB_DOWNLOAD })) {
      const image = openstack<ImageShown>("demo", "image", "show", app.resourceId(STACK, address));
      expect(image).toMatchObject({ status: "active", name: `x-content-${id} \${literal} %{literal}` });
      expect(image.properties).toMatchObject({ os_hash_value: first, note: 'a "quoted" ${HOME} %{if} \\ value' });
    }
    const { actions, text } = app.plan(STACK);
    expect(actions).toStrictEqual({});
    expect(text).not.toContain("Warning");
    saw(
      "digests",
      "right bytes",
      "by upload and by web-download: active, os_hash_value as declared; second plan: no changes, no warning",
    );
    saw("text", "name and property with ${HOME}, %{if}, quotes and backslash", "image show: byte for byte");
  });

  test("a new digest replaces the images", () => {
    imageFile(file, "second bytes");
    const newer = app.with({ DIGEST: second });
    const { actions } = newer.plan(STACK);
    expect(actions).toStrictEqual({ [UPLOAD]: ["create", "delete"], [WEB_DOWNLOAD]: ["create", "delete"] });
    newer.deploy();
    const { properties } = openstack<ImageShown>("demo", "image", "show", newer.resourceId(STACK, UPLOAD));
    expect(properties.os_hash_value).toBe(second);
    saw(
      "digests",
      "other bytes and their digest behind the same URL",
      "plan: create, delete; image show: os_hash_value is the new one",
    );
    app = newer;
  });

  test.each([
    ["Upload", UPLOAD],
    ["WebDownload", WEB_DOWNLOAD],
  ])("fails when other bytes arrive by %s, until it is replaced from the right ones", (id, address) => {
    const third = imageFile(file, "third bytes");
    imageFile(file, "forged bytes");
    const wrong = app.with({ DIGEST: third, ONLY: id });
    expect(() => wrong.deploy()).toThrow(/DigestMismatch/);
    expect(() => wrong.plan(STACK)).toThrow(/DigestMismatch/);

    imageFile(file, "third bytes");
    const stack = join(wrong.folder, "cdktf.out/stacks", STACK);
    const replace = () =>
      run("terraform", ["apply", "-auto-approve", "-input=false", "-no-color", `-replace=${address}`], {
        cwd: stack,
        env: environment(),
      });
    if (id === "Upload") {
      // what was downloaded once is uploaded again, as the message says
      expect(replace).toThrow(/rm -r\s+\.terraform\/image_cache\s+&&\s+terraform\s+apply\s+-replace/);
      rmSync(join(stack, ".terraform/image_cache"), { recursive: true });
    }
    replace();
    expect(wrong.plan(STACK).actions).toStrictEqual({});
    saw(
      "digests",
      `forged bytes by ${id}`,
      "apply and every later plan: DigestMismatch; right bytes, emptied cache, terraform apply -replace: no changes",
    );
    app = wrong;
  });

  test("fails when a protected image would be destroyed, before anything is lost", () => {
    const kept = app.with({ PROTECTED: "yes" });
    kept.deploy();
    const id = kept.resourceId(STACK, WEB_DOWNLOAD);
    expect(() => kept.with({ DIGEST: first }).plan(STACK)).toThrow(/prevent_destroy|cannot be destroyed/);
    expect(() => kept.destroy()).toThrow(/prevent_destroy|cannot be destroyed/);
    expect(openstack("demo", "image", "show", id)).toMatchObject({ status: "active", protected: true });
    kept.with({ PROTECTED: "no" }).deploy();
    expect(openstack("demo", "image", "show", id)).toMatchObject({ protected: false });
    saw(
      "protected",
      "a new digest, and destroy",
      "plan: cannot be destroyed; image show: active, protected; unprotected in place afterwards",
    );
  });
});
