import { beginsWith, times, u64le } from "./bytes";
import type { Format } from "./inspection";

/** The older one has a size of 32 bits only. */
const [OLD, NEW] = ["WithoutFreeSpace", "WithouFreSpacExt"];

/** Virtuozzo's format, formerly Parallels'. */
export const PLOOP: Format = {
  name: "ploop",
  matches: ({ head }) => beginsWith(head, OLD) || beginsWith(head, NEW),
  inspect({ head }) {
    const sectors = beginsWith(head, OLD) ? head.readUInt32LE(36) : u64le(head, 36);
    return {
      format: "ploop",
      diskFormat: "ploop",
      virtualSizeBytes: times(sectors, 512),
      details: { version: head.readUInt32LE(16) },
      findings: [],
    };
  },
};
