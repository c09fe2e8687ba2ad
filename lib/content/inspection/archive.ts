import { beginsWith, textAt } from "./bytes";
import { findingIf } from "./finding";
import type { Format } from "./inspection";
import { bytesAt, type Parser } from "./parser";

const BLOCK_BYTES = 512;
/** Appliances have three or four; each costs one range. */
const MAX_MEMBERS = 16;

/** The types of members that are files: none, `0` and `7`. */
const FILES = [0, 0x30, 0x37];

interface Member {
  readonly name: string;
  /** And no link, nor what says more of the next member. */
  readonly isFile: boolean;
  readonly offset: number;
  readonly sizeBytes: number;
}

/** A tar archive: an appliance when its first member is an OVF description. */
export const ARCHIVE: Format = {
  name: "tar",
  matches: ({ head }) => beginsWith(head, "ustar", 257),
  *inspect() {
    const members = yield* membersOf();
    const isOva = /\.ovf$/i.test(members[0]?.name ?? "");
    const disk = members.find(({ name, isFile }) => isFile && !/\.(ovf|mf|cert|xml)$/i.test(name));
    return {
      format: isOva ? "ova" : "tar",
      details: { members: members.map(({ name }) => name), ...(isOva && disk ? { disk: disk.name } : {}) },
      findings: findingIf(
        !isOva,
        "NotAnImage",
        "is a tar archive and no appliance, whose first member would be an OVF description",
      ),
      inside: isOva ? disk : undefined,
    };
  },
};

function* membersOf(): Parser<Member[]> {
  const members: Member[] = [];
  let at = 0;
  while (members.length < MAX_MEMBERS) {
    const header = yield* bytesAt(at, BLOCK_BYTES);
    const sizeBytes = numberAt(header);
    if (!beginsWith(header, "ustar", 257) || sizeBytes === undefined) break;
    members.push({ name: nameAt(header), isFile: FILES.includes(header[156]), offset: at + BLOCK_BYTES, sizeBytes });
    at += BLOCK_BYTES + Math.ceil(sizeBytes / BLOCK_BYTES) * BLOCK_BYTES;
  }
  return members;
}

/** A name may be in two parts; in GNU's own archives other things stand in place of the first. */
function nameAt(header: Buffer): string {
  const folder = beginsWith(header, "ustar\0", 257) ? textAt(header, 345, 155) : "";
  const name = textAt(header, 0, 100);
  return folder === "" ? name : `${folder}/${name}`;
}

/** The size: octal digits, or above 8 GiB a binary number with its highest bit set. */
function numberAt(header: Buffer): number | undefined {
  const isBinary = header[124] === 0x80;
  const size = isBinary ? Number(header.readBigUInt64BE(128)) : Number.parseInt(textAt(header, 124, 12), 8);
  return Number.isSafeInteger(size) && size >= 0 ? size : undefined;
}
