import { inspect } from "./inspection/inspect";
import type { Inspection } from "./inspection/inspection";
import { parse, type Range } from "./inspection/parser";

/** What every format has its headers in, but for the odd vhdx and the far members of an appliance. */
const HEAD_BYTES = 4 * 1024 * 1024;
/** Footers, and what may lie behind them in an appliance. */
const TAIL_BYTES = 64 * 1024;

/**
 * The first and last bytes of a stream, to inspect it by once it has ended. What is judged is then what was hashed: bytes that are asked
 * for again, by a range, need not be the same. Where a parser wants others, the judgement is by the first bytes alone.
 */
export class KeptEnds {
  private readonly heads: Buffer[] = [];
  private headBytes = 0;
  private tail = Buffer.alloc(0);
  private sizeBytes = 0;

  take(bytes: Uint8Array): void {
    this.sizeBytes += bytes.length;
    if (this.headBytes < HEAD_BYTES) {
      const part = Buffer.from(bytes.subarray(0, HEAD_BYTES - this.headBytes));
      this.heads.push(part);
      this.headBytes += part.length;
    }
    this.tail = Buffer.concat([this.tail, bytes.subarray(-TAIL_BYTES)]).subarray(-TAIL_BYTES);
  }

  inspection(): Inspection {
    const head = Buffer.concat(this.heads);
    const tailAt = this.sizeBytes - this.tail.length;
    let isMissing = false;
    const read = ({ offset, length }: Range) => {
      const end = Math.min(offset + length, this.sizeBytes);
      if (end <= head.length) return head.subarray(offset, end);
      if (offset >= tailAt) return this.tail.subarray(offset - tailAt, end - tailAt);
      isMissing = true;
      return Buffer.alloc(0);
    };
    const inspection = parse(inspect({ sizeBytes: this.sizeBytes }), read);
    if (!isMissing) return inspection;
    const content = { sizeBytes: this.sizeBytes, headOnly: "what it refers to was not kept while it was read" };
    return parse(inspect(content), ({ offset, length }) => head.subarray(offset, offset + length));
  }
}
