import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, inTheCloud } from "../support/app";
import { contentFiles, mendContentFiles } from "../support/content-files";
import { failureOf } from "../support/failure";
import { imageFile } from "../support/image-file";
import { type ImageShown, imageLists, imagesShown, madeBeforeDeleted } from "../support/images";
import { Mirror } from "../support/mirror";
import { saw } from "../support/proof";
import { shellOf } from "../support/shell";
import { idsIn } from "../support/state";

const STACK = "content";
const PASSWORD = "a-password-nobody-sees";
const WRONG_PASSWORD = "not-the-password";
const OTHER_PASSWORD = "another-password";
const PASSWORDS = new RegExp(`${PASSWORD}|${WRONG_PASSWORD}|${OTHER_PASSWORD}`);
const DISK_BYTES = 1024 * 1024;
const address = (id: string) => `openstack_images_image_v2.${id}`;
/** What the provider downloads stays, and is uploaded again. */
const CACHED = ["x-Forged-Url", "x-Forged-Url-Md5", "x-Forged-Unpacked"];
const FORGED = [...CACHED, "x-Forged-Web", "x-Forged-Web-Md5", "x-Forged-Cloud"];
const QUEUED = ["x-Format-Url", "x-Format-Web", "x-Unsafe"].concat(
  ["x-Missing-Url", "x-Missing-Web"],
  ["x-Untold", "x-Untold-Name", "x-Private"],
);
const DIGESTED = ["Url", "Web", "File"].flatMap((kind) => ["Sha512", "Sha256", "Md5"].map((id) => `x-${kind}-${id}`));
const UNPACKED = ["x-Typed-gz", "x-Typed-xz", "x-Typed-bz2", "x-Typed-zst"].concat(
  ["x-Named-gz", "x-Named-xz", "x-Named-zst"],
  ["x-Cloud-gz", "x-Cloud-zip"],
);

const demo = shellOf("demo");

describe("sources and digests", () => {
  const folder = mkdtempSync(join(tmpdir(), "content-"));
  const base = new App("test/acceptance/apps/content", { FILES: folder });
  const digests: Record<string, string> = {};
  let mirror: Mirror;
  let app: App;
  let later: App;
  let ids: Record<string, string> = {};

  beforeAll(async () => {
    Object.assign(digests, contentFiles(folder));
    mirror = await Mirror.start(folder, `reader:${PASSWORD}`);
    app = base.with({ URL_BASE: mirror.url, TF_VAR_mirror_password: PASSWORD });
    later = app.with({ STEP: "later", USERNAME: "writer", TF_VAR_mirror_password: OTHER_PASSWORD });
  });
  afterAll(() => {
    app.destroy();
    mirror.stop();
    rmSync(folder, { recursive: true });
  });

  const synthesized = () => readFileSync(join(app.folder, "cdktf.out/stacks", STACK, "cdk.tf.json"), "utf8");
  const rows = async () => (await imageLists(demo, { all: "" })).all;
  const apply = (as: App, ...replaced: string[]) =>
    as.terraform(STACK, "apply", "-auto-approve", ...replaced.map((id) => `-replace=${address(id)}`));

  test("fails when the bytes are not what is declared, do not come, or the cloud does not let it", async () => {
    const wrong = app.with({ STEP: "wrong", TF_VAR_mirror_password: WRONG_PASSWORD });
    expect(failureOf(() => wrong.with({ MISDECLARED: "yes" }).plan(STACK))).toContain("DiskFormatWrong");
    const plan = wrong.plan(STACK);
    expect(new Set(Object.values(plan.actions).map(String))).toStrictEqual(new Set(["create"]));
    expect(plan.text).toMatch(/\+ image_source_password += \(sensitive value\)/);
    const started = Date.now();
    const text = failureOf(() => apply(wrong));
    const seconds = Math.round((Date.now() - started) / 1000);
    for (const output of [plan.text, text, synthesized()]) expect(output).not.toMatch(PASSWORDS);
    const errors = errorsOf(text);
    expect(errors).toMatchObject({
      "x-Format-Url": expect.stringContaining("Image disk_format vmdk does not match stream data qcow2"),
      "x-Format-Web": expect.stringContaining("Error waiting for Image: context deadline exceeded"),
      "x-Unsafe": expect.stringContaining("Image failed safety checks"),
      "x-Missing-Url": expect.stringContaining("statusCode is 404"),
      "x-Missing-Web": expect.stringContaining("Error waiting for Image: context deadline exceeded"),
      "x-Untold": expect.stringContaining("Error decompressing image, format text/plain is not supported"),
      "x-Untold-Name": expect.stringContaining("Error decompressing image, format bz2 is not supported"),
      "x-Private": expect.stringContaining("statusCode is 401"),
      "x-Public": expect.stringContaining("You are not authorized to complete publicize_image action"),
      "x-Region": expect.stringContaining("No suitable endpoint could be found in the service catalog"),
    });
    for (const id of FORGED) expect(errors[id]).toContain(`DigestMismatch: ${address(id)} must hold`);
    expect(Object.keys(errors).sort()).toStrictEqual([...FORGED, ...QUEUED, "x-Public", "x-Region"].sort());
    expect(text).toContain(`DigestNotVerified: the bytes of ${address("x-Sha256")} were not compared with the sha256`);
    expect(seconds).toBeGreaterThanOrEqual(60);
    expect(seconds).toBeLessThan(300);

    const found = await rows();
    const queued = found.filter(({ Status }) => Status === "queued").map(({ Name }) => Name);
    expect(queued.sort()).toStrictEqual([...QUEUED].sort());
    const names = found.map(({ Name }) => Name);
    expect(names).toEqual(expect.arrayContaining([...FORGED, "x-Sha256"]));
    expect(names).not.toContain("x-Public");
    expect(names).not.toContain("x-Region");
    saw(
      "ImageProps.diskFormat",
      "qcow2 declared vdi by file, vmdk by URL, vhdx by web-download",
      "the file: synth fails; apply fails: does not match stream data qcow2 (415), and for web-download after the timeout: context deadline exceeded; image list: queued",
    );
    saw(
      "ImageProps.createTimeoutMinutes",
      "1, web-downloads that fail",
      `apply fails after ${seconds} s: context deadline exceeded`,
    );
    saw(
      ["ImageSource.fromUrl", "ImageSource.fromWebDownload", "ImageSource.fromFile"],
      "a URL without a file, by both; a qcow2 file on top of another",
      "apply fails: statusCode is 404, context deadline exceeded, Image failed safety checks; image list: queued",
    );
    saw(
      ["UrlSourceOptions.username", "UrlSourceOptions.password"],
      "the wrong password, from the environment",
      "plan: image_source_password = (sensitive value); apply fails: statusCode is 401; neither prints it, nor has the synthesized file it",
    );
    saw(
      "UrlSourceOptions.decompress",
      "a Content-Type of text, and one of none with a file name in bz2",
      "apply fails: format text/plain is not supported, format bz2 is not supported; image list: queued",
    );
    saw(
      "ImageVisibility.PUBLIC",
      "by a project that is no administrator's",
      "apply fails: You are not authorized to complete publicize_image action; image list: nothing",
    );
    saw(
      "OpenstackProps.region",
      "a region that is none",
      "apply fails: No suitable endpoint could be found; image list: nothing",
    );
    saw(
      "Digest.sha256",
      "a wrong one without storedDigest",
      "apply: DigestNotVerified, since Glance reports sha512; image list: active",
    );
  });

  test("forged bytes fail every plan until the image is replaced from the right ones, as the message says", async () => {
    mendContentFiles(folder);
    const errors = errorsOf(failureOf(() => app.plan(STACK)));
    expect(Object.keys(errors).sort()).toStrictEqual([...FORGED].sort());
    for (const id of FORGED) {
      const cache = CACHED.includes(id) ? "rm -r .terraform/image_cache && " : "";
      expect(errors[id]).toContain(`in the stack's folder: ${cache}terraform apply -replace=${address(id)}`);
    }
    const again = errorsOf(failureOf(() => apply(app, ...FORGED)));
    expect(Object.keys(again).sort()).toStrictEqual([...CACHED].sort());
    rmSync(join(app.folder, "cdktf.out/stacks", STACK, ".terraform/image_cache"), { recursive: true });
    apply(app, ...CACHED);
    const { actions, text } = app.plan(STACK);
    expect(actions).toStrictEqual({});
    expect(text).not.toContain("Warning");

    ids = idsIn(app, STACK);
    const found = await rows();
    expect(found.map(({ ID }) => ID).sort()).toStrictEqual(Object.values(ids).sort());
    expect(new Set(found.map(({ Status }) => Status))).toStrictEqual(new Set(["active"]));
    saw(
      ["Digest.sha512", "Digest.md5", "ImageSourceOptions.digest", "ImageSourceOptions.storedDigest"],
      "forged bytes by URL and by web-download; forged ones in a packed file, and a packed file that the cloud does not unpack",
      "apply and every later plan: DigestMismatch; right bytes and the command in the message: no changes, no warning; image list: active",
    );
    saw(
      ["ImageProps.diskFormat", "ImageSource.fromUrl", "ImageSource.fromWebDownload", "ImageSource.fromFile"],
      "right formats, files and passwords after all that failed",
      `apply: done; image list: ${found.length} images, all active, no queued one left; second plan: no changes`,
    );
  });

  test("the right bytes pass by every way, packed or not, and text arrives byte for byte", async () => {
    const images = await imagesShown(demo, ids);
    for (const id of DIGESTED) {
      expect(images[id]).toMatchObject({
        status: "active",
        name: `${id} \${literal} %{literal}`,
        properties: { os_hash_value: digests["one.qcow2"], note: 'a "quoted" ${HOME} %{if} \\ value' },
      });
    }
    const raw = { size: DISK_BYTES, disk_format: "raw", properties: { os_hash_value: digests["disk.raw"] } };
    for (const id of UNPACKED) expect(images[id]).toMatchObject(raw);
    expect(images["x-Unpacks"]).toMatchObject({ properties: { os_hash_value: digests["disk.raw.gz"] } });
    const disk = { properties: { os_hash_value: digests["disk.qcow2"] } };
    for (const id of ["x-Private", "x-Unverified-Url", "x-Unverified-File", "x-Url-Check", "x-Web-Check"]) {
      expect(images[id]).toMatchObject(disk);
    }
    saw(
      [
        "Digest.sha512",
        "Digest.sha256",
        "Digest.md5",
        "ImageSourceOptions.digest",
        "ImageSourceOptions.storedDigest",
      ].concat(["ImageSource.fromUrl", "ImageSource.fromWebDownload", "ImageSource.fromFile"]),
      "right bytes by each way with each digest, the SHA-256 with storedDigest",
      `image show: active, os_hash_value ${digests["one.qcow2"]?.slice(0, 16)}..., that of the file; second plan: no changes, no warning`,
    );
    saw(
      ["ImageProps.imageName", "ImageProps.properties"],
      "name and property with ${HOME}, %{if}, quotes and backslash",
      "image show: byte for byte",
    );
    saw(
      "UrlSourceOptions.decompress",
      "disk.raw in gz, xz, bz2 and zst by Content-Type; in gz, xz and zst by file name",
      `image show: ${DISK_BYTES} bytes, os_hash_value is that of disk.raw; second plan: no changes`,
    );
    saw(
      ["UrlSourceOptions.username", "UrlSourceOptions.password"],
      "a server that asks for them",
      "image show: os_hash_value is that of the file; second plan: no changes",
    );
    saw(
      "UploadSourceOptions.verifyChecksum",
      "false, by URL and by file",
      "image show: active, os_hash_value is that of the file; second plan: no changes",
    );
    saw(
      "WebDownloadSourceOptions.decompressedByCloud",
      "disk.raw in gz and zip; xz under the ending gz",
      "image show: os_hash_value is that of disk.raw; xz stays packed, and fails with DigestMismatch for storedDigest",
    );
  });

  test("every change is what its plan says", async () => {
    const before = ids;
    digests["one.qcow2"] = imageFile(join(folder, "one.qcow2"), "one, the next build");
    const replaced = [...DIGESTED, "x-File-Computed", "x-Unpacks", "x-OtherUrl", "x-Url-Pin", "x-Web-Pin"];
    const updated = ["x-OtherWay", "x-Unverified-Url", "x-Unverified-File", "x-Private"];
    const { actions, text } = later.plan(STACK);
    expect(text).toMatch(/~ image_source_password += \(sensitive value\)/);
    expect(inTheCloud(actions)).toStrictEqual({
      ...Object.fromEntries(replaced.map((id) => [address(id), ["create", "delete"]])),
      ...Object.fromEntries(updated.map((id) => [address(id), ["update"]])),
    });
    const untouched = await imagesShown(demo, only(before, updated));
    const log = later.deploy();
    for (const output of [text, log, synthesized()]) expect(output).not.toMatch(PASSWORDS);
    expect(readFileSync(join(app.folder, `terraform.${STACK}.tfstate`), "utf8")).toContain(OTHER_PASSWORD);
    ids = idsIn(later, STACK);
    for (const [id, old] of Object.entries(before)) {
      if (replaced.includes(id)) expect(madeBeforeDeleted(log, address(id), old)).toBe(true);
      else expect(ids[id]).toBe(old);
    }
    const images = await imagesShown(demo, ids);
    const one = { status: "active", properties: { os_hash_value: digests["one.qcow2"] } };
    for (const id of [...DIGESTED, "x-File-Computed"]) expect(images[id]).toMatchObject(one);
    expect(images["x-Unpacks"]).toMatchObject({ size: DISK_BYTES, properties: { os_hash_value: digests["disk.raw"] } });
    for (const id of updated) expect(bytesOf(images[id])).toStrictEqual(bytesOf(untouched[id]));
    expect(later.plan(STACK).actions).toStrictEqual({});
    saw(
      ["DigestPin.REPLACE", "ImageSourceOptions.digestPin", "ImageSourceOptions.digest"],
      "other bytes and their digest behind the same URL and path, by each way with each digest, and a file without one",
      "plan: create, delete; image show: the new os_hash_value; made before the old one was deleted; second plan: no changes",
    );
    saw(
      ["DigestPin.CHECK", "DigestPin.REPLACE", "ImageSourceOptions.digestPin"],
      "CHECK to REPLACE",
      "plan: create, delete for a URL, nothing for a file",
    );
    saw(
      "UrlSourceOptions.decompress",
      "none to true",
      "plan: create, delete; image show: os_hash_value is that of disk.raw",
    );
    saw(
      ["ImageSource.fromUrl", "ImageProps.source"],
      "another URL; the same by web-download",
      "plan: create, delete; update, same id and bytes",
    );
    saw(
      ["UrlSourceOptions.username", "UrlSourceOptions.password", "UploadSourceOptions.verifyChecksum"],
      "others; verifyChecksum false to true, by URL and by file",
      "plan: update, (sensitive value); same id, the same bytes; the password is printed nowhere, and stands in the state; second plan: no changes",
    );
  });

  test("fails when a digest that is only compared is another than Glance's", () => {
    imageFile(join(folder, "checked.qcow2"), "checked, the next build");
    const errors = errorsOf(failureOf(() => later.with({ STEP: "check" }).plan(STACK)));
    expect(Object.keys(errors).sort()).toStrictEqual(["x-File-Check", "x-Url-Check", "x-Web-Check"]);
    for (const error of Object.values(errors)) expect(error).toContain("DigestMismatch");
    imageFile(join(folder, "checked.qcow2"), "checked");
    saw(
      ["DigestPin.CHECK", "ImageSourceOptions.digestPin"],
      "another digest, by each way",
      "plan fails: DigestMismatch; with the old one: no changes",
    );
  });

  test("fails when a file has not the digest that was given, at synth or when it comes later", async () => {
    const message = failureOf(() => later.with({ STEP: "file" }).plan(STACK));
    for (const algorithm of ["sha512", "sha256", "md5"]) {
      expect(message).toContain(`must have the ${algorithm} digest given`);
      expect(message).toContain(`[DigestMismatch at content/${algorithm}]`);
    }
    const late = later.with({ LATE: "yes" });
    const file = join(folder, "late.raw");
    expect(failureOf(() => late.plan(STACK))).toContain("SourceFileMissing: content/x-Late uploads");
    imageFile(file, "forged");
    expect(Object.keys(errorsOf(failureOf(() => apply(late))))).toStrictEqual(["x-Late"]);
    imageFile(file, "disk");
    apply(late, "x-Late");
    const { "x-Late": id = "" } = idsIn(late, STACK);
    const shown = (await imagesShown(demo, { id })).id;
    expect(shown).toMatchObject({ status: "active", properties: { os_hash_value: digests["disk.raw"] } });
    saw(
      ["ImageSource.fromFile", "Digest.sha512", "Digest.sha256", "Digest.md5"],
      "files with wrong digests; one that is not there at synth, then has other bytes, then the right ones",
      "synth fails: DigestMismatch; plan fails: SourceFileMissing; apply fails: DigestMismatch; terraform apply -replace: active",
    );
  });
});

/** Terraform's errors, by the image that each is of. */
function errorsOf(text: string): Record<string, string> {
  const errors = text.split(/(?=Error: |Warning: )/).filter((part) => part.startsWith("Error: "));
  return Object.fromEntries(
    errors.map((error) => [/openstack_images_image_v2\.([\w-]+)/.exec(error)?.[1] ?? "", error]),
  );
}

function bytesOf(image: ImageShown | undefined) {
  return { id: image?.id, created_at: image?.created_at, hash: image?.properties.os_hash_value };
}

function only(map: Record<string, string>, keys: string[]): Record<string, string> {
  return Object.fromEntries(keys.map((key) => [key, map[key] ?? ""]));
}
