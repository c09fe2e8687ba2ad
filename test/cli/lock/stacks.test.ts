import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { App as CdktfApp, TerraformStack } from "cdktf";
import { Digest, DiskFormat, Image, ImageFamily, ImageSource } from "cdktf-openstack-images";
import { sourcesOf } from "../../../lib/cli/lock/source";
import { declaredImages } from "../../../lib/cli/lock/stacks";
import { LOCKING } from "../../../lib/content/image-request";
import { newForEachTest } from "./harness";

const { app } = newForEachTest();

const declared = () => declaredImages(join(app.folder, "cdktf.out"), app.folder);
const block = (path: string, more: object) => ({
  "//": { metadata: { path, uniqueId: "x" } },
  name: "an image",
  ...more,
});

test("takes what the library says of a source", () => {
  app.declare({ source: "https://a.example/a.img", kind: "web-download", raw: true, path: "app/A", name: "a" });
  expect(declared()).toStrictEqual({
    images: [{ source: "https://a.example/a.img", kind: "web-download", raw: true, path: "app/A", name: "a" }],
    unknown: [],
  });
});

test.each([
  ["while it is asked", { [LOCKING]: true }],
  ["in an ordinary synth", {}],
])("takes what the library writes %s", (_, context) => {
  const cdktf = new CdktfApp({ outdir: join(app.folder, "cdktf.out"), context });
  const stack = new TerraformStack(cdktf, "stack");
  new OpenstackProvider(stack, "openstack", {});
  const digest = Digest.sha256("0".repeat(64));
  const published = { checksumsUrl: "https://a.example/SUMS", checksumsKeyring: "keys.gpg" };
  new Image(stack, "Url", {
    imageName: "a url",
    source: ImageSource.fromUrl("https://a.example/a.qcow2.gz", {
      decompress: true,
      moving: true,
      digest,
      ...published,
    }),
  });
  new Image(stack, "Web", {
    diskFormat: DiskFormat.QCOW2,
    source: ImageSource.fromWebDownload("https://a.example/b.qcow2", { storedAs: DiskFormat.RAW }),
  });
  writeFileSync(join(app.folder, "c.raw"), "c");
  new ImageFamily(stack, "Family", {
    versions: [{ version: "1", source: ImageSource.fromFile(join(app.folder, "c.raw")), retireAfter: "2027-01-31" }],
  });
  cdktf.synth();
  const { images, unknown } = declared();
  expect(unknown).toStrictEqual([]);
  expect(images).toStrictEqual([
    {
      ...{ path: "stack/Family/1", name: "Family-1", kind: "file", retireAfter: "2027-01-31" },
      source: expect.stringMatching(/c\.raw$/),
    },
    {
      ...{ path: "stack/Url", name: "a url", kind: "url", moving: true, unpacked: true, digest: { ...digest } },
      source: "https://a.example/a.qcow2.gz",
      ...{ checksums: published.checksumsUrl, keyring: published.checksumsKeyring },
    },
    {
      ...{ path: "stack/Web", name: "Web", kind: "web-download", raw: true },
      source: "https://a.example/b.qcow2",
    },
  ]);
});

const BLOCKS: Record<string, [object, object]> = {
  "a URL": [{ image_source_url: "https://a.example/a.img" }, { source: "https://a.example/a.img", kind: "url" }],
  "a URL with a digest": [
    { image_source_url: "https://a.example/a.img#sha256=ABC0" },
    { source: "https://a.example/a.img", kind: "url", digest: { algorithm: "sha256", hex: "abc0" } },
  ],
  "a URL of something packed": [
    { image_source_url: "https://a.example/a.gz", decompress: true },
    { source: "https://a.example/a.gz", kind: "url", unpacked: true },
  ],
  "a download by Glance": [
    { image_source_url: "https://a.example/a.img", web_download: true },
    { source: "https://a.example/a.img", kind: "web-download" },
  ],
  "a download with a password": [
    { image_source_url: "https://a.example/a.img", image_source_username: "me" },
    { source: "https://a.example/a.img", kind: "url", private: true },
  ],
  "what stays packed": [
    { image_source_url: "https://a.example/a.gz", container_format: "compressed" },
    { source: "https://a.example/a.gz", kind: "url", packed: true },
  ],
  "a ramdisk": [
    { image_source_url: "https://a.example/initrd", disk_format: "ari" },
    { source: "https://a.example/initrd", kind: "url", isDisk: false },
  ],
  "an appliance": [
    { image_source_url: "https://a.example/a.ova", disk_format: "vmdk", container_format: "ova" },
    { source: "https://a.example/a.ova", kind: "url", isDisk: false },
  ],
  "a file below the app": [
    { local_file_path: `\${path.module}/../../../disks/a.img` },
    { source: "disks/a.img", kind: "file" },
  ],
  "a file anywhere": [{ local_file_path: "/srv/a.img" }, { source: "/srv/a.img", kind: "file" }],
  "a URL with what looks like a template": [
    { image_source_url: "https://a.example/$${x}/%%{y}.img" },
    { source: "https://a.example/${x}/%{y}.img", kind: "url" },
  ],
};
test.each(Object.entries(BLOCKS))("derives from the arguments %s", (_, [given, image]) => {
  app.declareBlocks({ one: block("app/One", given) });
  expect(declared()).toStrictEqual({ images: [{ ...image, path: "app/One", name: "an image" }], unknown: [] });
});

test("says which sources Terraform alone knows", () => {
  app.declareBlocks({
    one: block("app/One", { image_source_url: "${var.url}" }),
    two: block("app/Two", { image_source_url: "https://a.example/${var.name}.img" }),
    three: { local_file_path: "${var.path}" },
  });
  expect(declared()).toStrictEqual({ images: [], unknown: ["app/One", "app/Two", "openstack_images_image_v2.three"] });
});

test("fails when there are no stacks, or one is no JSON", () => {
  expect(declared).toThrow(/stacks cannot be read \(ENOENT: .*\); run cdktf synth, or give the folder that it writes$/);
  app.declare();
  writeFileSync(join(app.folder, "cdktf.out/stacks/app/cdk.tf.json"), "{");
  expect(declared).toThrow(/cdk\.tf\.json cannot be read: .*; run cdktf synth again$/);
});

test("images of one source are one, which is needed in all the forms that they are", () => {
  const image = { source: "https://a.example/latest.img", kind: "url" as const };
  const images = [
    { ...image, path: "app/B", unpacked: true },
    { ...image, path: "app/A", raw: true, checksums: "https://a.example/sums", keyring: "keys.gpg" },
  ];
  expect(sourcesOf(images, "/app")).toStrictEqual([
    {
      key: image.source,
      shown: image.source,
      isFile: false,
      location: image.source,
      isMoving: true,
      isPrivate: false,
      unpacked: true,
      packed: false,
      isDisk: true,
      raw: true,
      checksums: "https://a.example/sums",
      keyring: "/app/keys.gpg",
      digests: [],
      isBound: false,
      images,
    },
  ]);
});

describe("without --stacks", () => {
  const writing = (given: object) => `
    const fs = require("node:fs");
    const stack = process.env.CDKTF_OUTDIR + "/stacks/app";
    fs.mkdirSync(stack, { recursive: true });
    fs.writeFileSync("context.json", process.env.CDKTF_CONTEXT_JSON);
    fs.writeFileSync(stack + "/cdk.tf.json", JSON.stringify({ resource: { openstack_images_image_v2: {
      one: ${JSON.stringify(block("app/One", given))},
    } } }));
  `;
  const cdktfJson = (content: object) => writeFileSync(join(app.folder, "cdktf.json"), JSON.stringify(content));
  beforeEach(() => {
    mkdirSync(join(app.folder, "src"));
    const given = { "//": { metadata: { path: "app/One" }, openstackImage: { source: "a.img", kind: "file" } } };
    writeFileSync(join(app.folder, "src/main.js"), writing(given));
    writeFileSync(join(app.folder, "a.img"), "\0".repeat(512));
  });

  test("runs the app, with its context and the word that it is being locked", async () => {
    cdktfJson({ app: "cd . && node src/main.js", context: { own: 1, both: "file" } });
    const env = { PATH: process.env["PATH"], CDKTF_CONTEXT_JSON: '{"both": "env", "given": true}' };
    const errors = ["running the app of cdktf.json: cd . && node src/main.js"];
    expect(await app.runBare([], { env })).toMatchObject({ code: 0, errors });
    expect(Object.keys(app.lock)).toStrictEqual(["a.img"]);
    expect(require(join(app.folder, "context.json"))).toStrictEqual({
      given: true,
      both: "file",
      own: 1,
      [LOCKING]: true,
    });
    expect(app.left).toStrictEqual([]);
  });

  test.each([
    ["where cdktf writes", {}, "../../../a.img"],
    ["as seen from its stack's folder", {}, "${path.module}/../../../a.img"],
    ["where cdktf.json lets it write", { output: "deep/out" }, "../../../../a.img"],
  ])("finds a file by its path from there: %s", async (_, more, path) => {
    writeFileSync(join(app.folder, "src/main.js"), writing({ local_file_path: path }));
    cdktfJson({ app: "node src/main.js", ...more });
    expect(await app.runBare([])).toMatchObject({ code: 0 });
    expect(Object.keys(app.lock)).toStrictEqual(["a.img"]);
  });

  test("fails when the app writes its stacks somewhere else", async () => {
    cdktfJson({ app: "mkdir -p own.out/stacks" });
    await expect(app.runBare([])).rejects.toThrow(
      "the app of cdktf.json wrote no stacks: mkdir -p own.out/stacks; let it call synth(), leave 'outdir' out of its App, which must write where " +
        "CDKTF_OUTDIR says, or run cdktf synth and give --stacks DIR",
    );
    expect(app.left).toStrictEqual([]);
  });

  test("fails when the app does", async () => {
    cdktfJson({ app: "exit 7" });
    await expect(app.runBare([])).rejects.toThrow("the app of cdktf.json failed with 7: exit 7; it says why above");
    expect(app.left).toStrictEqual([]);
  });

  test("fails when there is no app", async () => {
    await expect(app.runBare([])).rejects.toThrow(
      /cdktf\.json cannot be read \(ENOENT: .*\); run this in the app's folder, or give --stacks DIR$/,
    );
    cdktfJson({ language: "typescript" });
    await expect(app.runBare([])).rejects.toThrow("names no app; give it one, or give --stacks DIR");
  });
});
