import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const VENV = join(__dirname, "../../../../.cache/oslo-utils");
const LOCK = join(__dirname, "requirements.txt");

/** What an oracle says of a file. */
export interface Verdict {
  readonly formats: readonly string[];
  readonly virtualSizeBytes: number | null;
  /** Only oslo.utils judges. */
  readonly safe?: boolean;
  readonly reason?: string;
}

/** What makes the files, and the packages of Debian that have it. */
const TOOLS = {
  "qemu-img": "qemu-utils",
  genisoimage: "genisoimage",
  bzip2: "bzip2",
  xz: "xz-utils",
  lzma: "xz-utils",
  zip: "zip",
  zstd: "zstd",
};

/** Why the files cannot be made and qemu-img not be asked; undefined when they can. */
export function whyNoQemuImg(): string | undefined {
  const missing = Object.entries(TOOLS).filter(([tool]) => spawnSync(tool, ["--version"]).error);
  const names = missing.map(([tool, debian]) => `${tool} (Debian: ${debian})`);
  return names.length > 0 ? `not installed: ${names.join(", ")}` : undefined;
}

/** Why oslo.utils cannot be asked; undefined when it can. Installs it on the first call, by a lock with hashes. */
export function whyNoOslo(): string | undefined {
  const mark = join(VENV, "done");
  const wanted = createHash("sha256").update(readFileSync(LOCK)).digest("hex");
  if (existsSync(mark) && readFileSync(mark, "utf8") === wanted) return undefined;
  rmSync(VENV, { recursive: true, force: true });
  const steps: [string, string[]][] = [
    ["python3", ["-m", "venv", VENV]],
    [join(VENV, "bin/pip"), ["install", "--quiet", "--require-hashes", "--requirement", LOCK]],
  ];
  for (const [command, words] of steps) {
    const { status, stderr } = spawnSync(command, words, { encoding: "utf8", timeout: 300_000 });
    if (status !== 0) return `oslo.utils cannot be installed: ${stderr?.trim().split("\n").at(-1) ?? `no ${command}`}`;
  }
  writeFileSync(mark, wanted);
  return undefined;
}

export function askOslo(paths: readonly string[]): Verdict[] {
  const script = join(__dirname, "oslo.py");
  return JSON.parse(
    execFileSync(join(VENV, "bin/python"), [script], { input: JSON.stringify(paths), encoding: "utf8" }),
  );
}

/** A file that qemu-img refuses has no format. */
export function askQemu(path: string): Verdict {
  const { status, stdout, stderr } = spawnSync("qemu-img", ["info", "--output=json", path], { encoding: "utf8" });
  if (status !== 0) return { formats: [], virtualSizeBytes: null, reason: stderr.trim() };
  const info = JSON.parse(stdout);
  return { formats: [info.format], virtualSizeBytes: info["virtual-size"] };
}
