import { qemuName } from "../../../lib/content/inspection/qemu-names";

test.each([
  ["raw", "raw"],
  ["qcow2", "qcow2"],
  ["qcow", "qcow"],
  ["qed", "qed"],
  ["vmdk", "vmdk"],
  ["vdi", "vdi"],
  ["vhd", "vpc"],
  ["vhdx", "vhdx"],
  ["ploop", "parallels"],
])("qemu-img calls %s %s", (format, name) => {
  expect(qemuName(format)).toBe(name);
});

test.each(["iso", "ova", "ami", "constructor", ""])("qemu-img has no word for %j", (format) => {
  expect(qemuName(format)).toBeUndefined();
});
