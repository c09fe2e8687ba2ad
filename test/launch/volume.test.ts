import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { TerraformOutput } from "cdktf";
import { Volume, VolumeAttachment, type VolumeAttachmentOptions, type VolumeProps } from "cdktf-openstack-images";
import { blocks, failure, newStack, only, synth, synthApp } from "../support/synth";
import {
  ATTACHMENT,
  IMAGE_ID,
  imageOf,
  newServer,
  newVolume,
  SERVER,
  TRIGGER,
  VOLUME,
  VOLUME_BLOCK,
  VOLUME_ID,
} from "./samples";

describe("a volume", () => {
  test("is blank unless it has an image", () => {
    const result = synth((stack) => newVolume(stack));
    expect(only(result, VOLUME)).toStrictEqual(VOLUME_BLOCK);
    expect(blocks(result, TRIGGER)).toStrictEqual({});
  });

  test("is filled from an image", () => {
    const result = synth((stack) => newVolume(stack, { image: imageOf() }));
    expect(only(result, VOLUME)).toStrictEqual({
      ...VOLUME_BLOCK,
      image_id: IMAGE_ID,
      lifecycle: { ignore_changes: ["image_id"] },
    });
    expect(only(result, TRIGGER)).toStrictEqual({ triggers_replace: IMAGE_ID });
  });

  const rows: [Partial<VolumeProps>, object][] = [
    [{ sizeGb: 1 }, { size: 1 }],
    [{ volumeName: "web-data" }, { name: "web-data" }],
    [{ volumeType: "ssd" }, { volume_type: "ssd" }],
    [{ availabilityZone: "az1" }, { availability_zone: "az1" }],
    [{ region: "RegionTwo" }, { region: "RegionTwo" }],
    [
      { volumeName: "${a}", volumeType: "%{b}" },
      { name: "$${a}", volume_type: "%%{b}" },
    ],
  ];

  test.each(rows)("%j comes out as it is", (props, argument) => {
    expect(
      only(
        synth((stack) => newVolume(stack, props)),
        VOLUME,
      ),
    ).toStrictEqual({ ...VOLUME_BLOCK, ...argument });
  });

  test("is made with the provider given", () => {
    const result = synth((stack) => {
      newVolume(stack, { provider: new OpenstackProvider(stack, "staging", { alias: "staging" }) });
    });
    expect(only(result, VOLUME)).toStrictEqual({ ...VOLUME_BLOCK, provider: "openstack.staging" });
  });

  test("gives its id, and its resource for what the library does not cover", () => {
    const result = synth((stack) => {
      const volume = newVolume(stack);
      volume.resource.addOverride("description", "ours");
      new TerraformOutput(stack, "Id", { value: volume.volumeId });
    });
    expect(only(result, VOLUME)).toStrictEqual({ ...VOLUME_BLOCK, description: "ours" });
    expect(result.json.output).toStrictEqual({ Id: { value: `\${${VOLUME}.Data.id}` } });
  });

  test.each([0, -5, 2.5])("fails when it has %d GiB", (sizeGb) => {
    expect(failure((stack) => newVolume(stack, { sizeGb }))).toBe(
      `'sizeGb' must be a whole number, 1 or more, got ${sizeGb}; write it as a number, rounded up [AmountNotWhole at test/Data]`,
    );
  });

  test("fails when the name is empty", () => {
    expect(failure((stack) => newVolume(stack, { volumeName: "" }))).toBe(
      `'volumeName' must have a character that is no space, got ""; give it one, or leave it out [NameEmpty at test/Data]`,
    );
  });

  test("fails when the image is given by its name", () => {
    expect(failure((stack) => newVolume(stack, { image: { imageId: "ubuntu" } }))).toBe(
      `the image's id must be a UUID, got "ubuntu"; if this is a name, look it up [NotAUuid at test/Data]`,
    );
  });

  test("knows the image that it is filled from", () => {
    synth((stack) => {
      const image = imageOf();
      expect(newVolume(stack, { image }).sourceImage).toBe(image);
      expect(new Volume(stack, "Blank", { sizeGb: 1 }).sourceImage).toBeUndefined();
    });
  });

  test("of another place is known by its id, without a block", () => {
    const result = synth((stack) => {
      const { volumeId, sourceImage } = Volume.fromVolumeId(stack, "Other", VOLUME_ID);
      expect(sourceImage).toBeUndefined();
      new TerraformOutput(stack, "Id", { value: volumeId });
    });
    expect(result.json.resource).toBeUndefined();
    expect(result.json.data).toBeUndefined();
    expect(result.json.output).toStrictEqual({ Id: { value: VOLUME_ID } });
  });

  test("fails when a volume of another place is given by its name", () => {
    expect(failure((stack) => Volume.fromVolumeId(stack, "Other", "web-data"))).toBe(
      `the volume's id must be a UUID, got "web-data"; if this is a name, look it up [NotAUuid at test/Other]`,
    );
  });

  test("is known by a symbol", () => {
    let volume: unknown;
    synth((stack) => {
      volume = newVolume(stack);
      expect(Volume.isVolume(Volume.fromVolumeId(stack, "Other", VOLUME_ID))).toBe(false);
    });
    expect([volume, undefined, null, {}, "Data"].map(Volume.isVolume)).toStrictEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe("an attached volume", () => {
  test("names the server and the volume, and nothing else", () => {
    const result = synth((stack) => newServer(stack).attachVolume("Data", newVolume(stack)));
    expect(blocks(result, ATTACHMENT)).toStrictEqual({
      Web_Data_BA866193: { instance_id: `\${${SERVER}.Web.id}`, volume_id: `\${${VOLUME}.Data.id}` },
    });
  });

  test("may be known by its id", () => {
    const result = synth((stack) => newServer(stack).attachVolume("Data", { volumeId: VOLUME_ID }));
    expect(only(result, ATTACHMENT)).toStrictEqual({ instance_id: `\${${SERVER}.Web.id}`, volume_id: VOLUME_ID });
  });

  test("gives the device that Nova reports", () => {
    const result = synth((stack) => {
      const attachment = newServer(stack).attachVolume("Data", newVolume(stack));
      new TerraformOutput(stack, "Device", { value: attachment.device });
    });
    expect(result.json.output).toStrictEqual({ Device: { value: `\${${ATTACHMENT}.Web_Data_BA866193.device}` } });
  });

  function attached(options: (other: OpenstackProvider) => VolumeAttachmentOptions) {
    return only(
      synth((stack) => {
        const provider = new OpenstackProvider(stack, "staging", { alias: "staging" });
        const other = new OpenstackProvider(stack, "admin", { alias: "admin" });
        newServer(stack, { provider, region: "RegionTwo" }).attachVolume(
          "Data",
          { volumeId: VOLUME_ID },
          options(other),
        );
      }),
      ATTACHMENT,
    );
  }
  function standing(options: VolumeAttachmentOptions = {}) {
    return only(
      synth((stack) => {
        const provider = new OpenstackProvider(stack, "staging", { alias: "staging" });
        const server = newServer(stack, { provider, region: "RegionTwo" });
        new VolumeAttachment(stack, "Data", { ...options, server, volume: { volumeId: VOLUME_ID } });
      }),
      ATTACHMENT,
    );
  }
  const inherited = {
    instance_id: `\${${SERVER}.Web.id}`,
    volume_id: VOLUME_ID,
    provider: "openstack.staging",
    region: "RegionTwo",
  };

  test("inherits the provider and region of the server", () => {
    expect(attached(() => ({}))).toStrictEqual(inherited);
  });

  test("of its own inherits them too", () => {
    expect(standing()).toStrictEqual(inherited);
    expect(standing({ provider: undefined, region: undefined })).toStrictEqual(inherited);
  });

  test("of its own takes another region", () => {
    expect(standing({ region: "RegionOne" })).toStrictEqual({ ...inherited, region: "RegionOne" });
  });

  test("inherits nothing from a server of another stack", () => {
    const { attachments } = synthApp((app) => {
      const servers = newStack(app, "servers");
      const provider = new OpenstackProvider(servers, "staging", { alias: "staging" });
      const server = newServer(servers, { provider, region: "RegionTwo" });
      new VolumeAttachment(newStack(app, "attachments"), "Data", { server, volume: { volumeId: VOLUME_ID } });
    });
    expect(only(attachments, ATTACHMENT)).toStrictEqual({
      instance_id: expect.stringContaining("data.terraform_remote_state.cross-stack-reference-input-servers.outputs."),
      volume_id: VOLUME_ID,
    });
  });

  test("inherits them when they are given as undefined", () => {
    expect(attached(() => ({ provider: undefined, region: undefined }))).toStrictEqual(inherited);
  });

  test("takes another provider", () => {
    expect(attached((provider) => ({ provider }))).toStrictEqual({ ...inherited, provider: "openstack.admin" });
  });

  test("takes another region", () => {
    expect(attached(() => ({ region: "RegionOne" }))).toStrictEqual({ ...inherited, region: "RegionOne" });
  });

  test("fails when the volume is given by its name", () => {
    expect(failure((stack) => newServer(stack).attachVolume("Data", { volumeId: "web-data" }))).toBe(
      `the volume's id must be a UUID, got "web-data"; if this is a name, look it up [NotAUuid at test/Web/Data]`,
    );
  });

  test("is known by a symbol", () => {
    let attachment: unknown;
    synth((stack) => {
      attachment = newServer(stack).attachVolume("Data", newVolume(stack));
    });
    expect([attachment, undefined, null, {}].map(VolumeAttachment.isVolumeAttachment)).toStrictEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
