import { type Finding, finding } from "./inspection/finding";
import { inspect } from "./inspection/inspect";
import type { Inspection } from "./inspection/inspection";
import { parse, type Range } from "./inspection/parser";

/** What every format has its headers in, but for the odd vhdx and the far members of an appliance. */
const HEAD_BYTES = 4 * 1024 * 1024;
/** What is kept on both sides of what a parser asks for: one member of an appliance ends before a header, and the next one begins behind it. */
const AROUND_BYTES = 64 * 1024;
/** Footers, and room for a range, what is kept around it, and a piece of the stream. */
const TAIL_BYTES = 4 * AROUND_BYTES;

interface Piece {
  readonly offset: number;
  readonly bytes: Buffer;
}

/**
 * The first and last bytes of a stream, and those between that a parser asks for before they come, to inspect it by once it has ended.
 * What is judged is then what was hashed: bytes that are asked for again, by a range, need not be the same.
 */
export class KeptEnds {
  private readonly head = Buffer.alloc(HEAD_BYTES);
  private readonly between: Piece[] = [];
  private readonly tail: Buffer[] = [];
  private tailBytes = 0;
  private sizeBytes = 0;
  /** Goes along with the stream, and says what of it is wanted. */
  private readonly scout = inspect({ headOnly: "the rest is still to come" });
  private wanted = this.scout.next();

  take(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += AROUND_BYTES)
      this.takePart(Buffer.from(bytes.subarray(at, at + AROUND_BYTES)));
  }

  inspection(): Inspection {
    let isMissing = false;
    const inspection = parse(inspect({ sizeBytes: this.sizeBytes }), (range) => {
      const bytes = this.read(range);
      if (bytes === undefined) isMissing = true;
      return bytes ?? Buffer.alloc(0);
    });
    return isMissing ? inPart(inspection) : inspection;
  }

  private takePart(bytes: Buffer): void {
    if (this.sizeBytes < HEAD_BYTES) bytes.copy(this.head, this.sizeBytes);
    this.sizeBytes += bytes.length;
    this.tail.push(bytes);
    this.tailBytes += bytes.length;
    while (this.tailBytes - this.tail[0].length >= TAIL_BYTES) this.tailBytes -= this.tail.shift()?.length ?? 0;
    this.keepWanted();
  }

  private keepWanted(): void {
    while (!this.wanted.done) {
      const { offset, length } = this.wanted.value;
      const from = Math.max(offset - AROUND_BYTES, 0);
      const to = offset + length + AROUND_BYTES;
      if (to > this.sizeBytes) return;
      const bytes = this.read({ offset: from, length: to - from });
      if (bytes) this.between.push({ offset: from, bytes });
      this.wanted = this.scout.next((bytes ?? Buffer.alloc(0)).subarray(offset - from, offset - from + length));
    }
  }

  /** What was kept; undefined when some of it was not. */
  private read({ offset, length }: Range): Buffer | undefined {
    const end = Math.min(offset + length, this.sizeBytes);
    if (end <= HEAD_BYTES) return this.head.subarray(offset, end);
    const tail = { offset: this.sizeBytes - this.tailBytes, bytes: Buffer.concat(this.tail) };
    const piece = [tail, ...this.between].find(
      (each) => each.offset <= offset && end <= each.offset + each.bytes.length,
    );
    return piece?.bytes.subarray(offset - piece.offset, end - piece.offset);
  }
}

/** A judgement for which some bytes were not kept: of those nothing can be missed. */
function inPart({ inside, ...outer }: Inspection): Inspection {
  const note = finding(
    "HeadOnly",
    "was judged without some of the bytes that it refers to, which were not kept while it was read; openstack-images inspect reads them",
  );
  return {
    ...outer,
    findings: [...withoutMissed(outer), note],
    ...(inside ? { inside: { ...inside, findings: withoutMissed(inside) } } : {}),
  };
}

function withoutMissed({ findings }: Inspection): Finding[] {
  return findings.filter(({ code }) => code !== "Truncated");
}
