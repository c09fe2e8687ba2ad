const GIB = 1024 ** 3;

/** Shows on a terminal how far the reading of a large file is; says nothing elsewhere, so that logs stay the same. */
export class Progress {
  private done = 0;
  private percent = -1;
  private readonly shows: boolean;

  constructor(
    private readonly name: string,
    private readonly totalBytes: number,
    private readonly output: NodeJS.WriteStream = process.stderr,
  ) {
    this.shows = totalBytes > GIB && output.isTTY === true;
  }

  advance(bytes: number): void {
    this.done += bytes;
    const percent = Math.floor((100 * this.done) / this.totalBytes);
    if (!this.shows || percent === this.percent) return;
    this.percent = percent;
    this.output.write(`\rreading ${this.name} (${(this.totalBytes / GIB).toFixed(1)} GiB): ${percent} %`);
  }

  end(): void {
    if (this.shows) this.output.write("\n");
  }
}
