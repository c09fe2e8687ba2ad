import { BootSource, DataDisk, ImageChange, type NewVolumeOptions, type ServerProps } from "cdktf-openstack-images";
import type { Construct } from "constructs";
import { uuid } from "../samples";
import { type App, change, changesOf, type Details, OnChange, type Row, reached } from "../table";
import { image, newServer, otherImage } from "./given";

const { NOTHING, REPLACES } = OnChange;

type Values = readonly [unknown, unknown];

const [snapshot, otherSnapshot] = ["snapshot 1", "snapshot 2"].map(uuid);
const [volume, otherVolume] = ["volume 1", "volume 2"].map((name) => ({ volumeId: uuid(name) }));
const NEW_VOLUME = [
  "block_device.boot_index",
  "block_device.delete_on_termination",
  "block_device.destination_type",
  "block_device.source_type",
];
const SIZE = { sizeGb: 20, deleteOnTermination: true };

const prop = changesOf<ServerProps>("ServerProps", newServer);

/** Servers that differ in what they boot from. */
function boots(
  name: string,
  sources: readonly BootSource[],
  values: Values,
  details: Details<Partial<ServerProps>> = {},
  onChange = REPLACES,
) {
  const apps: App[] = sources.map((boot) => (scope: Construct) => newServer(scope, { boot, ...details.beside }));
  return change(`BootSource.${name}`, apps, onChange, { ...details, values });
}

/** Servers that differ in a disk besides that one. */
function disks(
  name: string,
  data: readonly DataDisk[],
  values: Values,
  details: Details<Partial<ServerProps>> = {},
  onChange = REPLACES,
) {
  const apps: App[] = data.map(
    (disk) => (scope: Construct) => newServer(scope, { dataDisks: [disk], ...details.beside }),
  );
  return change(`DataDisk.${name}`, apps, onChange, { index: 1, ...details, values });
}

/** What a new volume takes, where the server boots from it and where it is one more disk. */
function newVolumes<Key extends keyof NewVolumeOptions>(
  key: Key,
  values: readonly [NewVolumeOptions[Key], NewVolumeOptions[Key]],
) {
  const options = values.map((value) => ({ ...SIZE, [key]: value }));
  return [
    boots(
      `fromNewVolume ${key}`,
      options.map((each) => BootSource.fromNewVolume(image, each)),
      values,
      { title: titled("boot", values) },
    ),
    disks(
      `newVolume ${key}`,
      options.map((each) => DataDisk.newVolume(each)),
      values,
      { title: titled("data disk", values) },
    ),
  ];
}

function titled(disk: string, values: Values): string {
  return `${disk}, ${values.map((value) => (value === undefined ? "none" : JSON.stringify(value))).join(", then ")}`;
}

/** Another image, in a mode; of a disk that Nova makes from it. */
function imageChanges(mode: ImageChange, onChange: OnChange, note?: string) {
  const values = [image.imageId, otherImage.imageId] as const;
  const beside = { onImageChange: mode };
  const said = (disk: string) => ({ title: `${disk}, one image, then another with ImageChange.${mode}`, beside, note });
  return [
    boots(
      "fromNewVolume",
      [image, otherImage].map((from) => BootSource.fromNewVolume(from, SIZE)),
      values,
      said("boot"),
      onChange,
    ),
    disks(
      "fromImage",
      [image, otherImage].map((from) => DataDisk.fromImage(from, SIZE)),
      values,
      said("data disk"),
      onChange,
    ),
  ];
}

export const DISK_ROWS: readonly Row[] = [
  reached(
    "block_device.boot_index",
    prop("boot", [BootSource.fromImage(image), BootSource.fromNewVolume(image, SIZE)], REPLACES, {
      title: "the flavor's disk, then a new volume",
      values: [undefined, 0],
      differing: ["image_id", ...NEW_VOLUME, "block_device.uuid", "block_device.volume_size"],
    }),
    prop("dataDisks", [[DataDisk.newVolume(SIZE)], [DataDisk.newVolume(SIZE), DataDisk.newVolume(SIZE)]], REPLACES, {
      title: "a second data disk",
      values: [undefined, -1],
      differing: [...NEW_VOLUME, "block_device.volume_size"],
      index: 2,
    }),
    prop("dataDisks", [[DataDisk.newVolume(SIZE)], undefined], REPLACES, {
      title: "a data disk, then none",
      values: [-1, undefined],
      differing: [...NEW_VOLUME, "block_device.uuid", "block_device.volume_size"],
      index: 1,
    }),
  ),
  reached(
    "block_device.delete_on_termination",
    ...newVolumes("deleteOnTermination", [true, false]),
    boots(
      "fromVolume deleteOnTermination",
      [undefined, true].map((deleteOnTermination) => BootSource.fromVolume(volume, { deleteOnTermination })),
      [false, true],
      { title: "boot from a volume, false, then true" },
    ),
  ),
  reached(
    "block_device.destination_type",
    disks(
      "newVolume, DataDisk.ephemeral",
      [DataDisk.newVolume(SIZE), DataDisk.ephemeral({ sizeGb: SIZE.sizeGb })],
      ["volume", "local"],
    ),
  ),
  reached("block_device.device_type", ...newVolumes("deviceType", ["disk", "lun"])),
  reached("block_device.disk_bus", ...newVolumes("diskBus", ["virtio", "scsi"])),
  reached(
    "block_device.guest_format",
    disks(
      "ephemeral guestFormat",
      [undefined, "ext4"].map((guestFormat) => DataDisk.ephemeral({ sizeGb: 1, guestFormat })),
      [undefined, "ext4"],
    ),
    disks(
      "ephemeral, DataDisk.swap",
      [DataDisk.ephemeral({ sizeGb: 1 }), DataDisk.swap({ sizeMb: 1 })],
      [undefined, "swap"],
    ),
  ),
  reached("block_device.multiattach", ...newVolumes("multiattach", [undefined, true])),
  reached(
    "block_device.source_type",
    boots(
      "fromVolume, BootSource.fromSnapshot",
      [
        BootSource.fromVolume(volume, { deleteOnTermination: true }),
        BootSource.fromSnapshot(volume.volumeId, { deleteOnTermination: true }),
      ],
      ["volume", "snapshot"],
    ),
    disks(
      "newVolume, DataDisk.fromSnapshot",
      [DataDisk.newVolume(SIZE), DataDisk.fromSnapshot(snapshot, SIZE)],
      ["blank", "snapshot"],
      { differing: ["block_device.source_type", "block_device.uuid"] },
    ),
  ),
  reached(
    "block_device.uuid",
    ...imageChanges(ImageChange.IGNORE, NOTHING, "the next replacement takes it"),
    ...imageChanges(ImageChange.REPLACE, REPLACES),
    boots(
      "fromVolume",
      [volume, otherVolume].map((from) => BootSource.fromVolume(from)),
      [volume.volumeId, otherVolume.volumeId],
      { title: "boot, one volume, then another" },
    ),
    boots(
      "fromSnapshot",
      [snapshot, otherSnapshot].map((from) => BootSource.fromSnapshot(from, SIZE)),
      [snapshot, otherSnapshot],
      { title: "boot, one snapshot, then another" },
    ),
    disks(
      "fromVolume",
      [volume, otherVolume].map((from) => DataDisk.fromVolume(from)),
      [volume.volumeId, otherVolume.volumeId],
      { title: "data disk, one volume, then another" },
    ),
    disks(
      "fromSnapshot",
      [snapshot, otherSnapshot].map((from) => DataDisk.fromSnapshot(from, SIZE)),
      [snapshot, otherSnapshot],
      { title: "data disk, one snapshot, then another" },
    ),
  ),
  reached(
    "block_device.volume_size",
    ...newVolumes("sizeGb", [20, 40]),
    boots(
      "fromSnapshot sizeGb",
      [undefined, 40].map((sizeGb) => BootSource.fromSnapshot(snapshot, { ...SIZE, sizeGb })),
      [undefined, 40],
    ),
    disks(
      "ephemeral sizeGb",
      [1, 2].map((sizeGb) => DataDisk.ephemeral({ sizeGb })),
      [1, 2],
    ),
    disks(
      "swap sizeMb",
      [256, 512].map((sizeMb) => DataDisk.swap({ sizeMb })),
      [256, 512],
    ),
  ),
  reached("block_device.volume_type", ...newVolumes("volumeType", ["ssd", "hdd"])),
];
