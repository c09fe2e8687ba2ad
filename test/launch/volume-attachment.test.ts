import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { TerraformOutput, type TerraformStack, TerraformVariable } from "cdktf";
import {
  BootSource,
  DataDisk,
  type IVolumeRef,
  Server,
  VolumeAttachment,
  type VolumeAttachmentOptions,
} from "cdktf-openstack-images";
import { blocks, failure, newStack, only, synth, synthApp } from "../support/synth";
import { ATTACHMENT, newServer, newVolume, SERVER, SERVER_ID, VOLUME, VOLUME_ID } from "./samples";

const NOTHING: Record<keyof VolumeAttachmentOptions, undefined> = {
  multiattach: undefined,
  tag: undefined,
  ignoreVolumeConfirmation: undefined,
  createTimeoutMinutes: undefined,
  deleteTimeoutMinutes: undefined,
  provider: undefined,
  region: undefined,
  dependsOn: undefined,
};

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

  test.each<[VolumeAttachmentOptions, object]>([
    [{ multiattach: true }, { multiattach: true }],
    [{ multiattach: false }, { multiattach: false }],
    [{ tag: "data" }, { tag: "data" }],
    [{ tag: "${a}" }, { tag: "$${a}" }],
    [{ ignoreVolumeConfirmation: true }, { vendor_options: { ignore_volume_confirmation: true } }],
    [{ ignoreVolumeConfirmation: false }, {}],
    [{ createTimeoutMinutes: 20 }, { timeouts: { create: "20m" } }],
    [{ deleteTimeoutMinutes: 1 }, { timeouts: { delete: "1m" } }],
    [{ createTimeoutMinutes: 2, deleteTimeoutMinutes: 3 }, { timeouts: { create: "2m", delete: "3m" } }],
    [NOTHING, {}],
  ])("with %j has that and nothing else", (options, argument) => {
    expect(attached(() => options)).toStrictEqual({ ...inherited, ...argument });
  });

  test("may be that of a server of another place", () => {
    const result = synth((stack) => {
      const server = Server.fromServerId(stack, "Other", SERVER_ID);
      new VolumeAttachment(stack, "Attached", { server, volume: newVolume(stack), region: "RegionTwo" });
    });
    expect(only(result, ATTACHMENT)).toStrictEqual({
      instance_id: SERVER_ID,
      volume_id: `\${${VOLUME}.Data.id}`,
      region: "RegionTwo",
    });
  });

  test.each<[string, VolumeAttachmentOptions, string]>([
    [
      "the tag is empty",
      { tag: "" },
      `'tag' must have a character that is no space, got ""; give it one, or leave it out [NameEmpty at test/Web/Data]`,
    ],
    [
      "the time to attach it is nothing",
      { createTimeoutMinutes: 0 },
      "'createTimeoutMinutes' must be a whole number, 1 or more, got 0; write it as a number, rounded up [AmountNotWhole at test/Web/Data]",
    ],
    [
      "the time to detach it is less than nothing",
      { deleteTimeoutMinutes: -1 },
      "'deleteTimeoutMinutes' must be a whole number, 1 or more, got -1; write it as a number, rounded up [AmountNotWhole at test/Web/Data]",
    ],
  ])("fails when %s", (_, options, message) => {
    expect(failure((stack) => newServer(stack).attachVolume("Data", { volumeId: VOLUME_ID }, options))).toBe(message);
  });

  test("fails when the server is given by its name", () => {
    const props = { server: { serverId: "web" }, volume: { volumeId: VOLUME_ID } };
    expect(failure((stack) => new VolumeAttachment(stack, "Data", props))).toBe(
      `the server's id must be a UUID, got "web"; if this is a name, look it up [NotAUuid at test/Data]`,
    );
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

describe("the region of a volume", () => {
  type Uses = (stack: TerraformStack, volume: IVolumeRef, region?: string) => void;
  const uses: [string, string, string, Uses][] = [
    [
      "boots",
      "'boot'",
      "Web",
      (stack, volume, region) => newServer(stack, { region, boot: BootSource.fromVolume(volume) }),
    ],
    [
      "is a data disk",
      "dataDisks[0]",
      "Web",
      (stack, volume, region) => newServer(stack, { region, dataDisks: [DataDisk.fromVolume(volume)] }),
    ],
    [
      "is attached",
      "'volume'",
      "Web/Data",
      (stack, volume, region) => newServer(stack, { region }).attachVolume("Data", volume),
    ],
    [
      "is attached elsewhere",
      "'volume'",
      "Data2",
      (stack, volume, region) => {
        new VolumeAttachment(stack, "Data2", { server: { serverId: SERVER_ID }, volume, region });
      },
    ],
  ];

  test.each(uses)("fails when it is another than that of the server, and the volume %s", (_, what, path, use) => {
    const message = failure((stack) => use(stack, newVolume(stack, { region: "RegionOne" }), "RegionTwo"));
    expect(message).toBe(
      `${what} must be a volume in the same region, "RegionTwo", got one in "RegionOne"; make both in one region ` +
        `[VolumeInOtherRegion at test/${path}]`,
    );
  });

  test.each(uses)("is not compared where one is not known, and the volume %s", (_, _what, _path, use) => {
    const pairs: [string | undefined, string | undefined][] = [
      ["RegionOne", "RegionOne"],
      ["RegionOne", undefined],
      [undefined, "RegionOne"],
      [undefined, undefined],
    ];
    for (const [ofVolume, ofServer] of pairs) {
      const result = synth((stack) => use(stack, newVolume(stack, { region: ofVolume }), ofServer));
      expect(result.warnings).toStrictEqual([]);
    }
    synth((stack) => {
      const region = new TerraformVariable(stack, "Region", { type: "string" }).stringValue;
      use(stack, newVolume(stack, { region }), "RegionOne");
    });
    synth((stack) => {
      const region = new TerraformVariable(stack, "Region", { type: "string" }).stringValue;
      use(stack, newVolume(stack, { region: "RegionOne" }), region);
    });
    synth((stack) => use(stack, { volumeId: VOLUME_ID }, "RegionOne"));
  });
});
