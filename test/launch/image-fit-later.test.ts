import type { TerraformStack } from "cdktf";
import { BootSource, Flavor, Image, ImageVisibility } from "cdktf-openstack-images";
import { only, synth } from "../support/synth";
import { FLAVOR, imageOf, newImage, newServer, newVolume, SERVER, VOLUME } from "./samples";

const GIB = 1024 ** 3;
const SMALL = `${FLAVOR}.Small`;
const ROCKY = "data.openstack_images_image_v2.Rocky";
const GOLDEN = "openstack_images_image_v2.Golden";

const lookedUpFlavor = (stack: TerraformStack) => Flavor.fromLookup(stack, "Small", { flavorName: "m1.small" });
const lookedUpImage = (stack: TerraformStack) =>
  Image.fromLookup(stack, "Rocky", { imageName: "Rocky 9", visibility: ImageVisibility.PUBLIC });

describe("with numbers that Terraform reads, preconditions", () => {
  const lifecycleOfServer = (build: (stack: TerraformStack) => void) => only(synth(build), SERVER).lifecycle;
  const size = (image: string) => `ceil(${image}.size_bytes / 1073741824)`;
  const text = (room: string, need: string, needed: string, got: string, path = "test/Web") =>
    `ImageDoesNotFit: ${room} must be at least ${need}, ${needed}, got ${got}, for ${path}; take a larger one.`;

  test("compare an image with a flavor that is looked up", () => {
    const lifecycle = lifecycleOfServer((stack) => {
      const image = imageOf({ minDiskGb: 4, minRamMb: 512, imageSizeBytes: 2 * GIB + 1 });
      newServer(stack, { boot: BootSource.fromImage(image), flavor: lookedUpFlavor(stack) });
    });
    expect(lifecycle).toStrictEqual({
      ignore_changes: ["image_id"],
      precondition: [
        {
          condition: `\${512 <= ${SMALL}.ram}`,
          error_message: text("the memory of the flavor", "'minRamMb' of the image", "512 MiB", `\${${SMALL}.ram}`),
        },
        {
          condition: `\${${SMALL}.disk == 0 || 4 <= ${SMALL}.disk}`,
          error_message: text("the disk of the flavor", "'minDiskGb' of the image", "4 GiB", `\${${SMALL}.disk}`),
        },
      ],
    });
  });

  test.each([
    ["the size", 4, 4 * GIB + 1, "the size of the image", 5],
    ["the least disk, also when both are the same", 4, 4 * GIB, "'minDiskGb' of the image", 4],
  ])("of two known needs compare the larger: %s", (_, minDiskGb, imageSizeBytes, need, gib) => {
    const lifecycle = lifecycleOfServer((stack) => {
      const boot = BootSource.fromImage(imageOf({ minDiskGb, imageSizeBytes }));
      newServer(stack, { boot, flavor: lookedUpFlavor(stack) });
    });
    expect(lifecycle).toStrictEqual({
      ignore_changes: ["image_id"],
      precondition: [
        {
          condition: `\${${SMALL}.disk == 0 || ${gib} <= ${SMALL}.disk}`,
          error_message: text("the disk of the flavor", need, `${gib} GiB`, `\${${SMALL}.disk}`),
        },
      ],
    });
  });

  test("compare the image that a volume of the app was filled from with the memory of a flavor, and nothing else", () => {
    const block = only(
      synth((stack) => {
        const volume = newVolume(stack, { image: newImage(stack, { minRamMb: 512, minDiskGb: 4 }) });
        newServer(stack, { boot: BootSource.fromVolume(volume), flavor: lookedUpFlavor(stack) });
      }),
      SERVER,
    );
    expect(block.lifecycle).toStrictEqual({
      precondition: [
        {
          condition: `\${512 <= ${SMALL}.ram}`,
          error_message: text(
            "the memory of the flavor",
            "'minRamMb' of image test/Golden",
            "512 MiB",
            `\${${SMALL}.ram}`,
          ),
        },
      ],
    });
  });

  test("compare an image that is looked up with a flavor", () => {
    const lifecycle = lifecycleOfServer((stack) => {
      const flavor = Flavor.fromFlavorId("42", { ramMb: 1024, diskGb: 10 });
      newServer(stack, { boot: BootSource.fromImage(lookedUpImage(stack)), flavor });
    });
    expect(lifecycle).toStrictEqual({
      ignore_changes: ["image_id"],
      precondition: [
        {
          condition: `\${${ROCKY}.min_ram_mb <= 1024}`,
          error_message: text(
            "the memory of flavor 42",
            "'minRamMb' of the image",
            `\${${ROCKY}.min_ram_mb} MiB`,
            "1024",
          ),
        },
        {
          condition: `\${${ROCKY}.min_disk_gb <= 10}`,
          error_message: text(
            "the disk of flavor 42",
            "'minDiskGb' of the image",
            `\${${ROCKY}.min_disk_gb} GiB`,
            "10",
          ),
        },
        {
          condition: `\${${size(ROCKY)} <= 10}`,
          error_message: text("the disk of flavor 42", "the size of the image", `\${${size(ROCKY)}} GiB`, "10"),
        },
      ],
    });
  });

  test("ask for nothing but memory when the flavor is known to have no disk of its own size", () => {
    const { precondition } = lifecycleOfServer((stack) => {
      const flavor = Flavor.fromFlavorId("42", { ramMb: 1024, diskGb: 0 });
      newServer(stack, { boot: BootSource.fromImage(lookedUpImage(stack)), flavor });
    });
    expect(precondition.map(({ condition }: { condition: string }) => condition)).toStrictEqual([
      `\${${ROCKY}.min_ram_mb <= 1024}`,
    ]);
  });

  test("ask for nothing that the image is known not to need", () => {
    const lifecycle = lifecycleOfServer((stack) => {
      const image = imageOf({ minDiskGb: 0, minRamMb: 0, imageSizeBytes: 0 });
      newServer(stack, { boot: BootSource.fromImage(image), flavor: lookedUpFlavor(stack) });
    });
    expect(lifecycle).toStrictEqual({ ignore_changes: ["image_id"] });
  });

  test("compare both when both are looked up", () => {
    const { precondition } = lifecycleOfServer((stack) => {
      newServer(stack, { boot: BootSource.fromImage(lookedUpImage(stack)), flavor: lookedUpFlavor(stack) });
    });
    expect(precondition).toStrictEqual([
      {
        condition: `\${${ROCKY}.min_ram_mb <= ${SMALL}.ram}`,
        error_message: text(
          "the memory of the flavor",
          "'minRamMb' of the image",
          `\${${ROCKY}.min_ram_mb} MiB`,
          `\${${SMALL}.ram}`,
        ),
      },
      {
        condition: `\${${SMALL}.disk == 0 || ${ROCKY}.min_disk_gb <= ${SMALL}.disk}`,
        error_message: text(
          "the disk of the flavor",
          "'minDiskGb' of the image",
          `\${${ROCKY}.min_disk_gb} GiB`,
          `\${${SMALL}.disk}`,
        ),
      },
      {
        condition: `\${${SMALL}.disk == 0 || ${size(ROCKY)} <= ${SMALL}.disk}`,
        error_message: text(
          "the disk of the flavor",
          "the size of the image",
          `\${${size(ROCKY)}} GiB`,
          `\${${SMALL}.disk}`,
        ),
      },
    ]);
  });

  test("compare an image of the app with a new volume, and only memory with the flavor", () => {
    const lifecycle = lifecycleOfServer((stack) => {
      const image = newImage(stack, { minDiskGb: 4, minRamMb: 512 });
      const boot = BootSource.fromNewVolume(image, { sizeGb: 4, deleteOnTermination: true });
      newServer(stack, { boot, flavor: lookedUpFlavor(stack) });
    });
    expect(lifecycle).toStrictEqual({
      ignore_changes: ["block_device[0].uuid"],
      precondition: [
        {
          condition: `\${512 <= ${SMALL}.ram}`,
          error_message: text(
            "the memory of the flavor",
            "'minRamMb' of image test/Golden",
            "512 MiB",
            `\${${SMALL}.ram}`,
          ),
        },
        {
          condition: `\${${size(GOLDEN)} <= 4}`,
          error_message: text("'sizeGb' of 'boot'", "the size of image test/Golden", `\${${size(GOLDEN)}} GiB`, "4"),
        },
      ],
    });
  });

  test("compare an image that is looked up with a volume", () => {
    const result = synth((stack) => newVolume(stack, { image: lookedUpImage(stack) }));
    expect(only(result, VOLUME).lifecycle).toStrictEqual({
      ignore_changes: ["image_id"],
      precondition: [
        {
          condition: `\${${ROCKY}.min_disk_gb <= 10}`,
          error_message: text(
            "'sizeGb'",
            "'minDiskGb' of the image",
            `\${${ROCKY}.min_disk_gb} GiB`,
            "10",
            "test/Data",
          ),
        },
        {
          condition: `\${${size(ROCKY)} <= 10}`,
          error_message: text("'sizeGb'", "the size of the image", `\${${size(ROCKY)}} GiB`, "10", "test/Data"),
        },
      ],
    });
  });
});
