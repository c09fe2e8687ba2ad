import type { TerraformStack } from "cdktf";
import { BootSource, Flavor, type IImage, Image, ImageVisibility, Server, Volume } from "cdktf-openstack-images";
import { type MockRun, testWithMocks } from "../../support/terraform";
import { folder, IMAGE_A, outcome, ROCKY, SMALL } from "./samples";

const GIB = 1024 ** 3;

const small = (stack: TerraformStack) => Flavor.fromLookup(stack, "Small", { flavorName: "m1.small" });
const rocky = (stack: TerraformStack) =>
  Image.fromLookup(stack, "Rocky", { imageName: "Rocky 9", visibility: ImageVisibility.PUBLIC });

const complaint = (room: string, need: string, needed: string, got: number, path = "test/Web") =>
  `ImageDoesNotFit: ${room} must be at least ${need}, ${needed}, got ${got}, for ${path}; take a larger one.`;

/** Each run plans, since it is a plan that must fail. */
const plans = (runs: readonly Omit<MockRun, "command">[]) => runs.map((run) => ({ ...run, command: "plan" as const }));

testWithMocks("a server on a flavor that is looked up is planned if its image fits, else refused", (kit) => {
  const image: IImage = { imageId: IMAGE_A, minDiskGb: 10, minRamMb: 1024, imageSizeBytes: 11 * GIB + 1 };
  const directory = folder((stack) => {
    new Server(stack, "Web", { boot: BootSource.fromImage(image), flavor: small(stack) });
  });
  const flavor = (disk: number, ram: number) => ({ [SMALL]: { disk, ram } });
  const results = kit.mockTest(
    directory,
    plans([
      { name: "fits exactly", data: flavor(12, 1024) },
      { name: "image one byte too large", data: flavor(11, 1024) },
      { name: "disk one GiB below the least", data: flavor(9, 1024) },
      { name: "disk 0 takes any image", data: flavor(0, 1024) },
      { name: "memory one MiB too small", data: flavor(12, 1023) },
      { name: "memory too small with disk 0", data: flavor(0, 1) },
    ]),
  );
  const size = (got: number) => complaint("the disk of the flavor", "the size of the image", "12 GiB", got);
  const memory = (got: number) => complaint("the memory of the flavor", "'minRamMb' of the image", "1024 MiB", got);
  expect(results.map(outcome)).toStrictEqual([
    ["fits exactly", "pass"],
    ["image one byte too large", "error", size(11)],
    ["disk one GiB below the least", "error", size(9)],
    ["disk 0 takes any image", "pass"],
    ["memory one MiB too small", "error", memory(1023)],
    ["memory too small with disk 0", "error", memory(1)],
  ]);
});

testWithMocks("a server and a volume from an image that is looked up are planned if it fits, else refused", (kit) => {
  const directory = folder((stack) => {
    const image = rocky(stack);
    const flavor = Flavor.fromFlavorId("42", { ramMb: 1024, diskGb: 10 });
    new Server(stack, "Web", { boot: BootSource.fromImage(image), flavor });
    const boot = BootSource.fromNewVolume(image, { sizeGb: 12, deleteOnTermination: true });
    new Server(stack, "Disk", { boot, flavor });
    new Volume(stack, "Data", { sizeGb: 12, image });
  });
  const image = (min_disk_gb: number, min_ram_mb: number, size_bytes: number) => ({
    [ROCKY]: { min_disk_gb, min_ram_mb, size_bytes },
  });
  const results = kit.mockTest(
    directory,
    plans([
      { name: "fits exactly", data: image(10, 1024, 10 * GIB) },
      { name: "one byte too large for the flavor", data: image(10, 1024, 10 * GIB + 1) },
      { name: "least disk above the flavor's", data: image(11, 1024, 0) },
      { name: "needs more memory", data: image(0, 1025, 0) },
      { name: "too large for all", data: image(0, 0, 12 * GIB + 1) },
    ]),
  );
  const disk = (need: string, needed: number) => complaint("the disk of flavor 42", need, `${needed} GiB`, 10);
  const volume = (room: string, path: string) => complaint(room, "the size of the image", "13 GiB", 12, path);
  const memory = (path: string) =>
    complaint("the memory of flavor 42", "'minRamMb' of the image", "1025 MiB", 1024, path);
  expect(results.map(outcome).map(([name, status, ...found]) => [name, status, ...found.sort()])).toStrictEqual([
    ["fits exactly", "pass"],
    ["one byte too large for the flavor", "error", disk("the size of the image", 11)],
    ["least disk above the flavor's", "error", disk("'minDiskGb' of the image", 11)],
    ["needs more memory", "error", memory("test/Disk"), memory("test/Web")],
    [
      "too large for all",
      "error",
      volume("'sizeGb'", "test/Data"),
      volume("'sizeGb' of 'boot'", "test/Disk"),
      disk("the size of the image", 13),
    ],
  ]);
});

testWithMocks("a server on a new volume does not mind the flavor's disk", (kit) => {
  const directory = folder((stack) => {
    const image: IImage = { imageId: IMAGE_A, minDiskGb: 10, minRamMb: 1024 };
    const boot = BootSource.fromNewVolume(image, { sizeGb: 10, deleteOnTermination: true });
    new Server(stack, "Web", { boot, flavor: small(stack) });
  });
  const results = kit.mockTest(
    directory,
    plans([
      { name: "small disk", data: { [SMALL]: { disk: 1, ram: 1024 } } },
      { name: "small memory", data: { [SMALL]: { disk: 1, ram: 1023 } } },
    ]),
  );
  expect(results.map(outcome)).toStrictEqual([
    ["small disk", "pass"],
    ["small memory", "error", complaint("the memory of the flavor", "'minRamMb' of the image", "1024 MiB", 1023)],
  ]);
});
