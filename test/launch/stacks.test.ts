import { ComputeKeypairV2 } from "@cdktf/provider-openstack/lib/compute-keypair-v2";
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { type App, type ITerraformDependable, LocalBackend, TerraformStack } from "cdktf";
import { BootSource, Flavor, ImageChange, ImageVisibility, Server, VolumeAttachment } from "cdktf-openstack-images";
import { appFailure, failure, newStack, only, synth, synthApp } from "../support/synth";
import {
  ATTACHMENT,
  FLAVOR,
  IMAGE_ID,
  newImage,
  newServer,
  newVolume,
  PINNED,
  PROJECT_ID,
  SERVER,
  SERVER_BLOCK,
  TRIGGER,
  VOLUME,
  VOLUME_BLOCK,
} from "./samples";

/** A stack whose state lies where other stacks of the app find it. */
function stackWithState(app: App, id: string): TerraformStack {
  const stack = new TerraformStack(app, id);
  new OpenstackProvider(stack, "openstack", {});
  new LocalBackend(stack, { path: `../../../${id}.tfstate` });
  return stack;
}

describe("an image of another stack", () => {
  const OUTPUTS = "data.terraform_remote_state.cross-stack-reference-input-images.outputs";
  const ID = `${OUTPUTS}.cross-stack-output-openstack_images_image_v2Goldenid`;
  const SIZE = `ceil(${OUTPUTS}.cross-stack-output-openstack_images_image_v2Goldensize_bytes / 1073741824)`;
  const IN_USE =
    "ImageDeletedInUse: a new digest of images/Golden deletes the image that this was made from, since this is in another stack " +
    "and does not move in the same apply; leave that image as it is, and declare the new build as a version of an ImageFamily, where " +
    "each is an image of its own";

  const built = (mode?: ImageChange) =>
    synthApp((app) => {
      const image = newImage(stackWithState(app, "images"), { source: PINNED, minDiskGb: 4 });
      const servers = stackWithState(app, "servers");
      const flavor = Flavor.fromLookup(servers, "Small", { flavorName: "m1.small" });
      newServer(servers, { boot: BootSource.fromImage(image), flavor, onImageChange: mode });
      newVolume(servers, { image, onImageChange: mode });
    });

  test("is handed over by the state, in arguments, conditions and triggers alike", () => {
    const { servers } = built(ImageChange.REPLACE);
    const disk = `${FLAVOR}.Small.disk`;
    expect(only(servers, SERVER)).toStrictEqual({
      name: "Web",
      image_id: `\${${ID}}`,
      flavor_id: `\${${FLAVOR}.Small.id}`,
      lifecycle: {
        ignore_changes: ["image_id"],
        replace_triggered_by: ["terraform_data.Web_ImageTrigger_670CF68E"],
        precondition: [
          {
            condition: `\${${disk} == 0 || 4 <= ${disk}}`,
            error_message: `ImageDoesNotFit: the disk of the flavor must be at least 'minDiskGb' of image images/Golden, 4 GiB, got \${${disk}}, for servers/Web; take a larger one.`,
          },
          {
            condition: `\${${disk} == 0 || ${SIZE} <= ${disk}}`,
            error_message: `ImageDoesNotFit: the disk of the flavor must be at least the size of image images/Golden, \${${SIZE}} GiB, got \${${disk}}, for servers/Web; take a larger one.`,
          },
        ],
      },
    });
    expect(only(servers, VOLUME)).toStrictEqual({
      ...VOLUME_BLOCK,
      image_id: `\${${ID}}`,
      lifecycle: {
        ignore_changes: ["image_id"],
        replace_triggered_by: ["terraform_data.Data_ImageTrigger_C0FEB73B"],
        precondition: [
          {
            condition: `\${${SIZE} <= 10}`,
            error_message: `ImageDoesNotFit: 'sizeGb' must be at least the size of image images/Golden, \${${SIZE}} GiB, got 10, for servers/Data; take a larger one.`,
          },
        ],
      },
    });
    expect(servers.json.resource[TRIGGER]).toStrictEqual({
      Data_ImageTrigger_C0FEB73B: { triggers_replace: `\${${ID}}` },
      Web_ImageTrigger_670CF68E: { triggers_replace: `\${${ID}}` },
    });
  });

  test.each([undefined, ...Object.values(ImageChange)].filter((mode) => mode !== ImageChange.REBUILD))(
    "warns the server, with the mode %s, that a new digest deletes it in use, and not the volume, which is a copy",
    (mode) => {
      const { images, servers } = built(mode);
      expect(images.warnings).toStrictEqual([]);
      expect(servers.warnings).toStrictEqual([{ path: "servers/Web", message: IN_USE }]);
    },
  );

  test("warns a server that is rebuilt too, which happens in a later apply", () => {
    const { servers } = synthApp((app) => {
      const image = newImage(newStack(app, "images"), { source: PINNED });
      newServer(newStack(app, "servers"), { boot: BootSource.fromImage(image), onImageChange: ImageChange.REBUILD });
    });
    expect(servers.warnings).toStrictEqual([{ path: "servers/Web", message: IN_USE }]);
  });
});

describe("a provider of another stack", () => {
  const wayOut = "make an OpenstackProvider in this stack, with the same settings and alias";
  const foreign = (build: (stack: TerraformStack, provider: OpenstackProvider) => void) =>
    appFailure((app) => {
      const provider = new OpenstackProvider(newStack(app, "images"), "staging", { alias: "staging" });
      build(newStack(app, "servers"), provider);
    });

  test.each<[string, string, (stack: TerraformStack, provider: OpenstackProvider) => void]>([
    ["a server", "Web", (stack, provider) => newServer(stack, { provider })],
    ["a volume", "Data", (stack, provider) => newVolume(stack, { provider })],
    [
      "an attachment",
      "Web/Data",
      (stack, provider) => newServer(stack).attachVolume("Data", newVolume(stack), { provider }),
    ],
    ["a lookup", "Small", (stack, provider) => Flavor.fromLookup(stack, "Small", { flavorName: "m1.small", provider })],
  ])("fails when it is given to %s", (_, path, build) => {
    expect(foreign(build)).toBe(
      `'provider' must belong to stack servers, got images/staging; ${wayOut} [ProviderOfOtherStack at servers/${path}]`,
    );
  });
});

describe("dependsOn", () => {
  test("stands for all that a construct holds", () => {
    const result = synth((stack) => {
      const image = newImage(stack, { visibility: ImageVisibility.SHARED });
      image.addMember("Staging", { projectId: PROJECT_ID });
      const volume = newVolume(stack);
      newServer(stack, { dependsOn: [image, volume] });
    });
    expect(only(result, SERVER)).toStrictEqual({
      ...SERVER_BLOCK,
      depends_on: [
        "openstack_images_image_v2.Golden",
        "openstack_images_image_access_v2.Golden_Staging_41BA21F8",
        `${VOLUME}.Data`,
      ],
    });
  });

  test("counts what is added to a construct later", () => {
    const result = synth((stack) => {
      const server = newServer(stack);
      newVolume(stack, { dependsOn: [server] });
      server.attachVolume("Logs", { volumeId: IMAGE_ID });
    });
    expect(only(result, VOLUME)).toStrictEqual({
      ...VOLUME_BLOCK,
      depends_on: ["terraform_data.Web_ImageTrigger_670CF68E", `${SERVER}.Web`, `${ATTACHMENT}.Web_Logs_C5202D6A`],
    });
  });

  test("takes raw resources", () => {
    const result = synth((stack) => {
      const key = new ComputeKeypairV2(stack, "Key", { name: "ops" });
      newVolume(stack, { dependsOn: [key] });
      newServer(stack).attachVolume("Data", { volumeId: IMAGE_ID }, { dependsOn: [key] });
    });
    expect(only(result, VOLUME)).toStrictEqual({ ...VOLUME_BLOCK, depends_on: ["openstack_compute_keypair_v2.Key"] });
    expect(only(result, ATTACHMENT).depends_on).toStrictEqual(["openstack_compute_keypair_v2.Key"]);
  });

  test("of a raw resource takes constructs: the one block in them, or a gate behind all", () => {
    const result = synth((stack) => {
      new ComputeKeypairV2(stack, "One", { name: "one", dependsOn: [newVolume(stack)] });
      new ComputeKeypairV2(stack, "All", { name: "all", dependsOn: [newServer(stack)] });
    });
    const keys = result.json.resource.openstack_compute_keypair_v2;
    expect(keys).toStrictEqual({
      One: { name: "one", depends_on: [`${VOLUME}.Data`] },
      All: { name: "all", depends_on: ["terraform_data.Web_DependencyGate_EC54E851"] },
    });
    expect(only(result, TRIGGER, "Web_DependencyGate_EC54E851")).toStrictEqual({
      depends_on: ["terraform_data.Web_ImageTrigger_670CF68E", `${SERVER}.Web`],
    });
  });

  test("fails when it reaches into another stack", () => {
    const message = appFailure((app) => {
      const volume = newVolume(newStack(app, "volumes"));
      newServer(newStack(app, "servers"), { dependsOn: [volume] });
    });
    expect(message).toBe(
      "'dependsOn' cannot reach into another stack, got volumes/Data; use stack.addDependency(otherStack) " +
        "[DependencyInOtherStack at servers/Web]",
    );
  });

  test("is empty for nothing", () => {
    expect(
      only(
        synth((stack) => newServer(stack, { dependsOn: [] })),
        SERVER,
      ),
    ).toStrictEqual(SERVER_BLOCK);
  });

  test("is copied: what becomes of the list later changes nothing", () => {
    const result = synth((stack) => {
      const dependsOn: ITerraformDependable[] = [newVolume(stack)];
      newServer(stack, { dependsOn });
      dependsOn.pop();
    });
    expect(only(result, SERVER).depends_on).toStrictEqual([`${VOLUME}.Data`]);
  });
});

describe("an attachment", () => {
  test("fails when it stands in another stack with the server's provider", () => {
    const message = appFailure((app) => {
      const servers = newStack(app, "servers");
      const provider = new OpenstackProvider(servers, "staging", { alias: "staging" });
      const server = newServer(servers, { provider });
      new VolumeAttachment(newStack(app, "attachments"), "Data", { server, volume: { volumeId: IMAGE_ID }, provider });
    });
    expect(message).toContain("[ProviderOfOtherStack at attachments/Data]");
  });
});

test("fails when two constructs come out under one address", () => {
  const message = failure((stack) => {
    const props = { boot: BootSource.fromVolume({ volumeId: IMAGE_ID }), flavor: Flavor.fromFlavorId("42") };
    new Server(stack, "Web1.0", props);
    new Server(stack, "Web10", props);
  });
  expect(message).toContain(
    `AddressTaken: test/Web10/Default and test/Web1.0/Default both render as ${SERVER}.Web10 (cdktf keeps only letters, ` +
      'digits, "_" and "-" of an id), so one would silently overwrite the other; give one of them another id',
  );
});
