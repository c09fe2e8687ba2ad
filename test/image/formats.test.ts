import { TerraformVariable } from "cdktf";
import { ContainerFormat, DiskFormat, Image, ImageSource, OsPropertyChange } from "cdktf-openstack-images";
import { failure, only, synth } from "../support/synth";
import { BASE, URL_QCOW2 } from "./given";

const source = ImageSource.fromUrl(URL_QCOW2);

test("disk formats are in the provider's words", () => {
  const values = Object.entries(DiskFormat).map(([name, { value }]) => [name, value]);
  expect(values.map(([name]) => name.toLowerCase())).toStrictEqual(values.map(([, value]) => value));
  expect(values.map(([, value]) => value)).toStrictEqual([
    "raw",
    "qcow2",
    "vmdk",
    "vhd",
    "vhdx",
    "vdi",
    "iso",
    "ploop",
    "aki",
    "ari",
    "ami",
  ]);
});

test("container formats are in the provider's words", () => {
  expect(Object.values(ContainerFormat).map(({ value }) => value)).toStrictEqual([
    "bare",
    "ovf",
    "ova",
    "docker",
    "compressed",
    "aki",
    "ari",
    "ami",
  ]);
});

test("formats of a later provider come out as they are", () => {
  const result = synth((stack) => {
    const [diskFormat, containerFormat] = [DiskFormat.custom("new"), ContainerFormat.custom("box")];
    new Image(stack, "Base", { source, diskFormat, containerFormat });
  });
  expect(only(result, "openstack_images_image_v2")).toStrictEqual({
    ...BASE,
    disk_format: "new",
    container_format: "box",
  });
});

test("the modes for changed properties", () => {
  expect(Object.values(OsPropertyChange)).toStrictEqual(["KEEP", "REPLACE"]);
});

describe("the container of a disk", () => {
  const AMAZON = ["ami", "aki", "ari"];
  const disks = Object.entries(DiskFormat).map(([name, format]) => ({ name, format: format as DiskFormat }));
  const containers = Object.entries(ContainerFormat).map(([name, format]) => ({
    name,
    format: format as ContainerFormat,
  }));

  function blockOf(diskFormat: DiskFormat, containerFormat?: ContainerFormat) {
    const result = synth((stack) => new Image(stack, "Base", { source, diskFormat, containerFormat }));
    return only(result, "openstack_images_image_v2");
  }

  test.each(disks)("of $name is bare unless it is Amazon's", ({ format }) => {
    expect(blockOf(format)).toStrictEqual({
      ...BASE,
      disk_format: format.value,
      container_format: AMAZON.includes(format.value) ? format.value : "bare",
    });
  });

  test.each(AMAZON)("of %s as a format of one's own is its twin too", (value) => {
    expect(blockOf(DiskFormat.custom(value)).container_format).toBe(value);
  });

  describe.each(disks)("of $name", ({ format: disk }) => {
    for (const { name, format: container } of containers) {
      const mixed = disk.value !== container.value && [disk.value, container.value].some((it) => AMAZON.includes(it));
      test(mixed ? `fails when it is ${name}` : `may be ${name}`, () => {
        if (!mixed) {
          expect(blockOf(disk, container)).toStrictEqual({
            ...BASE,
            disk_format: disk.value,
            container_format: container.value,
          });
          return;
        }
        const wayOut = AMAZON.includes(disk.value)
          ? "leave 'containerFormat' out"
          : "leave 'containerFormat' out, or change 'diskFormat'";
        expect(
          failure((stack) => new Image(stack, "Base", { source, diskFormat: disk, containerFormat: container })),
        ).toBe(
          "'diskFormat' and 'containerFormat' must be the same when one is ami, aki or ari, got " +
            `${disk.value} and ${container.value}; ${wayOut} [FormatsMixed at test/Base]`,
        );
      });
    }
  });

  test("fails when it is Amazon's, and the ending tells another disk", () => {
    const message = failure((stack) => new Image(stack, "Base", { source, containerFormat: ContainerFormat.AMI }));
    expect(message).toContain("got qcow2 and ami; leave 'containerFormat' out, or change 'diskFormat' [FormatsMixed");
  });

  test("or the disk may be known to Terraform alone beside Amazon's", () => {
    const result = synth((stack) => {
      const value = new TerraformVariable(stack, "v", {}).stringValue;
      const { AMI } = DiskFormat;
      new Image(stack, "Disk", { source, diskFormat: AMI, containerFormat: ContainerFormat.custom(value) });
      new Image(stack, "Container", {
        source,
        diskFormat: DiskFormat.custom(value),
        containerFormat: ContainerFormat.AMI,
      });
    });
    const formats = ["Disk", "Container"].map((id) => {
      const { disk_format, container_format } = only(result, "openstack_images_image_v2", id);
      return [disk_format, container_format];
    });
    expect(formats).toStrictEqual([
      ["ami", "${var.v}"],
      ["${var.v}", "ami"],
    ]);
  });

  test("and the disk may be known to Terraform alone", () => {
    const result = synth((stack) => {
      const value = new TerraformVariable(stack, "v", {}).stringValue;
      const containerFormat = ContainerFormat.custom(value);
      new Image(stack, "Base", { source, diskFormat: DiskFormat.custom(value), containerFormat });
    });
    expect(only(result, "openstack_images_image_v2")).toStrictEqual({
      ...BASE,
      disk_format: "${var.v}",
      container_format: "${var.v}",
    });
  });
});
