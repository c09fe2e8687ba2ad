import { listed, namesOf, say } from "../message";
import { propertyChanges } from "../properties";
import type { Rule } from "../rule";
import { IMAGE } from "../subject";

/** Properties that Nova looks at to choose a host, and to make the machine. */
const OF_BOOT = /^(hw_|trait:|os_secure_boot$|os_require_quiesce$)/;

export const BOOT_PROPERTY_CHANGED: Rule = {
  id: "OSI-IMG-025",
  name: "BootPropertyChanged",
  level: "warn",
  why: "Nova builds the machine by these properties. A server that boots from the image with others may find no disk, no network or no host; those that are there keep theirs until they are rebuilt.",
  example: "The property `hw_disk_bus` goes from virtio to scsi.",
  fix: "boot a server from a copy of the image with the new properties first, or publish them with the next build",
  types: [IMAGE],
  of: "change",
  check(image) {
    if (image.action !== "update") return [];
    const changes = propertyChanges(image).filter(({ key }) => OF_BOOT.test(key));
    if (changes.length === 0) return [];
    const told = listed(changes.map(({ key, kind }) => say`${namesOf([key])} (${[kind]})`));
    return [{ message: say`servers that boot from it from now on get another machine: ${told}` }];
  },
};
