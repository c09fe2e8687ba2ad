import { beginsWith, textAt, times, u64be } from "./bytes";
import { finding, findingIf } from "./finding";
import type { Format } from "./inspection";

const SECTOR_BYTES = 512;
/** Version 2 has its metadata as JSON behind the first 4 KiB. */
const JSON_AT = 4096;

/** Linux's encryption. Glance has no word for it; what a cloud encrypts itself it stores as raw. */
export const LUKS: Format = {
  name: "luks",
  matches: ({ head }) => beginsWith(head, "LUKS\xba\xbe"),
  inspect({ head, sizeBytes }) {
    const version = head.readUInt16BE(6);
    const payloadAt = version === 1 ? times(head.readUInt32BE(104), SECTOR_BYTES) : payloadOf(head);
    const virtualSize = (sizeBytes ?? Number.NaN) - payloadAt;
    return {
      format: "luks",
      diskFormat: "raw",
      virtualSizeBytes: virtualSize >= 0 ? virtualSize : undefined,
      details: { version, ...(version === 1 ? { cipher: `${textAt(head, 8, 32)}-${textAt(head, 40, 32)}` } : {}) },
      findings: [
        ...findingIf(
          version !== 1,
          "UnknownVersion",
          `version ${version} of LUKS is none that a cloud looks into; version 1 is`,
        ),
        ...findingIf(virtualSize < 0, "Truncated", "ends before its data begins: a broken download or copy"),
        finding("Encrypted", "is encrypted (luks): a server boots from it only with the key"),
      ],
    };
  },
};

/** Where the data of version 2 begins; not a number when the JSON does not say it. */
function payloadOf(head: Buffer): number {
  const end = Math.min(u64be(head, 8), head.length);
  try {
    const offset = Number(JSON.parse(textAt(head, JSON_AT, Math.max(end - JSON_AT, 0))).segments["0"].offset);
    return Number.isSafeInteger(offset) && offset >= 0 ? offset : Number.NaN;
  } catch {
    return Number.NaN;
  }
}
