import { u64le } from "./bytes";
import { backingFinding, findingIf } from "./finding";
import type { Format } from "./inspection";

const MAGIC = 0xbeda107f;
const VERSION = 0x00010001;
const TYPES: Record<number, string> = { 1: "dynamic", 2: "static", 3: "undo", 4: "differencing" };

/** VirtualBox's format. */
export const VDI: Format = {
  name: "vdi",
  matches: ({ head }) => head.readUInt32LE(64) === MAGIC,
  inspect({ head }) {
    const [version, type] = [head.readUInt32LE(68), head.readUInt32LE(76)];
    // the ids of the disk that this one continues
    const hasParent = type > 2 || head.subarray(424, 456).some((byte) => byte !== 0);
    return {
      format: "vdi",
      diskFormat: "vdi",
      virtualSizeBytes: u64le(head, 368),
      details: { subformat: TYPES[type] ?? `unknown (${type})`, blockSizeBytes: head.readUInt32LE(376) },
      findings: [
        ...findingIf(
          version !== VERSION,
          "UnknownVersion",
          `version ${version >>> 16}.${version & 0xffff} of vdi is none that a cloud knows`,
        ),
        ...backingFinding(hasParent ? "" : undefined),
      ],
    };
  },
};
