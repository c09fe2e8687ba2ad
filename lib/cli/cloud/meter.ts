import { bytesShown } from "../bytes-shown";

/** Shows on a terminal how far something is; says nothing elsewhere, so that logs stay the same. */
export class Meter {
  private last = "";

  /** @param totalBytes none where it is not known */
  constructor(
    private readonly verb: string,
    private readonly totalBytes?: number,
    private readonly output: NodeJS.WriteStream = process.stderr,
  ) {}

  show(bytes: number): void {
    if (this.output.isTTY !== true) return;
    const text = this.totalBytes
      ? `${this.verb} ${Math.floor((100 * bytes) / this.totalBytes)} % of ${bytesShown(this.totalBytes)}`
      : `${this.verb} ${bytesShown(bytes)}`;
    if (text === this.last) return;
    this.output.write(`\r${text.padEnd(this.last.length)}`);
    this.last = text;
  }

  end(): void {
    if (this.last !== "") this.output.write("\n");
    this.last = "";
  }
}
