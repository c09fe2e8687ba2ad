import type { TerraformStack } from "cdktf";
import { BootSource, DataDisk, RegionalImage } from "cdktf-openstack-images";
import { synth } from "../support/synth";
import { newImage, newServer, newVolume, SOURCE } from "./samples";

const warned = (path: string, image: string) => ({
  path,
  message:
    `ImageInOtherRegion: it is in the region "two", and ${image} in "one": unless they share a Glance, the apply finds no such image; publish it ` +
    "in both with RegionalImage, and take inRegion(...)",
});

test.each<[string, (stack: TerraformStack, region?: string) => void]>([
  [
    "Web",
    (stack, region) => newServer(stack, { region, boot: BootSource.fromImage(newImage(stack, { region: "one" })) }),
  ],
  [
    "Web",
    (stack, region) => {
      const image = newImage(stack, { region: "one" });
      const disk = DataDisk.fromImage(image, { sizeGb: 10, deleteOnTermination: true });
      newServer(stack, { region, dataDisks: [disk] });
    },
  ],
  ["Data", (stack, region) => newVolume(stack, { region, image: newImage(stack, { region: "one" }) })],
])("%s tells of an image in another region, and only where both are given", (id, build) => {
  expect(synth((stack) => build(stack, "two")).warnings).toStrictEqual([warned(`test/${id}`, "test/Golden")]);
  for (const region of ["one", undefined]) expect(synth((stack) => build(stack, region)).warnings).toStrictEqual([]);
});

test("an image of several regions is taken in one's own", () => {
  const build = (region: string) => (stack: TerraformStack) => {
    const golden = new RegionalImage(stack, "Golden", {
      source: SOURCE,
      regions: [{ region: "one" }, { region: "two" }],
    });
    newServer(stack, { region: "two", boot: BootSource.fromImage(golden.inRegion(region)) });
  };
  expect(synth(build("two")).warnings).toStrictEqual([]);
  expect(synth(build("one")).warnings).toStrictEqual([warned("test/Web", "test/Golden/one")]);
});
