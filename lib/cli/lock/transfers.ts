import { printable } from "../printable";

const MIB = 1024 ** 2;
const BAR = 20;
const EVERY_MS = 200;

/** One of them, as it goes on. */
export interface Transfer {
  /** It begins, perhaps again. */
  start(totalBytes: number | undefined): void;
  advance(bytes: number): void;
  end(): void;
}

/** Shows what is being read: on a terminal a line for each with a bar, elsewhere a line when it begins. */
export class Transfers {
  private readonly running = new Map<string, { total?: number; done: number }>();
  private shownLines = 0;
  private shownAt = 0;

  constructor(private readonly output: Pick<NodeJS.WriteStream, "isTTY" | "columns" | "write">) {}

  begin(name: string): Transfer {
    const state: { total?: number; done: number } = { done: 0 };
    let isSaid = false;
    return {
      start: (total) => {
        Object.assign(state, { total, done: 0 });
        this.running.set(name, state);
        if (!this.output.isTTY && !isSaid)
          this.output.write(`reading ${printable(name)}${total === undefined ? "" : ` (${size(total)})`}\n`);
        isSaid = true;
        this.show();
      },
      advance: (bytes) => {
        state.done += bytes;
        if (performance.now() - this.shownAt >= EVERY_MS) this.show();
      },
      end: () => {
        this.running.delete(name);
        this.show();
      },
    };
  }

  /** Writes the lines anew, over those that are there. */
  private show(): void {
    if (!this.output.isTTY) return;
    this.shownAt = performance.now();
    const width = (this.output.columns || 80) - 1;
    const lines = [...this.running].map(([name, state]) => line(printable(name), state, width));
    const up = this.shownLines > 0 ? `\x1b[${this.shownLines}A` : "";
    this.output.write(`${up}\r\x1b[J${lines.map((each) => `${each}\n`).join("")}`);
    this.shownLines = lines.length;
  }
}

function line(name: string, { total, done }: { total?: number; done: number }, width: number): string {
  const part = total ? Math.min(done / total, 1) : 0;
  const full = Math.floor(part * BAR);
  const bar = total
    ? `[${"#".repeat(full)}${" ".repeat(BAR - full)}] ${String(Math.floor(part * 100)).padStart(3)} % `
    : "";
  const words = `${bar}${size(done)} `;
  // of a long URL the end tells more
  const space = Math.max(width - words.length, 10);
  return words + (name.length > space ? `...${name.slice(3 - space)}` : name);
}

function size(bytes: number): string {
  return `${(bytes / MIB).toFixed(1)} MiB`;
}
