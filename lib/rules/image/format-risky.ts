import { say } from "../message";
import type { Rule } from "../rule";
import { IMAGE } from "../subject";

const REFUSED = "many clouds refuse it, since such a file can name other files of the hypervisor (CVE-2022-47951)";
const RARE = "many clouds neither take it nor boot from it";
const PART = "it is a kernel, a ramdisk or a disk without them, and boots only with others that its properties name";

/** What speaks against a format. */
const RISKS: ReadonlyMap<string, string> = new Map([
  ["vmdk", REFUSED],
  ["vhd", RARE],
  ["vhdx", RARE],
  ["vdi", RARE],
  ["ploop", RARE],
  ["ami", PART],
  ["aki", PART],
  ["ari", PART],
]);

export const FORMAT_RISKY: Rule = {
  id: "OSI-IMG-016",
  name: "FormatRisky",
  level: "warn",
  why: "Formats of other hypervisors carry descriptors that have been used to read the hypervisor's files, and clouds take only some of them. Amazon's formats are parts of an image.",
  example: "`disk_format = vmdk` of an image that is new.",
  fix: "convert it (qemu-img convert) and declare it qcow2 or raw",
  types: [IMAGE],
  of: "change",
  check(image) {
    if (image.action !== "create" && image.action !== "replace") return [];
    const format = image.after?.text("disk_format") ?? "";
    const risk = RISKS.get(format);
    return risk === undefined ? [] : [{ message: say`its format is ${[format]}: ${[risk]}` }];
  },
};
