import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import { BootSource, Flavor, type FlavorAttributes, type IImage, ImageSource } from "cdktf-openstack-images";
import { failure, only, synth } from "../support/synth";
import { temporaryDirectory } from "../support/terraform";
import { imageOf, newImage, newServer, newVolume, SERVER, VOLUME } from "./samples";

const GIB = 1024 ** 3;

type Known = Omit<IImage, "imageId">;

describe("a server on the flavor's disk, with numbers known at synth", () => {
  const build = (image: Known, flavor: FlavorAttributes) => (stack: TerraformStack) => {
    newServer(stack, { boot: BootSource.fromImage(imageOf(image)), flavor: Flavor.fromFlavorId("42", flavor) });
  };

  test.each<[string, Known, FlavorAttributes]>([
    ["the disk is just the least one", { minDiskGb: 10 }, { diskGb: 10 }],
    ["the disk is just the image's size", { imageSizeBytes: 10 * GIB }, { diskGb: 10 }],
    ["the image's size is rounded up to the disk", { imageSizeBytes: 9 * GIB + 1 }, { diskGb: 10 }],
    ["the flavor has no disk of its own size", { minDiskGb: 1000, imageSizeBytes: 1000 * GIB }, { diskGb: 0 }],
    ["the memory is just the least one", { minRamMb: 1024 }, { ramMb: 1024 }],
    ["the image asks for nothing", { minDiskGb: 0, minRamMb: 0, imageSizeBytes: 0 }, { diskGb: 1, ramMb: 1 }],
    ["nothing is known of the flavor", { minDiskGb: 10, minRamMb: 1024, imageSizeBytes: 10 * GIB }, {}],
    ["nothing is known of the image", {}, { diskGb: 1, ramMb: 1 }],
  ])("is accepted, without a precondition, when %s", (_, image, flavor) => {
    expect(only(synth(build(image, flavor)), SERVER).lifecycle).toStrictEqual({ ignore_changes: ["image_id"] });
  });

  test.each<[string, Known, FlavorAttributes, string]>([
    [
      "the disk is one GiB too small",
      { minDiskGb: 11 },
      { diskGb: 10 },
      "the disk of flavor 42 must be at least 'minDiskGb' of the image, 11 GiB, got 10",
    ],
    [
      "the image is one byte too large",
      { imageSizeBytes: 10 * GIB + 1 },
      { diskGb: 10 },
      "the disk of flavor 42 must be at least the size of the image, 11 GiB, got 10",
    ],
    [
      "the memory is one MiB too small",
      { minRamMb: 1025 },
      { ramMb: 1024 },
      "the memory of flavor 42 must be at least 'minRamMb' of the image, 1025 MiB, got 1024",
    ],
    [
      "the memory is too small and there is no disk",
      { minRamMb: 512 },
      { ramMb: 256, diskGb: 0 },
      "the memory of flavor 42 must be at least 'minRamMb' of the image, 512 MiB, got 256",
    ],
  ])("fails when %s", (_, image, flavor, message) => {
    expect(failure(build(image, flavor))).toBe(`${message}; take a larger one [ImageDoesNotFit at test/Web]`);
  });
});

describe("a message names", () => {
  const small = { ramMb: 256 };

  test.each<[string, (stack: TerraformStack) => IImage, Flavor, string, string]>([
    [
      "an image of the app, and a flavor by its name",
      (stack) => newImage(stack, { minRamMb: 512 }),
      Flavor.fromFlavorName("m1.tiny", small),
      "flavor m1.tiny",
      "image test/Golden",
    ],
    [
      "an image by what it is called, and a flavor by its id",
      () => imageOf({ imageName: "Rocky 9", minRamMb: 512 }),
      Flavor.fromFlavorId("42", small),
      "flavor 42",
      "image Rocky 9",
    ],
  ])("%s", (_, image, flavor, flavorInWords, imageInWords) => {
    expect(failure((stack) => newServer(stack, { boot: BootSource.fromImage(image(stack)), flavor }))).toBe(
      `the memory of ${flavorInWords} must be at least 'minRamMb' of ${imageInWords}, 512 MiB, got 256; take a larger one ` +
        "[ImageDoesNotFit at test/Web]",
    );
  });

  test("the flavor whose disk is too small", () => {
    const flavor = Flavor.fromFlavorName("m1.small", { diskGb: 3 });
    const build = (stack: TerraformStack) => {
      newServer(stack, { boot: BootSource.fromImage(newImage(stack, { minDiskGb: 4 })), flavor });
    };
    expect(failure(build)).toBe(
      "the disk of flavor m1.small must be at least 'minDiskGb' of image test/Golden, 4 GiB, got 3; take a larger one " +
        "[ImageDoesNotFit at test/Web]",
    );
  });
});

describe("a server on a new volume, with numbers known at synth", () => {
  const build =
    (image: Known, sizeGb: number, flavor: FlavorAttributes = {}) =>
    (stack: TerraformStack) => {
      const boot = BootSource.fromNewVolume(imageOf(image), { sizeGb, deleteOnTermination: true });
      newServer(stack, { boot, flavor: Flavor.fromFlavorId("42", flavor) });
    };

  test.each<[string, Known, number, FlavorAttributes]>([
    ["the volume is just the least disk", { minDiskGb: 10 }, 10, {}],
    ["the volume is just the image's size", { imageSizeBytes: 10 * GIB }, 10, {}],
    [
      "only the flavor's disk is too small, which is not used",
      { minDiskGb: 10, imageSizeBytes: 10 * GIB },
      10,
      { diskGb: 1 },
    ],
    ["the memory is just the least one", { minRamMb: 1024 }, 1, { ramMb: 1024 }],
  ])("is accepted, without a precondition, when %s", (_, image, sizeGb, flavor) => {
    expect(only(synth(build(image, sizeGb, flavor)), SERVER).lifecycle).toStrictEqual({
      ignore_changes: ["block_device[0].uuid"],
    });
  });

  test("fails when the volume is one GiB too small", () => {
    expect(failure(build({ minDiskGb: 11 }, 10, { diskGb: 100 }))).toBe(
      "'sizeGb' of 'boot' must be at least 'minDiskGb' of the image, 11 GiB, got 10; take a larger one [ImageDoesNotFit at test/Web]",
    );
  });

  test("fails when the image is one byte too large", () => {
    expect(failure(build({ imageSizeBytes: 10 * GIB + 1 }, 10))).toBe(
      "'sizeGb' of 'boot' must be at least the size of the image, 11 GiB, got 10; take a larger one [ImageDoesNotFit at test/Web]",
    );
  });

  test("fails when the memory is one MiB too small", () => {
    expect(failure(build({ minRamMb: 1025 }, 10, { ramMb: 1024 }))).toBe(
      "the memory of flavor 42 must be at least 'minRamMb' of the image, 1025 MiB, got 1024; take a larger one [ImageDoesNotFit at test/Web]",
    );
  });
});

describe("a volume from an image, with numbers known at synth", () => {
  const build = (image: Known, sizeGb: number) => (stack: TerraformStack) => {
    newVolume(stack, { image: imageOf(image), sizeGb });
  };

  test("is accepted when it is just large enough", () => {
    const { lifecycle } = only(synth(build({ minDiskGb: 10, imageSizeBytes: 9 * GIB + 1 }, 10)), VOLUME);
    expect(lifecycle).toStrictEqual({ ignore_changes: ["image_id"] });
  });

  test("fails when it is one GiB too small", () => {
    expect(failure(build({ minDiskGb: 11 }, 10))).toBe(
      "'sizeGb' must be at least 'minDiskGb' of the image, 11 GiB, got 10; take a larger one [ImageDoesNotFit at test/Data]",
    );
  });

  test("fails when the image is one byte too large", () => {
    expect(failure(build({ imageSizeBytes: 10 * GIB + 1 }, 10))).toBe(
      "'sizeGb' must be at least the size of the image, 11 GiB, got 10; take a larger one [ImageDoesNotFit at test/Data]",
    );
  });
});

describe("a server on a volume of the app that was filled from an image", () => {
  const build = (ramMb: number) => (stack: TerraformStack) => {
    const volume = newVolume(stack, { image: imageOf({ minRamMb: 1024 }) });
    newServer(stack, { boot: BootSource.fromVolume(volume), flavor: Flavor.fromFlavorId("42", { ramMb }) });
  };

  test("is accepted when the memory is just the least one", () => {
    expect(only(synth(build(1024)), SERVER)).toStrictEqual({
      name: "Web",
      flavor_id: "42",
      block_device: [
        {
          uuid: `\${${VOLUME}.Data.id}`,
          source_type: "volume",
          destination_type: "volume",
          boot_index: 0,
          delete_on_termination: false,
        },
      ],
    });
  });

  test("fails when the memory is one MiB too small, which Nova reads from the volume", () => {
    expect(failure(build(1023))).toBe(
      "the memory of flavor 42 must be at least 'minRamMb' of the image, 1024 MiB, got 1023; take a larger one [ImageDoesNotFit at test/Web]",
    );
  });
});

test("an image from a file that is here has a size known at synth, so that no precondition asks for it", () => {
  const path = join(temporaryDirectory("file"), "base.raw");
  writeFileSync(path, "a disk");
  const result = synth((stack) => {
    const image = newImage(stack, { source: ImageSource.fromFile(path) });
    newVolume(stack, { image, sizeGb: 1 });
  });
  expect(only(result, VOLUME).lifecycle).toStrictEqual({ ignore_changes: ["image_id"] });
});
