import {
  BootSource,
  DataDisk,
  type DiskOptions,
  type EphemeralDiskOptions,
  type ExistingVolumeOptions,
  NetworkMode,
  type NewVolumeOptions,
  type ServerProps,
  type SnapshotVolumeOptions,
  type SwapDiskOptions,
  type VolumeDiskOptions,
} from "cdktf-openstack-images";
import { type Block, failure, only, synth } from "../support/synth";
import { Later, type Table, testCoverage, testTable } from "./later";
import { IMAGE_ID, imageOf, newServer, SERVER, SNAPSHOT_ID, VOLUME_ID } from "./samples";

/** The last disk of a server, as it comes out. */
function rendered(props: (later: Later) => Partial<ServerProps>): Block {
  const result = synth((stack) => newServer(stack, { ...props(new Later(stack)), networkMode: NetworkMode.AUTO }));
  return only(result, SERVER).block_device.at(-1);
}

const DISK: Table<DiskOptions> = {
  diskBus: [({ text }) => ({ diskBus: text }), { disk_bus: "${var.Text}" }],
  deviceType: [({ text }) => ({ deviceType: text }), { device_type: "${var.Text}" }],
};
const VOLUME_DISK: Table<VolumeDiskOptions> = {
  ...DISK,
  multiattach: [({ flag }) => ({ multiattach: flag }), { multiattach: "${var.Flag}" }],
};
const EXISTING: Table<ExistingVolumeOptions> = {
  ...VOLUME_DISK,
  deleteOnTermination: [({ flag }) => ({ deleteOnTermination: flag }), { delete_on_termination: "${var.Flag}" }],
};
const NEW: Table<Partial<NewVolumeOptions & SnapshotVolumeOptions>> = {
  ...EXISTING,
  sizeGb: [({ amount }) => ({ sizeGb: amount }), { volume_size: "${var.Amount}" }],
  volumeType: [({ text }) => ({ volumeType: text }), { volume_type: "${var.Text}" }],
};

const given = { sizeGb: 20, deleteOnTermination: true };
const GIVEN = { destination_type: "volume", volume_size: 20, delete_on_termination: true };

describe.each<[string, (options: NewVolumeOptions) => Partial<ServerProps>, object]>([
  [
    "to boot from",
    (options) => ({ boot: BootSource.fromNewVolume(imageOf(), options) }),
    { uuid: IMAGE_ID, source_type: "image", boot_index: 0 },
  ],
  [
    "beside that",
    (options) => ({ dataDisks: [DataDisk.newVolume(options)] }),
    { source_type: "blank", boot_index: -1 },
  ],
  [
    "from an image beside that",
    (options) => ({ dataDisks: [DataDisk.fromImage(imageOf(), options)] }),
    { uuid: IMAGE_ID, source_type: "image", boot_index: -1 },
  ],
])("a new volume %s", (_, propsOf, block) => {
  testTable(NEW, (options) => rendered((later) => propsOf({ ...given, ...options(later) })), { ...GIVEN, ...block });
  testCoverage("NewVolumeOptions", NEW);
});

describe.each<[string, (options: SnapshotVolumeOptions) => Partial<ServerProps>, number]>([
  ["to boot from", (options) => ({ boot: BootSource.fromSnapshot(SNAPSHOT_ID, options) }), 0],
  ["beside that", (options) => ({ dataDisks: [DataDisk.fromSnapshot(SNAPSHOT_ID, options)] }), -1],
])("a volume from a snapshot %s", (_, propsOf, bootIndex) => {
  const block = { ...GIVEN, uuid: SNAPSHOT_ID, source_type: "snapshot", boot_index: bootIndex };
  testTable(NEW, (options) => rendered((later) => propsOf({ ...given, ...options(later) })), block);
  testCoverage("SnapshotVolumeOptions", NEW);
});

describe.each<[string, (options: ExistingVolumeOptions) => Partial<ServerProps>, number]>([
  ["to boot from", (options) => ({ boot: BootSource.fromVolume({ volumeId: VOLUME_ID }, options) }), 0],
  ["beside that", (options) => ({ dataDisks: [DataDisk.fromVolume({ volumeId: VOLUME_ID }, options)] }), -1],
])("a volume that exists %s", (_, propsOf, bootIndex) => {
  const block = {
    uuid: VOLUME_ID,
    source_type: "volume",
    destination_type: "volume",
    boot_index: bootIndex,
    delete_on_termination: false,
  };
  testTable(EXISTING, (options) => rendered((later) => propsOf(options(later))), block);
  testCoverage("ExistingVolumeOptions", EXISTING);
});

describe("a disk of the hypervisor's", () => {
  const table: Table<Partial<EphemeralDiskOptions>> = {
    ...DISK,
    sizeGb: [({ amount }) => ({ sizeGb: amount }), { volume_size: "${var.Amount}" }],
    guestFormat: [({ text }) => ({ guestFormat: text }), { guest_format: "${var.Text}" }],
  };
  const block = {
    source_type: "blank",
    destination_type: "local",
    boot_index: -1,
    volume_size: 1,
    delete_on_termination: true,
  };
  testTable(
    table,
    (options) => rendered((later) => ({ dataDisks: [DataDisk.ephemeral({ sizeGb: 1, ...options(later) })] })),
    block,
  );
  testCoverage("EphemeralDiskOptions", table);
});

describe("swap space", () => {
  const table: Table<Partial<SwapDiskOptions>> = {
    ...DISK,
    sizeMb: [({ amount }) => ({ sizeMb: amount }), { volume_size: "${var.Amount}" }],
  };
  const block = {
    source_type: "blank",
    destination_type: "local",
    boot_index: -1,
    volume_size: 1,
    delete_on_termination: true,
    guest_format: "swap",
  };
  testTable(
    table,
    (options) => rendered((later) => ({ dataDisks: [DataDisk.swap({ sizeMb: 1, ...options(later) })] })),
    block,
  );
  testCoverage("SwapDiskOptions", table);
});

test.each<[string, (id: string) => Partial<ServerProps>]>([
  ["the image of a new boot volume", (imageId) => ({ boot: BootSource.fromNewVolume({ imageId }, given) })],
  ["the snapshot of a boot volume", (id) => ({ boot: BootSource.fromSnapshot(id, given) })],
  ["a boot volume", (volumeId) => ({ boot: BootSource.fromVolume({ volumeId }) })],
  ["the image of a data disk", (imageId) => ({ dataDisks: [DataDisk.fromImage({ imageId }, given)] })],
  ["the snapshot of a data disk", (id) => ({ dataDisks: [DataDisk.fromSnapshot(id, given)] })],
  ["a data disk", (volumeId) => ({ dataDisks: [DataDisk.fromVolume({ volumeId })] })],
])("%s has an id that may be known to Terraform alone", (_, props) => {
  expect(rendered(({ text }) => props(text)).uuid).toBe("${var.Text}");
});

test.each<[string, string, (sizeGb: number) => Partial<ServerProps>]>([
  [
    "a boot volume",
    "'boot'",
    (sizeGb) => ({ boot: BootSource.fromNewVolume(imageOf({ minDiskGb: 4 }), { ...given, sizeGb }) }),
  ],
  [
    "a data disk",
    "dataDisks[0]",
    (sizeGb) => ({ dataDisks: [DataDisk.fromImage(imageOf({ minDiskGb: 4 }), { ...given, sizeGb })] }),
  ],
])("%s of a size that only Terraform knows is compared with the image there", (_, label, props) => {
  const result = synth((stack) => newServer(stack, props(new Later(stack).amount)));
  expect(only(result, SERVER).lifecycle.precondition).toStrictEqual([
    {
      condition: "${4 <= var.Amount}",
      error_message:
        `ImageDoesNotFit: 'sizeGb' of ${label} must be at least 'minDiskGb' of the image, 4 GiB, got \${var.Amount}, for test/Web; ` +
        "take a larger one.",
    },
  ]);
});

test("fails when swap space is asked for in GiB that only Terraform knows, and does not show how cdktf encodes them", () => {
  const message = failure((stack) => {
    const dataDisks = [DataDisk.ephemeral({ sizeGb: new Later(stack).amount, guestFormat: "swap" })];
    newServer(stack, { dataDisks });
  });
  expect(message).toContain("[SwapInGib at test/Web]");
  expect(message).not.toMatch(/e\+298/);
});
