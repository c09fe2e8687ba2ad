import { ContainerFormat, DiskFormat, Image, ImageSource, OsPropertyChange } from "cdktf-openstack-images";
import { only, synth } from "../support/synth";
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
