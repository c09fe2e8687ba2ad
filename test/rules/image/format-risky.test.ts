import { FORMAT_RISKY } from "../../../lib/rules/image/format-risky";
import { found, type Given } from "../subjects";

const image = (disk_format: string | undefined, more: Partial<Given> = {}) =>
  found(FORMAT_RISKY, [
    { address: "openstack_images_image_v2.img", actions: ["create"], after: { disk_format }, ...more },
  ]);
const REFUSED = "many clouds refuse it, since such a file can name other files of the hypervisor (CVE-2022-47951)";
const RARE = "many clouds neither take it nor boot from it";
const PART = "it is a kernel, a ramdisk or a disk without them, and boots only with others that its properties name";

test.each([
  ["vmdk", REFUSED],
  ["vhd", RARE],
  ["vhdx", RARE],
  ["vdi", RARE],
  ["ploop", RARE],
  ["ami", PART],
  ["aki", PART],
  ["ari", PART],
])("finds %s", (format, risk) => {
  const said = [`openstack_images_image_v2.img: warn: its format is ${format}: ${risk}`];
  expect(image(format)).toStrictEqual(said);
  const before = { disk_format: "raw" };
  expect(image(format, { actions: ["delete", "create"], before })).toStrictEqual(said);
});

test.each([["raw"], ["qcow2"], ["iso"], ["VMDK"], ["toString"], [undefined]])("does not mind %s", (format) => {
  expect(image(format)).toStrictEqual([]);
});

test.each([[["no-op"]], [["update"]], [["delete"]], [["forget"]]])(
  "does not mind one that is there (%s)",
  (actions) => {
    expect(image("vmdk", { actions, before: { disk_format: "vmdk", name: "a" } })).toStrictEqual([]);
  },
);
