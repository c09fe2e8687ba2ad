import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { type Answer, warmOpenstack } from "./warm-openstack";

const CONTENTS = join(__dirname, "../../cloud/contents.py");

/** The environment of every command: that of the run, which run.js has cleared of what is none of the suites'. */
export function environment(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  return { ...process.env, ...extra };
}

/** What is in any project besides what the cloud was seeded with; a line for each. */
export function leftovers(): string[] {
  const home = process.env.CLOUD ?? "";
  const words = [CONTENTS, "list", `${home}/data/seeded.json`, process.env.CLOUD_PROFILE ?? "full"];
  const found: { kind: string; id: string; name: string }[] = JSON.parse(run(`${home}/venv/bin/python`, words));
  return found.map(({ kind, id, name }) => `${kind} ${name} (${id})`);
}

/** What the `openstack` command answers, as the user of a cloud of clouds.yaml. */
export function openstack<T = Record<string, unknown>>(cloud: string, ...words: string[]): T {
  return JSON.parse(run("openstack", ["--os-cloud", cloud, ...words, "-f", "json"]));
}

/** Runs an `openstack` command that answers nothing. */
export function openstackDo(cloud: string, ...words: string[]): void {
  run("openstack", ["--os-cloud", cloud, ...words]);
}

/** Runs many `openstack` commands of words without spaces in one process, and gives what all printed. One that fails prints nothing. */
export function openstackEach(cloud: string, commands: string[][]): string {
  const input = commands.map((words) => words.join(" ")).join("\n");
  return run("openstack", [], { env: environment({ OS_CLOUD: cloud }), input });
}

/** Makes Glance forget the images that were deleted, so that their ids can be given again. */
export function forgetDeletedImages(): void {
  const config = `${process.env.CLOUD}/etc/glance-api.conf`;
  for (const what of ["purge", "purge_images_table"]) {
    run("glance-manage", ["--config-file", config, "db", what, "--age_in_days", "0", "--max_rows", "10000"]);
  }
}

/** The id of a project, asked for as the administrator. */
export function projectId(name: string): string {
  return openstack<{ id: string }>("admin", "project", "show", name).id;
}

/** The server's console, once it shows the text. */
export async function consoleWith(cloud: string, serverId: string, text: string): Promise<string> {
  for (let attempt = 0; attempt < 40; attempt++) {
    const log = run("openstack", ["--os-cloud", cloud, "console", "log", "show", serverId]);
    if (log.includes(text)) return log;
    await new Promise((done) => setTimeout(done, 1500));
  }
  throw new Error(`the console of ${serverId} never showed ${text}`);
}

/** Waits until the consoles of all servers show their texts; the servers go by name. */
export async function consolesWith(cloud: string, texts: Record<string, string>): Promise<void> {
  let missing = Object.entries(texts);
  for (let attempt = 0; attempt < 20; attempt++) {
    const logs = openstackEach(
      cloud,
      missing.map(([server]) => ["console", "log", "show", server]),
    );
    missing = missing.filter(([, text]) => !logs.includes(text));
    if (missing.length === 0) return;
    await new Promise((done) => setTimeout(done, 1500));
  }
  throw new Error(`consoles never showed ${missing.map(([server, text]) => `${text} (${server})`).join(", ")}`);
}

/** The last line of a console that is not empty. */
export function lastLine(log: string): string {
  return log.trim().split(/\r?\n/).at(-1) ?? "";
}

/** Writes a marker into a part of the root disk that no file system uses; the server is off meanwhile. */
export function markRootDisk(cloud: string, serverId: string): void {
  markDisks(cloud, serverId, [ownDisk(serverId)]);
}

/** Whether the marker is on the root disk. */
export function hasMarker(serverId: string): boolean {
  return isMarked(ownDisk(serverId));
}

/** A disk as a file. */
export interface DiskFile {
  readonly file: string;
  readonly format: "qcow2" | "raw";
}

/** A disk that Nova keeps for a server: `disk`, `disk.eph0`, `disk.swap`. */
export function ownDisk(serverId: string, name = "disk"): DiskFile {
  return { file: `${process.env.CLOUD}/data/nova/instances/${serverId}/${name}`, format: "qcow2" };
}

/** A volume, as it lies in Cinder's share. */
export function volumeDisk(volumeId: string): DiskFile {
  return { file: `${process.env.CLOUD}/data/cinder/export/volume-${volumeId}`, format: "raw" };
}

/** Writes a marker where the guest does not look; the server is off meanwhile. */
export function markDisks(cloud: string, serverId: string, disks: DiskFile[]): void {
  openstackDo(cloud, "server", "stop", serverId);
  waitForStatus(cloud, serverId, "SHUTOFF");
  for (const { file, format } of disks) run("qemu-io", ["-f", format, "-c", `write -P 0xab ${MARKER_AT} 512`, file]);
  openstackDo(cloud, "server", "start", serverId);
  waitForStatus(cloud, serverId, "ACTIVE");
}

/** Whether the marker is on the disk. */
export function isMarked({ file, format }: DiskFile): boolean {
  const answer = run("qemu-io", ["-r", "-U", "-f", format, "-c", `read -P 0xab ${MARKER_AT} 512`, file]);
  return !answer.includes("Pattern verification failed");
}

/** Behind the image and the tables of file systems, and within the smallest disk. */
const MARKER_AT = "40M";

function waitForStatus(cloud: string, serverId: string, status: string): void {
  for (let attempt = 0; attempt < 40; attempt++) {
    if (openstack<{ status: string }>(cloud, "server", "show", serverId).status === status) return;
  }
  throw new Error(`server ${serverId} never became ${status}`);
}

interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
}

/** Runs a command and gives what it printed; an error shows all of it. */
export function run(command: string, words: string[], options: RunOptions = {}): string {
  const { code, stdout, stderr } = finished(command, words, options);
  // `openstack` ends with 2 on a console that is not there yet and with 1 after many commands, qemu-io with 1 on a pattern that differs
  const maySayNo = (command === "qemu-io" || options.input !== undefined) && stdout;
  if (code !== 0 && !maySayNo) throw new Error(`${command} ${words.join(" ")}\n${stdout}\n${stderr}`);
  return stdout;
}

function finished(command: string, words: string[], { cwd, env = environment(), input }: RunOptions): Answer {
  const warm = process.env.WARM_OPENSTACK;
  if (command === "openstack" && warm) return warmOpenstack(warm, words, env, input);
  const { status, stdout, stderr, error } = spawnSync(command, words, {
    cwd,
    encoding: "utf8",
    env,
    input,
    maxBuffer: 64 * 1024 * 1024,
    stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
  });
  return { code: status ?? 1, stdout: stdout ?? "", stderr: error?.message ?? stderr };
}
