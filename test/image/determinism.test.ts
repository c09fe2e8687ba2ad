import { join } from "node:path";
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { TerraformVariable } from "cdktf";
import {
  Architecture,
  Digest,
  Image,
  type ImageProps,
  ImageSource,
  ImageVisibility,
  OperatingSystem,
  OsPropertyChange,
} from "cdktf-openstack-images";
import { synth } from "../support/synth";
import { BYTES, inAppFolder, OTHER_PROJECT, PROJECT, SHA512, URL_QCOW2 } from "./given";

const PROPERTIES = { os_require_quiesce: "yes", hw_disk_bus: "scsi", os_a: "b", os_z: "y" };

function inOrder<T extends object>(of: T, reversed: boolean): T {
  const entries = Object.entries(of);
  return Object.fromEntries(reversed ? entries.reverse() : entries) as T;
}

/** An app that uses all of it, in the folder that the process is in. */
function synthesized(folder: string, reversed = false): string {
  const props: Omit<ImageProps, "source"> = {
    imageName: "base",
    architecture: Architecture.X86_64,
    operatingSystem: OperatingSystem.linux(inOrder({ distro: "ubuntu", version: "24.04", adminUser: "me" }, reversed)),
    osPropertyChange: OsPropertyChange.REPLACE,
    properties: inOrder(PROPERTIES, reversed),
    visibility: ImageVisibility.SHARED,
    tags: ["b", "a"],
    minDiskGb: 4,
  };
  const { text } = synth(
    (stack) => {
      const provider = new OpenstackProvider(stack, "Other", { alias: "other" });
      const password = new TerraformVariable(stack, "Password", { type: "string", sensitive: true });
      const source = ImageSource.fromUrl(
        URL_QCOW2,
        inOrder({ digest: Digest.sha512(SHA512), username: "me", password }, reversed),
      );
      const base = new Image(stack, "Base", inOrder({ ...props, source }, reversed));
      base.addMember("One", inOrder({ projectId: PROJECT, acceptance: { provider } }, reversed));
      base.addMember("Two", { projectId: OTHER_PROJECT });
      new Image(stack, "File", inOrder({ ...props, source: ImageSource.fromFile("images/disk.raw") }, reversed));
      Image.fromLookup(
        stack,
        "Found",
        inOrder({ imageName: "base", properties: inOrder(PROPERTIES, reversed) }, reversed),
      );
    },
    { outdir: join(folder, "cdktf.out") },
  );
  return text;
}

const FILES = { "images/disk.raw": BYTES };

test("another folder makes no difference", () => {
  const text = inAppFolder(FILES, synthesized);
  expect(inAppFolder({ ...FILES, "node_modules/x": "" }, synthesized)).toBe(text);
  expect(text).toContain('"${path.module}/../../../images/disk.raw"');
});

test("nothing of the machine stands in it", () => {
  const text = inAppFolder(FILES, (folder) => {
    const written = synthesized(folder);
    expect(written).not.toContain(folder);
    return written;
  });
  expect(text).not.toMatch(/\/(home|root|tmp|work)\b/);
});

test("another home, another time zone and another day make no difference", () => {
  const text = inAppFolder(FILES, synthesized);
  const { HOME, TZ } = process.env;
  jest.useFakeTimers({ now: new Date("2031-02-03T04:05:06Z") });
  try {
    process.env.HOME = "/elsewhere";
    process.env.TZ = "Pacific/Kiritimati";
    expect(inAppFolder(FILES, synthesized)).toBe(text);
  } finally {
    jest.useRealTimers();
    Object.assign(process.env, HOME === undefined ? {} : { HOME }, TZ === undefined ? {} : { TZ });
    if (HOME === undefined) delete process.env.HOME;
    if (TZ === undefined) delete process.env.TZ;
  }
});

test("another order of the keys makes no difference", () => {
  const text = inAppFolder(FILES, (folder) => synthesized(folder));
  expect(inAppFolder(FILES, (folder) => synthesized(folder, true))).toBe(text);
});

test("a second synthesis in the same process makes no difference", () => {
  inAppFolder(FILES, (folder) => expect(synthesized(folder)).toBe(synthesized(folder)));
});
