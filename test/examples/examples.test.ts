import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { describeWithTerraform } from "../support/terraform";
import { EXAMPLES, ROOT, rowOf, stackOf, synthExamples } from "./synthesized";

const TIMEOUT_MS = 120_000;

const STACKS = [
  ["golden-image", "golden-image"],
  ["launch-from-catalogue", "binero"],
  ["launch-from-catalogue", "nerc"],
  ["own-image", "own-image"],
  ["publish-catalogue", "publish-catalogue"],
  ["shared-stack", "images"],
  ["shared-stack", "servers"],
] as const;

let folder: string;
let table: string;

const stack = (example: string, name: string, out = folder) => stackOf(out, example, name);
const row = (name: string, text = table) => rowOf(text, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "examples-"));
  const { status, stdout, stderr } = synthExamples(folder);
  expect({ status, stderr }).toStrictEqual({ status: 0, stderr: "" });
  table = stdout;
}, TIMEOUT_MS);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("npm run synth", () => {
  test("names every example and where its Terraform lies", () => {
    const heads = STACKS.map(([example, name]) => `examples/${example}, stack ${name}`);
    expect(table.split("\n").filter((line) => line.startsWith("examples/"))).toStrictEqual(heads);
    for (const [example, name] of STACKS) {
      expect(table).toMatch(new RegExp(`^  Terraform: \\S*/${example}/stacks/${name}/cdk\\.tf\\.json$`, "m"));
    }
  });

  test("covers every folder of examples that has an app", () => {
    const apps = readdirSync(EXAMPLES, { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() && readdirSync(join(EXAMPLES, entry.name)).includes("cdktf.json"),
    );
    expect([...new Set(STACKS.map(([example]) => example))]).toStrictEqual(apps.map(({ name }) => name).sort());
  });

  test("prints of an image its name, source, format, visibility, members and digest", () => {
    expect(row("image")).toStrictEqual(["image", "source", "format", "visibility", "members", "digest"]);
    const image = (name: string) => row(name)?.slice(1);
    expect(image("own-image")).toStrictEqual([
      "file images/own.raw",
      "raw",
      "private",
      "-",
      expect.stringMatching(/^sha512 /),
    ]);
    expect(image("ubuntu-24.04-x86_64")).toStrictEqual([
      "https://cloud-images.ubuntu.com/.../noble-server-cloudimg-amd64.img",
      "qcow2",
      "public",
      "-",
      "none",
    ]);
    expect(image("debian-12-x86_64")).toStrictEqual([
      "web-download https://cloud.debian.org/.../debian-12-genericcloud-amd64.qcow2",
      "qcow2",
      "community",
      "-",
      "none",
    ]);
    expect(image("windows-server-2022-x86_64")?.slice(1)).toStrictEqual([
      "raw",
      "shared",
      "Demo (accepts), Second (accepts)",
      "sha512 66aabc22",
    ]);
    expect(image("golden-Build1")?.at(-1)).toMatch(/^sha512 [0-9a-f]{8}, checked only$/);
  });

  test("prints of a launch what it boots from and what a changed image does to it, across stacks too", () => {
    expect(row("launch")).toStrictEqual(["launch", "kind", "boots from", "on image change"]);
    expect(row("own-image-web")).toStrictEqual(["own-image-web", "server", "own-image", "replace"]);
    expect(row("own-image-data")).toStrictEqual(["own-image-data", "volume", "blank", "-"]);
    expect(row("shared-web")).toStrictEqual(["shared-web", "server", "golden-Build2 (stack images)", "replace"]);
    expect(row("shared-database")?.slice(2)).toStrictEqual(["golden-Build2 (stack images)", "ignore"]);
  });

  test("prints launches of every kind, members by id, lookups and warnings", () => {
    const out = join(folder, "kinds");
    const app = join(folder, "every-kind");
    mkdirSync(app);
    writeFileSync(join(app, "main.ts"), EVERY_KIND);
    // A project outside of the repository, which finds the packages where the repository does.
    writeFileSync(join(app, "cdktf.json"), JSON.stringify({ app: `node ${JSON.stringify(join(app, "start.js"))}` }));
    writeFileSync(join(app, "start.js"), startingFrom(app));
    const { status, stdout, stderr } = synthExamples(out, [app]);
    expect({ status, stderr }).toStrictEqual({ status: 0, stderr: "" });
    const cells = (name: string) => row(name, stdout)?.slice(1);
    expect(cells("Pinned")).toStrictEqual([
      "https://a.test/x.qcow2",
      "qcow2",
      "shared",
      `Other ${"a".repeat(32)}`,
      "sha512 bbbbbbbb",
    ]);
    expect(cells("Checked")?.at(-1)).toBe("sha512 bbbbbbbb, checked only");
    expect(cells("found")).toStrictEqual(["looked up", "-", "public", "-", "-"]);
    expect(cells("/^x/")).toStrictEqual(["looked up", "-", "public", "-", "-"]);
    expect(cells("Rebuilt")).toStrictEqual(["server", "Checked", "rebuild"]);
    expect(cells("OnNewVolume")).toStrictEqual(["server", "new volume of 2 GiB from found", "replace"]);
    expect(cells("OnVolume")).toStrictEqual(["server", "volume Root", "-"]);
    expect(cells("Root")).toStrictEqual(["volume", "Pinned", "ignore"]);
    expect(cells("ById")).toStrictEqual(["server", "0c2f8ed2-2ae4-4a5e-8ff6-53dbf1e7a0cd", "ignore"]);
    expect(cells("Kept")).toStrictEqual(["server", "Pinned", "ignore"]);
    expect(stdout).toMatch(/^ {2}warning: kinds\/Kept: ImageDeletedInUse: /m);
  }, 60_000);

  test("fails when an example fails, names it and shows its error, and still prints the others", () => {
    const app = join(folder, "broken");
    mkdirSync(app);
    writeFileSync(join(app, "cdktf.json"), JSON.stringify({ app: "echo this is why >&2 && exit 3" }));
    const { status, stdout, stderr } = synthExamples(join(folder, "failing"), [app, join(EXAMPLES, "own-image")]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/broken failed:\n\nthis is why/);
    expect(stdout).toMatch(/^examples\/own-image, stack own-image$/m);
  }, 60_000);

  test("fails when an app ends well without having synthesized anything", () => {
    const app = join(folder, "idle");
    mkdirSync(app);
    writeFileSync(join(app, "cdktf.json"), JSON.stringify({ app: "exit 0" }));
    const { status, stderr } = synthExamples(join(folder, "failing"), [app]);
    expect({ status, stderr }).toStrictEqual({
      status: 1,
      stderr: expect.stringMatching(/idle failed:\n\n.*manifest/),
    });
  });
});

describe("every example", () => {
  test.each(STACKS)("%s, stack %s, keeps its state in the example's folder, by a relative path", (example, name) => {
    expect(stack(example, name).terraform.backend).toStrictEqual({
      local: { path: `../../../terraform.${name}.tfstate` },
    });
  });

  test.each(STACKS)("%s, stack %s, holds no credentials and no path of this machine", (example, name) => {
    // behind "..", the checkout is a part of the way from the output folder to the files
    const text = JSON.stringify(stack(example, name)).replaceAll(`..${ROOT}`, "");
    expect([ROOT, homedir()].filter((path) => text.includes(path))).toStrictEqual([]);
    expect(text.match(/password|secret|token"/i)).toBeNull();
  });
});

describe("own-image", () => {
  test("replaces the server and keeps its volume when the file has other bytes", () => {
    const { resource } = stack("own-image", "own-image");
    const server = resource.openstack_compute_instance_v2.Web;
    expect(server.image_id).toBe("${openstack_images_image_v2.Own.id}");
    expect(server.lifecycle.replace_triggered_by).toHaveLength(1);
    expect(resource.openstack_images_image_v2.Own.lifecycle.replace_triggered_by).toHaveLength(1);
    expect(resource.openstack_blockstorage_volume_v3.Data.lifecycle).toBeUndefined();
    expect(Object.values(resource.openstack_compute_volume_attach_v2)).toStrictEqual([
      expect.objectContaining({
        instance_id: "${openstack_compute_instance_v2.Web.id}",
        volume_id: "${openstack_blockstorage_volume_v3.Data.id}",
      }),
    ]);
  });

  test("boots a disk that is the same on every machine", () => {
    const disk = readFileSync(join(EXAMPLES, "own-image", "images", "own.raw"));
    expect(disk).toHaveLength(1024 * 1024);
    expect(disk.readUInt16LE(510)).toBe(0xaa55);
    expect(createHash("sha512").update(disk).digest("hex")).toMatch(/^2ab2f69232710713/);
    expect(JSON.stringify(stack("own-image", "own-image"))).toContain("2ab2f69232710713");
  });
});

describe("publish-catalogue", () => {
  test("accepts the shared image with the providers of the two projects", () => {
    const { resource, provider } = stack("publish-catalogue", "publish-catalogue");
    expect(provider.openstack).toStrictEqual([
      { cloud: "admin" },
      { alias: "demo", cloud: "demo" },
      { alias: "second", cloud: "second" },
    ]);
    expect(
      Object.values<{ provider: string }>(resource.openstack_images_image_access_accept_v2).map(
        ({ provider }) => provider,
      ),
    ).toStrictEqual(["openstack.demo", "openstack.second"]);
    for (const member of Object.values(resource.openstack_images_image_access_v2)) {
      expect(member).not.toHaveProperty("status");
    }
  });

  test("states the digest of the file that the command in its README writes", () => {
    const readme = readFileSync(join(EXAMPLES, "publish-catalogue", "README.md"), "utf8");
    const [, text] = /^node \.\.\/make-image\.js images\/windows-server-2022\.raw "(.+)"$/m.exec(readme) ?? [];
    const file = join(folder, "windows.raw");
    execFileSync(process.execPath, [join(EXAMPLES, "make-image.js"), file, text]);
    const digest = createHash("sha512").update(readFileSync(file)).digest("hex");
    expect(stack("publish-catalogue", "publish-catalogue").resource.terraform_data).toMatchObject({
      Windows2022_ContentTrigger_15FBBF3C: { triggers_replace: digest },
    });
  });

  test("takes its files from a mirror instead", () => {
    const out = join(folder, "mirror");
    const { status } = synthExamples(out, [join(EXAMPLES, "publish-catalogue")], {
      CATALOGUE_BASE_URL: "http://127.0.0.1:8000/",
    });
    expect(status).toBe(0);
    const images = stack("publish-catalogue", "publish-catalogue", out).resource.openstack_images_image_v2;
    expect(
      Object.values<{ image_source_url?: string }>(images).map(({ image_source_url }) => image_source_url),
    ).toStrictEqual([
      "http://127.0.0.1:8000/debian-12-genericcloud-amd64.qcow2",
      "http://127.0.0.1:8000/Rocky-9-GenericCloud.latest.x86_64.qcow2",
      "http://127.0.0.1:8000/noble-server-cloudimg-amd64.img",
      undefined,
    ]);
  }, 60_000);
});

describe("shared-stack", () => {
  /** The app with another builds.json. */
  function withBuilds(name: string, builds: object) {
    const file = join(folder, `${name}.json`);
    const out = join(folder, name);
    writeFileSync(file, JSON.stringify(builds));
    const finished = synthExamples(out, [join(EXAMPLES, "shared-stack")], { BUILDS_FILE: file });
    return {
      ...finished,
      images: () => stack("shared-stack", "images", out),
      servers: () => stack("shared-stack", "servers", out),
    };
  }

  test("reads the image of the other stack by a relative path", () => {
    const { data } = stack("shared-stack", "servers");
    expect(data.terraform_remote_state["cross-stack-reference-input-images"].config).toStrictEqual({
      path: "../../../terraform.images.tfstate",
    });
  });

  test("moves the servers in the second pull request alone", () => {
    const [Build1, Build2] = ["images/build-1.raw", "images/build-2.raw"];
    const before = withBuilds("before", { current: "Build1", builds: { Build1 } });
    const added = withBuilds("added", { current: "Build1", builds: { Build1, Build2 } });
    const moved = withBuilds("moved", { current: "Build2", builds: { Build1, Build2 } });
    const removed = withBuilds("removed", { current: "Build2", builds: { Build2 } });
    expect(added.servers()).toStrictEqual(before.servers());
    expect(moved.servers()).not.toStrictEqual(added.servers());
    expect(removed.servers()).toStrictEqual(moved.servers());
    // the images themselves never change, but for being hidden
    const image = (synth: typeof before, name: string) => ({
      ...synth.images().resource.openstack_images_image_v2[name],
      hidden: undefined,
    });
    expect(image(added, "Build1")).toStrictEqual(image(before, "Build1"));
    expect(image(moved, "Build1")).toStrictEqual(image(added, "Build1"));
    expect(image(removed, "Build2")).toStrictEqual(image(added, "Build2"));
  }, 60_000);

  test("fails when the current build is none of the builds", () => {
    const { status, stderr } = withBuilds("unknown", { current: "Build9", builds: { Build1: "images/build-1.raw" } });
    expect({ status, stderr }).toStrictEqual({
      status: 1,
      stderr: expect.stringContaining('"current" in builds.json must be one of Build1, got Build9'),
    });
  }, 60_000);
});

describeWithTerraform("the Terraform of the examples", (kit) => {
  test.each(STACKS)(
    "%s, stack %s, is valid",
    (example, name) => {
      expect(kit.validate(join(folder, example, "stacks", name))).toStrictEqual([]);
    },
    TIMEOUT_MS,
  );
});

const EVERY_KIND = `
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { BootSource, Digest, DigestPin, Flavor, Image, ImageChange, ImageSource, ImageVisibility, Server, Volume } from "cdktf-openstack-images";

const app = new App();
const stack = new TerraformStack(app, "kinds");
new LocalBackend(stack, { path: "../../../terraform.tfstate" });
new OpenstackProvider(stack, "Openstack");
const digest = Digest.sha512("b".repeat(128));
const url = "https://a.test/x.qcow2";
const pinned = new Image(stack, "Pinned", { source: ImageSource.fromUrl(url, { digest }), visibility: ImageVisibility.SHARED });
pinned.addMember("Other", { projectId: "a".repeat(32) });
const checked = new Image(stack, "Checked", { source: ImageSource.fromUrl(url, { digest, digestPin: DigestPin.CHECK }) });
const found = Image.fromLookup(stack, "Found", { imageName: "found", visibility: ImageVisibility.PUBLIC });
Image.fromLookup(stack, "ByPattern", { nameRegex: "^x", visibility: ImageVisibility.PUBLIC });
const byId = Image.fromImageId(stack, "Known", "0c2f8ed2-2ae4-4a5e-8ff6-53dbf1e7a0cd");
const flavor = Flavor.fromFlavorName("m1.tiny");
new Server(stack, "Rebuilt", { boot: BootSource.fromImage(checked), flavor, onImageChange: ImageChange.REBUILD });
new Server(stack, "Kept", { boot: BootSource.fromImage(pinned), flavor });
new Server(stack, "OnNewVolume", {
  boot: BootSource.fromNewVolume(found, { sizeGb: 2, deleteOnTermination: true }),
  flavor,
  onImageChange: ImageChange.REPLACE,
});
const root = new Volume(stack, "Root", { sizeGb: 2, image: pinned });
new Server(stack, "OnVolume", { boot: BootSource.fromVolume(root), flavor });
new Server(stack, "ById", { boot: BootSource.fromImage(byId), flavor });
app.synth();
`;

/** A script that runs `main.ts` of a folder outside of the repository with the packages of the repository. */
function startingFrom(app: string): string {
  return `
const Module = require("node:module");
const resolve = Module._resolveFilename;
Module._resolveFilename = (request, parent, ...rest) =>
  request === "cdktf-openstack-images"
    ? ${JSON.stringify(join(ROOT, "dist", "index.js"))}
    : resolve.call(Module, request, parent, ...rest);
process.env.NODE_PATH = ${JSON.stringify(join(ROOT, "node_modules"))};
Module._initPaths();
require("ts-node").register({ transpileOnly: true, cwd: ${JSON.stringify(ROOT)} });
require(${JSON.stringify(join(app, "main.ts"))});
`;
}
