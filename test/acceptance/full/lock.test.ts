import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GpgKey } from "../../cli/lock/gpg-key";
import { App, inTheCloud } from "../support/app";
import { failureOf } from "../support/failure";
import { imageFile } from "../support/image-file";
import { imagesShown } from "../support/images";
import { Mirror } from "../support/mirror";
import { saw } from "../support/proof";
import { shellOf } from "../support/shell";
import { destroyRest, idsIn } from "../support/state";

const STACK = "lock";
const FILES = ["adopted", "upload", "web", "moving", "signed", "forged-upload", "forged-web"];
const address = (id: string) => `openstack_images_image_v2.${id}`;

const demo = shellOf("demo");

describe("images that are held to their lock", () => {
  const folder = mkdtempSync(join(tmpdir(), "lock-"));
  const base = new App("test/acceptance/apps/lock");
  const [known, stranger] = [new GpgKey("known"), new GpgKey("stranger")];
  let mirror: Mirror;
  let at: (step: string) => App;

  const serve = (name: string, text: string) => imageFile(join(folder, `${name}.qcow2`), text);
  /** Publishes the digest of what is served, signed by a key that is in the app's folder. */
  function publish(name: string, key: GpgKey): void {
    const hex = createHash("sha256")
      .update(readFileSync(join(folder, name)))
      .digest("hex");
    writeFileSync(join(folder, "SHA256SUMS.signed"), key.signed(`${hex}  ${name}\n`));
  }
  const lock = (step: string, ...words: string[]) => at(step).lock(...words);

  beforeAll(async () => {
    for (const name of FILES) serve(name, `lock ${name} 1`);
    writeFileSync(join(base.folder, "keys.gpg"), known.exported());
    publish("signed.qcow2", known);
    mirror = await Mirror.start(folder);
    at = (step) => base.with({ STEP: step, URL_BASE: mirror.url });
  });
  afterAll(() => {
    destroyRest(at("more"), STACK);
    mirror.stop();
    for (const key of [known, stranger]) key.remove();
    rmSync(folder, { recursive: true });
  });

  test("pinning an image that exists plans nothing", () => {
    at("adopt").deploy();
    const before = idsIn(base, STACK);
    expect(lock("adopt").code).toBe(0);
    expect(Object.keys(base.locked)).toStrictEqual([`${mirror.url}/adopted.qcow2`]);
    expect(at("adopt").plan(STACK).text).toContain("No changes.");
    expect(idsIn(base, STACK)).toStrictEqual(before);
    saw("DigestPin.CHECK", "an image that was deployed without a pin, then locked", "plan: no changes");
  });

  test("the right bytes apply, from a URL that moves too", async () => {
    expect(failureOf(() => at("all").plan(STACK))).toContain("SourceMoves");
    expect(lock("all").code).toBe(0);
    at("all").deploy();
    const shown = await imagesShown(demo, idsIn(base, STACK));
    for (const [id, name] of Object.entries({
      "x-Upload": "upload",
      "x-Web": "web",
      "x-Moving": "latest/moving",
      "x-Signed": "signed",
    })) {
      const { sha512, virtualSizeBytes } = base.locked[`${mirror.url}/${name}.qcow2`] ?? {};
      expect(shown[id]).toMatchObject({ status: "active", virtual_size: virtualSizeBytes, min_disk: 1 });
      expect(shown[id]?.properties.os_hash_value).toBe(sha512);
    }
    expect(at("all").plan(STACK).text).toContain("No changes.");
    saw(
      ["ImageSource.fromUrl", "ImageSource.fromWebDownload"],
      "locked sources, one of a URL that moves",
      "without a lock: synth fails; with it: image show: active, os_hash_value is what is locked; second plan: no changes",
    );
  });

  test("a published digest counts when a known key has signed it", () => {
    const source = `${mirror.url}/signed.qcow2`;
    expect(base.locked[source]?.upstream).toStrictEqual({
      ...{ algorithm: "sha256", hex: base.locked[source]?.sha256, from: `${mirror.url}/SHA256SUMS.signed` },
      signedBy: known.fingerprint,
    });
    const before = readFileSync(join(base.folder, "images.lock.json"), "utf8");
    serve("signed", "lock signed 2");
    publish("signed.qcow2", stranger);
    const refused = lock("all", "--update", source);
    expect(refused.code).toBe(1);
    expect(refused.text).toMatch(/is signed by no key of \S+keys\.gpg/);
    expect(readFileSync(join(base.folder, "images.lock.json"), "utf8")).toBe(before);
    publish("signed.qcow2", known);
    expect(lock("all", "--update", source).code).toBe(0);
    expect(inTheCloud(at("all").plan(STACK).actions)).toStrictEqual({ [address("x-Signed")]: ["create", "delete"] });
    at("all").deploy();
    saw(
      ["RemoteSourceOptions.checksumsUrl", "RemoteSourceOptions.checksumsKeyring", "RemoteSourceOptions.moving"],
      "a URL that is said to move, with digests that are published and signed; another build, signed by a stranger, then by the known key",
      "without a lock: synth fails; lock says who signed; refused and the lock as it was; then plan: create, delete for this image alone",
    );
  });

  test("other bytes under the same URL are refused before a server boots from them", async () => {
    expect(lock("more").code).toBe(0);
    for (const name of ["forged-upload", "forged-web"]) serve(name, `lock ${name} 2`);
    const checked = lock("more", "--check");
    expect(checked.code).toBe(3);
    expect(checked.text.match(/CHANGED BYTES UNDER THE SAME NAME/g)).toHaveLength(2);
    // by Terraform: cdktf drops the end of long errors
    at("more").plan(STACK);
    const text = failureOf(() => at("more").deploy());
    for (const id of ["x-Forged-Upload", "x-Forged-Web"])
      expect(text).toContain(`DigestMismatch: ${address(id)} must hold`);
    expect(await demo.json(`server list --name x-lock`)).toStrictEqual([]);
    saw(
      ["ImageSource.fromUrl", "ImageSource.fromWebDownload"],
      "other bytes under a locked URL, and a server of the image",
      "lock --check: changed bytes, ends with 3; apply fails: DigestMismatch, both; server list: none",
    );
  });

  test("a changed lock replaces exactly that image, and an adopted one from then on", async () => {
    const sources = ["forged-upload", "forged-web"].map((name) => `${mirror.url}/${name}.qcow2`);
    expect(lock("more", "--update", ...sources).code).toBe(0);
    at("more").deploy();
    const server = idsIn(base, STACK, "openstack_compute_instance_v2").Server ?? "";
    await demo.consoles({ [server]: "lock forged-upload 2" });
    serve("adopted", "lock adopted 2");
    expect(lock("more", "--update", `${mirror.url}/adopted.qcow2`).code).toBe(0);
    const { actions } = at("more").plan(STACK);
    expect(inTheCloud(actions)).toStrictEqual({ [address("x-Adopted")]: ["create", "delete"] });
    at("more").deploy();
    const { "x-Adopted": id = "" } = idsIn(base, STACK);
    const { adopted } = await imagesShown(demo, { adopted: id });
    expect(adopted.properties.os_hash_value).toBe(base.locked[`${mirror.url}/adopted.qcow2`]?.sha512);
    expect(readFileSync(join(base.folder, "images.lock.json"), "utf8")).toContain('"revision": 2');
    expect(at("more").plan(STACK).text).toContain("No changes.");
    saw(
      "DigestPin.CHECK",
      "a lock that was updated",
      "plan: create, delete for this image alone; image show: os_hash_value is what is locked; second plan: no changes",
    );
  });
});
