import { BootSource, DataDisk, NetworkMode, type NewVolumeOptions, type ServerProps } from "cdktf-openstack-images";
import { type Block, blocks, failure, only, synth } from "../support/synth";
import {
  IMAGE_ID,
  imageOf,
  newServer,
  newVolume,
  SERVER,
  SERVER_BLOCK,
  SNAPSHOT_ID,
  TRIGGER,
  VOLUME,
  VOLUME_ID,
} from "./samples";

const KEPT = { deleteOnTermination: false };
const GONE = { deleteOnTermination: true };
/** What each of the disks may be told. */
const AS_SEEN = { diskBus: "scsi", deviceType: "lun" };
const SEEN = { disk_bus: "scsi", device_type: "lun" };

function serverWith(props: Partial<ServerProps>) {
  return synth((stack) => newServer(stack, props));
}

function failureWith(props: Partial<ServerProps>): string {
  return failure((stack) => newServer(stack, props));
}

describe("a boot disk", () => {
  const device = (values: object) => ({
    name: "Web",
    flavor_id: "42",
    block_device: [{ destination_type: "volume", boot_index: 0, ...values }],
  });

  test.each<[string, BootSource, object]>([
    [
      "from a snapshot",
      BootSource.fromSnapshot(SNAPSHOT_ID, KEPT),
      { uuid: SNAPSHOT_ID, source_type: "snapshot", delete_on_termination: false },
    ],
    [
      "from a snapshot, with every option",
      BootSource.fromSnapshot(SNAPSHOT_ID, { ...GONE, ...AS_SEEN, sizeGb: 20, volumeType: "ssd", multiattach: true }),
      {
        uuid: SNAPSHOT_ID,
        source_type: "snapshot",
        volume_size: 20,
        volume_type: "ssd",
        delete_on_termination: true,
        ...SEEN,
        multiattach: true,
      },
    ],
    [
      "on a volume that exists, with every option",
      BootSource.fromVolume({ volumeId: VOLUME_ID }, { ...GONE, ...AS_SEEN, multiattach: true }),
      { uuid: VOLUME_ID, source_type: "volume", delete_on_termination: true, ...SEEN, multiattach: true },
    ],
  ])("%s", (_, boot, rendered) => {
    const networkMode = NetworkMode.AUTO;
    const result = serverWith({ boot, networkMode });
    expect(only(result, SERVER)).toStrictEqual({ ...device(rendered), network_mode: "auto" });
    expect(blocks(result, TRIGGER)).toStrictEqual({});
  });

  test("on a new volume, with every option", () => {
    const options = { ...GONE, ...AS_SEEN, sizeGb: 20, volumeType: "ssd", multiattach: true };
    const result = serverWith({ boot: BootSource.fromNewVolume(imageOf(), options), networkMode: NetworkMode.AUTO });
    const rendered = {
      uuid: IMAGE_ID,
      source_type: "image",
      volume_size: 20,
      volume_type: "ssd",
      delete_on_termination: true,
      ...SEEN,
      multiattach: true,
    };
    expect(only(result, SERVER)).toStrictEqual({
      ...device(rendered),
      network_mode: "auto",
      lifecycle: { ignore_changes: ["block_device[0].uuid"] },
    });
  });
});

/** The flavor's own disk, as the provider wants it beside others. */
const ROOT = {
  uuid: IMAGE_ID,
  source_type: "image",
  destination_type: "local",
  boot_index: 0,
  delete_on_termination: true,
};
const WITH_DISKS = {
  ...SERVER_BLOCK,
  lifecycle: { ignore_changes: ["image_id", "block_device[0].uuid"] },
};

describe("a data disk", () => {
  const every = { ...AS_SEEN, sizeGb: 20, volumeType: "ssd", multiattach: true };
  const EVERY = { ...SEEN, volume_size: 20, volume_type: "ssd", multiattach: true };

  test.each<[string, DataDisk, object]>([
    [
      "of a new volume",
      DataDisk.newVolume({ ...KEPT, sizeGb: 1 }),
      { source_type: "blank", destination_type: "volume", volume_size: 1, delete_on_termination: false },
    ],
    [
      "of a new volume, with every option",
      DataDisk.newVolume({ ...GONE, ...every }),
      { source_type: "blank", destination_type: "volume", delete_on_termination: true, ...EVERY },
    ],
    [
      "from a snapshot",
      DataDisk.fromSnapshot(SNAPSHOT_ID, KEPT),
      { uuid: SNAPSHOT_ID, source_type: "snapshot", destination_type: "volume", delete_on_termination: false },
    ],
    [
      "from a snapshot, with every option",
      DataDisk.fromSnapshot(SNAPSHOT_ID, { ...GONE, ...every }),
      { uuid: SNAPSHOT_ID, source_type: "snapshot", destination_type: "volume", delete_on_termination: true, ...EVERY },
    ],
    [
      "of a volume that exists",
      DataDisk.fromVolume({ volumeId: VOLUME_ID }),
      { uuid: VOLUME_ID, source_type: "volume", destination_type: "volume", delete_on_termination: false },
    ],
    [
      "of a volume that exists, with every option",
      DataDisk.fromVolume({ volumeId: VOLUME_ID }, { ...GONE, ...AS_SEEN, multiattach: true }),
      {
        uuid: VOLUME_ID,
        source_type: "volume",
        destination_type: "volume",
        delete_on_termination: true,
        ...SEEN,
        multiattach: true,
      },
    ],
    [
      "of the hypervisor's",
      DataDisk.ephemeral({ sizeGb: 4 }),
      { source_type: "blank", destination_type: "local", volume_size: 4, delete_on_termination: true },
    ],
    [
      "of the hypervisor's, with every option",
      DataDisk.ephemeral({ ...AS_SEEN, sizeGb: 4, guestFormat: "ext4" }),
      {
        source_type: "blank",
        destination_type: "local",
        volume_size: 4,
        delete_on_termination: true,
        guest_format: "ext4",
        ...SEEN,
      },
    ],
    [
      "of swap space, which Nova takes in MiB",
      DataDisk.swap({ sizeMb: 512 }),
      {
        source_type: "blank",
        destination_type: "local",
        volume_size: 512,
        delete_on_termination: true,
        guest_format: "swap",
      },
    ],
    [
      "of swap space, with every option",
      DataDisk.swap({ ...AS_SEEN, sizeMb: 1 }),
      {
        source_type: "blank",
        destination_type: "local",
        volume_size: 1,
        delete_on_termination: true,
        guest_format: "swap",
        ...SEEN,
      },
    ],
  ])("%s", (_, disk, rendered) => {
    const result = serverWith({ dataDisks: [disk], networkMode: NetworkMode.AUTO });
    expect(only(result, SERVER)).toStrictEqual({
      ...WITH_DISKS,
      network_mode: "auto",
      block_device: [ROOT, { boot_index: -1, ...rendered }],
    });
    expect(blocks(result, TRIGGER)).toStrictEqual({ Web_ImageTrigger_670CF68E: { triggers_replace: IMAGE_ID } });
    expect(result.warnings).toStrictEqual([]);
  });

  test("from an image has a trigger of its own", () => {
    const dataDisks = [DataDisk.fromImage(imageOf(), { ...KEPT, sizeGb: 10 })];
    const result = serverWith({ dataDisks });
    expect(only(result, SERVER)).toStrictEqual({
      ...SERVER_BLOCK,
      block_device: [
        ROOT,
        {
          uuid: IMAGE_ID,
          source_type: "image",
          destination_type: "volume",
          boot_index: -1,
          volume_size: 10,
          delete_on_termination: false,
        },
      ],
      lifecycle: { ignore_changes: ["image_id", "block_device[0].uuid", "block_device[1].uuid"] },
    });
    expect(Object.values(blocks(result, TRIGGER))).toStrictEqual(Array(2).fill({ triggers_replace: IMAGE_ID }));
  });

  test("has no argument for an option that is undefined", () => {
    const nothing = { diskBus: undefined, deviceType: undefined, multiattach: undefined, volumeType: undefined };
    const given = (more: object) => [
      DataDisk.newVolume({ ...KEPT, sizeGb: 1, ...more }),
      DataDisk.fromSnapshot(SNAPSHOT_ID, { ...KEPT, ...more }),
      DataDisk.fromVolume({ volumeId: VOLUME_ID }, more),
      DataDisk.ephemeral({ sizeGb: 1, ...more }),
      DataDisk.swap({ sizeMb: 1, ...more }),
    ];
    const plain = serverWith({ dataDisks: given({}) }).text;
    expect(serverWith({ dataDisks: given(nothing) }).text).toBe(plain);
  });

  test("of the app is a reference", () => {
    const result = synth((stack) => newServer(stack, { dataDisks: [DataDisk.fromVolume(newVolume(stack))] }));
    expect(only(result, SERVER).block_device[1].uuid).toBe(`\${${VOLUME}.Data.id}`);
  });

  test("stands where it was given, behind what the server boots from", () => {
    const boot = BootSource.fromVolume({ volumeId: VOLUME_ID });
    const dataDisks = [DataDisk.ephemeral({ sizeGb: 1 }), DataDisk.newVolume({ ...GONE, sizeGb: 2 })];
    const { block_device } = only(serverWith({ boot, dataDisks }), SERVER);
    const order = block_device.map(({ boot_index, volume_size }: Block) => [boot_index, volume_size]);
    expect(order).toStrictEqual([
      [0, undefined],
      [-1, 1],
      [-1, 2],
    ]);
  });
});

describe("fails when", () => {
  const blank = { sizeGb: 1, ...KEPT };
  const newDisk = (options: Partial<NewVolumeOptions>) => DataDisk.newVolume(options as NewVolumeOptions);

  test.each<[string, DataDisk, string]>([
    [
      "an image goes by its name",
      DataDisk.fromImage({ imageId: "ubuntu" }, blank),
      `dataDisks[0]: the image's id must be a UUID, got "ubuntu"; if this is a name, look it up [NotAUuid at test/Web]`,
    ],
    [
      "a snapshot goes by its name",
      DataDisk.fromSnapshot("nightly", KEPT),
      `dataDisks[0]: the snapshot's id must be a UUID, got "nightly"; if this is a name, look it up [NotAUuid at test/Web]`,
    ],
    [
      "a snapshot has no id",
      DataDisk.fromSnapshot("", KEPT),
      `dataDisks[0]: the snapshot's id must be a UUID, got ""; if this is a name, look it up [NotAUuid at test/Web]`,
    ],
    [
      "a volume goes by its name",
      DataDisk.fromVolume({ volumeId: "data" }),
      `dataDisks[0]: the volume's id must be a UUID, got "data"; if this is a name, look it up [NotAUuid at test/Web]`,
    ],
    [
      "a new volume has no size",
      newDisk({ ...KEPT }),
      "'sizeGb' of dataDisks[0] must be given, got none; give it in GiB [VolumeSizeMissing at test/Web]",
    ],
    [
      "a disk of the hypervisor's has no size",
      DataDisk.ephemeral({} as { sizeGb: number }),
      "'sizeGb' of dataDisks[0] must be given, got none; give it in GiB [VolumeSizeMissing at test/Web]",
    ],
    [
      "swap space has no size",
      DataDisk.swap({} as { sizeMb: number }),
      "'sizeMb' of dataDisks[0] must be given, got none; give it in MiB [VolumeSizeMissing at test/Web]",
    ],
    [
      "swap space has no size at all",
      DataDisk.swap({ sizeMb: 0 }),
      "'sizeMb' of dataDisks[0] must be a whole number, 1 or more, got 0; write it as a number, rounded up " +
        "[AmountNotWhole at test/Web]",
    ],
    [
      "swap space is asked for in GiB",
      DataDisk.ephemeral({ sizeGb: 4, guestFormat: "swap" }),
      "'guestFormat' of dataDisks[0] must not be swap, which Nova takes in MiB, got 4 GiB; use DataDisk.swap({ sizeMb: ... }) " +
        "[SwapInGib at test/Web]",
    ],
    [
      "nobody said what becomes of a new volume",
      newDisk({ sizeGb: 1 }),
      "'deleteOnTermination' of dataDisks[0] must be given, got none; true lets the volume go with the server, false leaves it " +
        "behind [DeleteOnTerminationMissing at test/Web]",
    ],
    [
      "nobody said what becomes of a volume from a snapshot",
      DataDisk.fromSnapshot(SNAPSHOT_ID, {} as typeof KEPT),
      "'deleteOnTermination' of dataDisks[0] must be given, got none; true lets the volume go with the server, false leaves it " +
        "behind [DeleteOnTerminationMissing at test/Web]",
    ],
    [
      "a volume from a snapshot has no size at all",
      DataDisk.fromSnapshot(SNAPSHOT_ID, { ...KEPT, sizeGb: 0 }),
      "'sizeGb' of dataDisks[0] must be a whole number, 1 or more, got 0; write it as a number, rounded up " +
        "[AmountNotWhole at test/Web]",
    ],
  ])("%s", (_, disk, message) => {
    expect(failureWith({ dataDisks: [disk] })).toBe(message);
  });

  test("a boot volume has no size", () => {
    const boot = BootSource.fromNewVolume(imageOf(), { ...KEPT } as NewVolumeOptions);
    expect(failureWith({ boot })).toBe(
      "'sizeGb' of 'boot' must be given, got none; give it in GiB [VolumeSizeMissing at test/Web]",
    );
  });

  test.each(["volumeType", "diskBus", "deviceType"])("'%s' is empty", (option) => {
    expect(failureWith({ dataDisks: [newDisk({ ...blank, [option]: "" })] })).toBe(
      `'${option}' of dataDisks[0] must have a character that is no space, got ""; give it one, or leave it out ` +
        "[NameEmpty at test/Web]",
    );
  });

  test("'guestFormat' is blank", () => {
    expect(failureWith({ dataDisks: [DataDisk.ephemeral({ sizeGb: 1, guestFormat: " " })] })).toBe(
      `'guestFormat' of dataDisks[0] must have a character that is no space, got " "; give it one, or leave it out ` +
        "[NameEmpty at test/Web]",
    );
  });

  test("a volume is in another region", () => {
    const message = failure((stack) => {
      const volume = newVolume(stack, { region: "RegionOne" });
      newServer(stack, { region: "RegionTwo", dataDisks: [DataDisk.fromVolume(volume)] });
    });
    expect(message).toBe(
      `dataDisks[0] must be a volume in the same region, "RegionTwo", got one in "RegionOne"; make both in one region ` +
        "[VolumeInOtherRegion at test/Web]",
    );
  });
});
