import { beginsWith, textAt, u64le } from "./bytes";
import { backingFinding, finding } from "./finding";
import { type Format, present } from "./inspection";
import { bytesAt } from "./parser";

const HAS_BACKING = 1n;

/** QEMU's enhanced disk format, long given up. */
export const QED: Format = {
  name: "qed",
  matches: ({ head }) => beginsWith(head, "QED\0"),
  *inspect({ head }) {
    let backingFile: string | undefined;
    if (head.readBigUInt64LE(16) & HAS_BACKING) {
      const length = Math.min(head.readUInt32LE(60), 1023);
      backingFile = textAt(yield* bytesAt(head.readUInt32LE(56), length), 0, length);
    }
    return {
      format: "qed",
      virtualSizeBytes: u64le(head, 48),
      details: { clusterSizeBytes: head.readUInt32LE(4), ...present({ backingFile }) },
      findings: [finding("FormatRefused", "qed is taken by no cloud; convert it"), ...backingFinding(backingFile)],
    };
  },
};
