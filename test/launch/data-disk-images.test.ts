import { BootSource, DataDisk, Flavor, ImageChange, type ServerProps } from "cdktf-openstack-images";
import { blocks, failure, only, synth } from "../support/synth";
import {
  FLAVOR,
  IMAGE_ID,
  imageOf,
  newImage,
  newServer,
  PINNED,
  SERVER,
  SNAPSHOT_ID,
  TRIGGER,
  VOLUME_ID,
} from "./samples";

const OTHER_ID = IMAGE_ID.replace("0a", "1a");
const KEPT = { deleteOnTermination: false };

function serverWith(props: Partial<ServerProps>) {
  return synth((stack) => newServer(stack, props));
}

function failureWith(props: Partial<ServerProps>): string {
  return failure((stack) => newServer(stack, props));
}

describe("a changed image of a data disk", () => {
  const dataDisks = [
    DataDisk.ephemeral({ sizeGb: 1 }),
    DataDisk.fromImage({ imageId: OTHER_ID }, { ...KEPT, sizeGb: 10 }),
  ];
  const disk = "Web_DataDisk1ImageTrigger_8D7506FC";
  const boot = "Web_ImageTrigger_670CF68E";

  const ignored = ["image_id", "block_device[0].uuid", "block_device[2].uuid"];

  test.each<[string, ImageChange | undefined, object]>([
    ["is ignored by default", undefined, { ignore_changes: ignored }],
    ["is ignored with IGNORE", ImageChange.IGNORE, { ignore_changes: ignored }],
    [
      "replaces the server with REPLACE, as one of the boot disk does",
      ImageChange.REPLACE,
      { ignore_changes: ignored, replace_triggered_by: [`terraform_data.${boot}`, `terraform_data.${disk}`] },
    ],
    [
      "is ignored with REBUILD, which is for the boot disk",
      ImageChange.REBUILD,
      { ignore_changes: ["block_device[0].uuid", "block_device[2].uuid"] },
    ],
  ])("%s", (_, onImageChange, lifecycle) => {
    const result = serverWith({ dataDisks, onImageChange });
    expect(only(result, SERVER).lifecycle).toStrictEqual(lifecycle);
    expect(blocks(result, TRIGGER)).toStrictEqual({
      [boot]: { triggers_replace: IMAGE_ID },
      [disk]: { triggers_replace: OTHER_ID },
    });
  });

  test.each<[string, BootSource]>([
    ["a volume that exists", BootSource.fromVolume({ volumeId: VOLUME_ID })],
    ["a snapshot", BootSource.fromSnapshot(SNAPSHOT_ID, KEPT)],
  ])("may replace a server that boots from %s", (_, boot) => {
    const result = serverWith({ boot, dataDisks, onImageChange: ImageChange.REPLACE });
    expect(only(result, SERVER).lifecycle).toStrictEqual({
      ignore_changes: ["block_device[2].uuid"],
      replace_triggered_by: [`terraform_data.${disk}`],
    });
    expect(blocks(result, TRIGGER)).toStrictEqual({ [disk]: { triggers_replace: OTHER_ID } });
  });

  test("fails when it is to rebuild a server that boots from a volume", () => {
    const boot = BootSource.fromVolume({ volumeId: VOLUME_ID });
    expect(failureWith({ boot, dataDisks, onImageChange: ImageChange.REBUILD })).toBe(
      "'onImageChange' cannot be REBUILD for a volume-backed server, which the provider cannot rebuild; " +
        "use ImageChange.REPLACE or IGNORE [RebuildOfVolume at test/Web]",
    );
  });

  test("deletes nothing in use: Cinder has copied the image", () => {
    const { warnings } = synth((stack) => {
      const image = newImage(stack, { source: PINNED });
      newServer(stack, { dataDisks: [DataDisk.fromImage(image, { ...KEPT, sizeGb: 10 })] });
    });
    expect(warnings).toStrictEqual([]);
  });
});

describe("an image on a data disk", () => {
  const known = { minDiskGb: 4, minRamMb: 9999, imageSizeBytes: 1 };
  const diskOf = (sizeGb: number) => [DataDisk.fromImage(imageOf(known), { ...KEPT, sizeGb })];

  test("fits a volume of just its least size, and needs no memory", () => {
    const flavor = Flavor.fromFlavorId("42", { ramMb: 1, diskGb: 1 });
    expect(only(serverWith({ flavor, dataDisks: diskOf(4) }), SERVER).lifecycle).not.toHaveProperty("precondition");
  });

  test("fails when the volume is too small", () => {
    const dataDisks = [DataDisk.ephemeral({ sizeGb: 1 }), ...diskOf(3)];
    expect(failureWith({ dataDisks })).toBe(
      "'sizeGb' of dataDisks[1] must be at least 'minDiskGb' of the image, 4 GiB, got 3; take a larger one " +
        "[ImageDoesNotFit at test/Web]",
    );
  });

  test("is compared by Terraform where only that knows its size", () => {
    const result = synth((stack) => {
      const flavor = Flavor.fromLookup(stack, "Small", { flavorName: "m1.small" });
      newServer(stack, { flavor, dataDisks: [DataDisk.fromImage(newImage(stack), { ...KEPT, sizeGb: 10 })] });
    });
    const size = "ceil(openstack_images_image_v2.Golden.size_bytes / 1073741824)";
    expect(only(result, SERVER).lifecycle.precondition).toStrictEqual([
      {
        condition: `\${${size} <= 10}`,
        error_message:
          "ImageDoesNotFit: 'sizeGb' of dataDisks[0] must be at least the size of image test/Golden, " +
          `\${${size}} GiB, got 10, for test/Web; take a larger one.`,
      },
    ]);
    expect(Object.keys(blocks(result, FLAVOR))).toStrictEqual(["Small"]);
  });
});
