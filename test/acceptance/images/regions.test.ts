import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, inTheCloud } from "../support/app";
import { failureOf, oneLine } from "../support/failure";
import { imageFile } from "../support/image-file";
import { type ImageShown, imagesShown } from "../support/images";
import { Mirror } from "../support/mirror";
import { saw } from "../support/proof";
import { shellOf } from "../support/shell";
import { destroyRest, idsIn } from "../support/state";

const STACK = "regions";
const TWO = "two";
const address = (id: string) => `openstack_images_image_v2.${id}`;

const one = shellOf("demo");
const two = shellOf("demo", "RegionTwo");

describe("images in several regions", () => {
  const folder = mkdtempSync(join(tmpdir(), "regions-"));
  const base = new App("test/acceptance/apps/regions");
  let mirror: Mirror;
  let at: (step: string) => App;
  let sha512 = "";

  const serve = (name: string, text: string) => imageFile(join(folder, `${name}.qcow2`), text);
  const locked = (name: string) => base.locked[`${mirror.url}/${name}.qcow2`];
  /** The ids of a RegionalImage's images, by region. */
  function regionsOf(id: string): Record<string, string> {
    const found = Object.entries(idsIn(base, STACK)).filter(([name]) => name.startsWith(`${id}_`));
    return Object.fromEntries(found.map(([name, image]) => [name.split("_")[1] ?? "", image]));
  }
  function lock(step: string): void {
    const { code, text } = at(step).lock();
    expect([code, code === 0 ? "" : text]).toStrictEqual([0, ""]);
  }

  beforeAll(async () => {
    sha512 = imageFile(join(base.folder, "golden.qcow2"), "golden");
    for (const name of ["drifting", "upload", "converted", "forged", "unsaid"]) serve(name, `${name} 1`);
    mirror = await Mirror.start(folder);
    at = (step) => base.with({ STEP: step, URL_BASE: mirror.url });
    // the other stack's sources have to be in it for the app to synthesize
    lock("one");
  });
  afterAll(() => {
    for (const stack of [STACK, TWO]) destroyRest(at("differs"), stack);
    mirror.stop();
    rmSync(folder, { recursive: true });
  });

  test("one declaration is an image in each, with the same bytes", async () => {
    at("one").deploy(STACK);
    const before = regionsOf("Golden");
    expect(Object.keys(before)).toStrictEqual(["RegionOne"]);
    const { actions } = at("all").plan(STACK);
    expect(Object.values(inTheCloud(actions))).toStrictEqual([["create"], ["create"], ["create"]]);
    at("all").deploy(STACK);
    const ids = regionsOf("Golden");
    expect(ids.RegionOne).toBe(before.RegionOne);
    const { RegionOne: id = "", RegionTwo = "", elsewhere = "" } = ids;
    const { mine } = await imagesShown(one, { mine: id });
    const others = await imagesShown(two, { RegionTwo, elsewhere });
    expect(mine).toMatchObject({ name: "x-golden", status: "active", properties: { os_hash_algo: "sha512" } });
    expect(mine.properties.os_hash_value).toBe(sha512);
    for (const other of Object.values(others)) {
      expect(other).toMatchObject({ name: "x-golden", status: "active", properties: { os_hash_algo: "sha256" } });
      expect(other.checksum).toBe(mine.checksum);
    }
    const second = at("all").plan(STACK);
    expect(second.actions).toStrictEqual({});
    expect(second.text).not.toContain("RegionsDiffer");
    // the lock has all that Glances compute
    expect(second.text).not.toContain("DigestNotVerified");
    saw(
      ["RegionalImageProps.regions", "RegionOptions.region", "RegionOptions.provider"],
      "one region, then two more images: by region, and by a provider of the region",
      "image show in both regions: x-golden, active, the same checksum; the first has its id; second plan: no changes, no warning; the Glance of the second computes SHA-256",
    );
  });

  test("all are renamed in place, and a region that is left out loses its image", async () => {
    const ids = regionsOf("Golden");
    expect(Object.values(inTheCloud(at("renamed").plan(STACK).actions))).toStrictEqual([
      ["update"],
      ["update"],
      ["update"],
    ]);
    at("renamed").deploy(STACK);
    expect(regionsOf("Golden")).toStrictEqual(ids);
    const { RegionOne = "", RegionTwo = "" } = ids;
    expect(await two.json<ImageShown>(`image show ${RegionTwo}`)).toMatchObject({ name: "x-golden-2" });
    expect(
      Object.values(inTheCloud(at("one").plan(STACK).actions))
        .flat()
        .sort(),
    ).toStrictEqual(["delete", "delete", "delete", "update"]);
    at("one").deploy(STACK);
    expect(await one.json<ImageShown>(`image show ${RegionOne}`)).toMatchObject({ name: "x-golden" });
    expect(await two.json("image list --name x-golden-2")).toStrictEqual([]);
    saw(
      "RegionalImageProps.regions",
      "another name in all; then two regions left out",
      "plan: update each; same ids, new name; then delete each, image list in the region: none; the first stays",
    );
  });

  test("a region that holds other bytes is told", async () => {
    at("all").deploy(STACK);
    serve("drifting", "drifting 2");
    rmSync(join(base.folder, "cdktf.out/stacks", STACK, ".terraform/image_cache"), { recursive: true });
    at("differs").deploy(STACK);
    const { RegionOne = "", RegionTwo = "" } = regionsOf("Drifting");
    const { text, actions } = at("differs").plan(STACK);
    expect(actions).toStrictEqual({});
    const { mine } = await imagesShown(one, { mine: RegionOne });
    const { its } = await imagesShown(two, { its: RegionTwo });
    expect(its.checksum).not.toBe(mine.checksum);
    const [first = "", second = ""] = Object.keys(idsIn(base, STACK))
      .filter((name) => name.startsWith("Drifting_"))
      .sort();
    expect(oneLine(text)).toContain(
      `RegionsDiffer: ${address(first)} holds ${mine.properties.os_hash_value}, and ${address(second)} holds ${its.properties.os_hash_value}`,
    );
    saw(
      ["RegionalImageProps.regions", "RemoteSourceOptions.allowMoving"],
      "a URL that moves, other bytes by the time of the second region",
      "each plan warns: RegionsDiffer, with the digests that image show has in the regions",
    );
  });

  test("a Glance that converts what it imports holds the raw form that the lock has", async () => {
    at("all").deploy(TWO);
    const ids = idsIn(base, TWO);
    const shown = await imagesShown(two, ids as Record<"x-Converted" | "x-Upload", string>);
    expect(locked("converted")?.diskFormat).toBe("qcow2");
    expect(shown["x-Converted"]).toMatchObject({
      ...{ status: "active", disk_format: "raw", size: locked("converted")?.raw?.sizeBytes },
      properties: { os_hash_algo: "sha256", os_hash_value: locked("converted")?.raw?.sha256 },
    });
    expect(shown["x-Upload"]).toMatchObject({
      ...{ status: "active", disk_format: "qcow2" },
      properties: { os_hash_algo: "sha256", os_hash_value: locked("upload")?.sha256 },
    });
    const second = at("all").plan(TWO);
    expect(second.text).toContain("No changes.");
    expect(second.text).not.toContain("DigestNotVerified");
    expect(idsIn(base, TWO)).toStrictEqual(ids);
    saw(
      "WebDownloadSourceOptions.storedAs",
      "a locked qcow2, imported by a Glance with the plugin image_conversion; another one uploaded; this Glance computes SHA-256",
      "image show: raw, os_hash_value is the SHA-256 of the raw form in the lock; the other one qcow2, with that of its bytes; second plan: no changes, no warning",
    );
  });

  test("without storedAs a converted image is refused, as are other bytes by SHA-256", async () => {
    lock("unsaid");
    expect(failureOf(() => at("unsaid").deploy(TWO))).toContain("DigestMismatch");
    lock("forged");
    serve("forged", "forged 2");
    at("forged").plan(TWO);
    const text = failureOf(() => at("forged").deploy(TWO));
    expect(text).toContain(
      `DigestMismatch: ${address("x-Forged")} must hold sha512 ${locked("forged")?.sha512}, but Glance holds sha256`,
    );
    saw(
      ["WebDownloadSourceOptions.storedAs", "ImageSource.fromUrl"],
      "a locked qcow2 imported there without storedAs; other bytes under a locked URL",
      "both applies fail: DigestMismatch",
    );
  });
});
