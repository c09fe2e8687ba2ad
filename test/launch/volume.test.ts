import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { TerraformOutput, TerraformVariable } from "cdktf";
import {
  BootSource,
  Flavor,
  ImageChange,
  ImageMember,
  Volume,
  type VolumeProps,
  VolumeRetypePolicy,
  VolumeSource,
} from "cdktf-openstack-images";
import { blocks, failure, only, synth } from "../support/synth";
import {
  BACKUP_ID,
  IMAGE_ID,
  imageOf,
  newImage,
  newServer,
  newVolume,
  PROJECT_ID,
  SNAPSHOT_ID,
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
    [{ description: "of the web" }, { description: "of the web" }],
    [{ description: "" }, { description: "" }],
    [{ metadata: { role: "web", "a.b": "" } }, { metadata: { role: "web", "a.b": "" } }],
    [{ metadata: {} }, {}],
    [{ volumeRetypePolicy: VolumeRetypePolicy.NEVER }, { volume_retype_policy: "never" }],
    [{ volumeRetypePolicy: VolumeRetypePolicy.ON_DEMAND }, { volume_retype_policy: "on-demand" }],
    [{ enableOnlineResize: true }, { enable_online_resize: true }],
    [{ consistencyGroupId: VOLUME_ID }, { consistency_group_id: VOLUME_ID }],
    [{ createTimeoutMinutes: 60 }, { timeouts: { create: "60m" } }],
    [{ deleteTimeoutMinutes: 1 }, { timeouts: { delete: "1m" } }],
    [{ createTimeoutMinutes: 5, deleteTimeoutMinutes: 6 }, { timeouts: { create: "5m", delete: "6m" } }],
    [
      { volumeName: "${a}", volumeType: "%{b}", description: "${c}", metadata: { "${k}": "%{v}" } },
      { name: "$${a}", volume_type: "%%{b}", description: "$${c}", metadata: { "$${k}": "%%{v}" } },
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

  test("has no argument for a prop that is undefined", () => {
    const nothing: Record<keyof Omit<VolumeProps, "sizeGb">, undefined> = {
      volumeName: undefined,
      description: undefined,
      image: undefined,
      source: undefined,
      onImageChange: undefined,
      volumeType: undefined,
      volumeRetypePolicy: undefined,
      enableOnlineResize: undefined,
      metadata: undefined,
      availabilityZone: undefined,
      schedulerHints: undefined,
      consistencyGroupId: undefined,
      createTimeoutMinutes: undefined,
      deleteTimeoutMinutes: undefined,
      provider: undefined,
      region: undefined,
      dependsOn: undefined,
    };
    const { text } = synth((stack) => newVolume(stack));
    expect(synth((stack) => newVolume(stack, nothing)).text).toBe(text);
  });

  test("copies the collections that it is given", () => {
    const result = synth((stack) => {
      const [metadata, sameHost]: [Record<string, string>, string[]] = [{ a: "b" }, [VOLUME_ID]];
      newVolume(stack, { metadata, schedulerHints: { sameHost } });
      metadata.late = "c";
      sameHost.push("late");
    });
    expect(only(result, VOLUME)).toStrictEqual({
      ...VOLUME_BLOCK,
      metadata: { a: "b" },
      scheduler_hints: [{ same_host: [VOLUME_ID] }],
    });
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
      volume.resource.addOverride("source_replica", VOLUME_ID);
      new TerraformOutput(stack, "Id", { value: volume.volumeId });
    });
    expect(only(result, VOLUME)).toStrictEqual({ ...VOLUME_BLOCK, source_replica: VOLUME_ID });
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

  test.each<[string, Partial<VolumeProps>, string]>([
    [
      "the retype policy is no choice",
      { volumeRetypePolicy: "always" as VolumeRetypePolicy },
      `'volumeRetypePolicy' must be known at synth and one of never, on-demand, got "always"; use one of these [ChoiceUnknown at test/Data]`,
    ],
    [
      "its group goes by a name",
      { consistencyGroupId: "web" },
      `'consistencyGroupId' must be a UUID, got "web"; if this is a name, look it up [NotAUuid at test/Data]`,
    ],
    [
      "its group has no id",
      { consistencyGroupId: "" },
      `'consistencyGroupId' must be a UUID, got ""; if this is a name, look it up [NotAUuid at test/Data]`,
    ],
    [
      "the time to make it is nothing",
      { createTimeoutMinutes: 0 },
      "'createTimeoutMinutes' must be a whole number, 1 or more, got 0; write it as a number, rounded up [AmountNotWhole at test/Data]",
    ],
    [
      "the time to destroy it is no whole number",
      { deleteTimeoutMinutes: 1.5 },
      "'deleteTimeoutMinutes' must be a whole number, 1 or more, got 1.5; write it as a number, rounded up [AmountNotWhole at test/Data]",
    ],
  ])("fails when %s", (_, props, message) => {
    expect(failure((stack) => newVolume(stack, props))).toBe(message);
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
      const { volumeId } = Volume.fromVolumeId(stack, "Other", VOLUME_ID);
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

describe("the source of a volume", () => {
  const rows: [string, VolumeSource][] = [
    ["a snapshot", VolumeSource.fromSnapshot(SNAPSHOT_ID)],
    ["a volume", VolumeSource.fromVolume({ volumeId: VOLUME_ID })],
    ["a backup", VolumeSource.fromBackup(BACKUP_ID)],
  ];

  test.each([
    ["a snapshot", VolumeSource.fromSnapshot(SNAPSHOT_ID), { snapshot_id: SNAPSHOT_ID }],
    ["a volume", VolumeSource.fromVolume({ volumeId: VOLUME_ID }), { source_vol_id: VOLUME_ID }],
  ])("may be %s", (_, source, argument) => {
    const result = synth((stack) => newVolume(stack, { source }));
    expect(only(result, VOLUME)).toStrictEqual({ ...VOLUME_BLOCK, ...argument });
    expect(blocks(result, TRIGGER)).toStrictEqual({});
  });

  test("may be a backup, which Cinder does not report: a trigger stands for it", () => {
    const result = synth((stack) => newVolume(stack, { source: VolumeSource.fromBackup(BACKUP_ID) }));
    const [trigger] = Object.keys(blocks(result, TRIGGER));
    expect(only(result, TRIGGER)).toStrictEqual({ triggers_replace: BACKUP_ID });
    expect(only(result, VOLUME)).toStrictEqual({
      ...VOLUME_BLOCK,
      backup_id: BACKUP_ID,
      lifecycle: { ignore_changes: ["backup_id"], replace_triggered_by: [`terraform_data.${trigger}`] },
    });
  });

  test("leaves the note that Cinder puts into the metadata, which of the backups it was", () => {
    const source = VolumeSource.fromBackup(BACKUP_ID);
    const result = synth((stack) => newVolume(stack, { source, metadata: { role: "web" } }));
    expect(only(result, VOLUME)).toMatchObject({
      metadata: { role: "web" },
      lifecycle: { ignore_changes: ["backup_id", 'metadata["src_backup_id"]'] },
    });
  });

  test("may be a volume of the app, by reference", () => {
    const result = synth((stack) => {
      newVolume(stack);
      const source = VolumeSource.fromVolume(new Volume(stack, "First", { sizeGb: 1 }));
      new Volume(stack, "Second", { sizeGb: 1, source });
    });
    expect(only(result, VOLUME, "Second").source_vol_id).toBe(`\${${VOLUME}.First.id}`);
  });

  test.each<[string, (id: string) => VolumeSource, string]>([
    ["a snapshot", VolumeSource.fromSnapshot, "snapshot_id"],
    ["a volume", (volumeId) => VolumeSource.fromVolume({ volumeId }), "source_vol_id"],
    ["a backup", VolumeSource.fromBackup, "backup_id"],
  ])("may be %s that only Terraform knows", (_what, of, argument) => {
    const result = synth((stack) => {
      newVolume(stack, { source: of(new TerraformVariable(stack, "Id", { type: "string" }).stringValue) });
    });
    const { lifecycle: _, ...block } = only(result, VOLUME);
    expect(block).toStrictEqual({ ...VOLUME_BLOCK, [argument]: "${var.Id}" });
  });

  test.each([
    ["a snapshot", VolumeSource.fromSnapshot("nightly"), 'snapshot id must be a UUID, got "nightly"'],
    ["a snapshot without an id", VolumeSource.fromSnapshot(""), 'snapshot id must be a UUID, got ""'],
    ["a volume", VolumeSource.fromVolume({ volumeId: "data" }), 'volume id must be a UUID, got "data"'],
    ["a backup", VolumeSource.fromBackup("weekly"), 'backup id must be a UUID, got "weekly"'],
    ["a backup without an id", VolumeSource.fromBackup(""), 'backup id must be a UUID, got ""'],
  ])("fails when %s goes by its name", (_, source, message) => {
    expect(failure((stack) => newVolume(stack, { source }))).toBe(
      `the source's ${message}; if this is a name, look it up [NotAUuid at test/Data]`,
    );
  });

  test.each(rows)("fails when it is %s, and there is an image too", (_, source) => {
    expect(failure((stack) => newVolume(stack, { source, image: imageOf() }))).toBe(
      "'image' and 'source' exclude each other, got both; leave one out [VolumeSourceTwice at test/Data]",
    );
  });

  test.each(rows)("fails when it is %s, and a changed image shall do something", (_, source) => {
    expect(failure((stack) => newVolume(stack, { source, onImageChange: ImageChange.REPLACE }))).toBe(
      "'onImageChange' needs 'image', got REPLACE without one; leave it out [ImageChangeWithoutImage at test/Data]",
    );
  });

  test("hands on the image that another volume was filled from, and the memory that it asks for", () => {
    const message = failure((stack) => {
      const image = imageOf({ minRamMb: 1024 });
      const first = newVolume(stack, { image });
      const second = new Volume(stack, "Second", { sizeGb: 10, source: VolumeSource.fromVolume(first) });
      const third = new Volume(stack, "Third", { sizeGb: 10, source: VolumeSource.fromVolume(second) });
      expect([second.sourceImage, third.sourceImage]).toStrictEqual([image, image]);
      const flavor = Flavor.fromFlavorId("42", { ramMb: 512 });
      newServer(stack, { boot: BootSource.fromVolume(third), flavor });
    });
    expect(message).toBe(
      "the memory of flavor 42 must be at least 'minRamMb' of the image, 1024 MiB, got 512; take a larger one " +
        "[ImageDoesNotFit at test/Web]",
    );
  });
});

describe("the time that a volume takes", () => {
  const GIB = 1024 ** 3;
  const timeoutsOf = (props: Partial<VolumeProps>) =>
    only(
      synth((stack) => newVolume(stack, { sizeGb: 100, ...props })),
      VOLUME,
    ).timeouts;

  test.each([
    ["of 4 GiB is the provider's", 4 * GIB, undefined],
    ["one byte larger is more", 4 * GIB + 1, { create: "11m" }],
    ["of 5 GiB is more", 5 * GIB, { create: "11m" }],
    ["of 40 GiB is more", 40 * GIB, { create: "46m" }],
  ])("from an image %s", (_, imageSizeBytes, timeouts) => {
    expect(timeoutsOf({ image: imageOf({ imageSizeBytes }) })).toStrictEqual(timeouts);
  });

  test("is what is said, also when that is less", () => {
    const props = { image: imageOf({ imageSizeBytes: 40 * GIB }), createTimeoutMinutes: 20, deleteTimeoutMinutes: 2 };
    expect(timeoutsOf(props)).toStrictEqual({ create: "20m", delete: "2m" });
  });

  test("by way of a membership is the same", () => {
    const result = synth((stack) => {
      const image = imageOf({ imageSizeBytes: 40 * GIB });
      const member = new ImageMember(stack, "Team", { image, projectId: PROJECT_ID });
      newVolume(stack, { sizeGb: 100, image: member.image });
    });
    expect(only(result, VOLUME).timeouts).toStrictEqual({ create: "46m" });
  });

  test("is the provider's for an image whose size only Terraform knows, and for one known by its id", () => {
    const result = synth((stack) => newVolume(stack, { image: newImage(stack) }));
    expect([only(result, VOLUME).timeouts, timeoutsOf({ image: { imageId: IMAGE_ID } })]).toStrictEqual([
      undefined,
      undefined,
    ]);
  });
});

test("fails when a volume has no size, past the types", () => {
  const sizeGb = undefined as unknown as number;
  expect(failure((stack) => newVolume(stack, { sizeGb }))).toBe(
    "'sizeGb' must be given, got none; give it in GiB [VolumeSizeMissing at test/Data]",
  );
});

test("fails when a volume is made from one in another region", () => {
  const message = failure((stack) => {
    const original = new Volume(stack, "Original", { sizeGb: 1, region: "RegionOne" });
    newVolume(stack, { source: VolumeSource.fromVolume(original), region: "RegionTwo" });
  });
  expect(message).toBe(
    'the source must be a volume in the same region, "RegionTwo", got one in "RegionOne"; make both in one region ' +
      "[VolumeInOtherRegion at test/Data]",
  );
});
