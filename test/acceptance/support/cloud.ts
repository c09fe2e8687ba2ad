import { execFileSync } from "node:child_process";

/** The environment of every command: the caller's, without a Terraform configuration that names a file which is not there. */
export function environment(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const { TF_CLI_CONFIG_FILE: _dropped, ...rest } = process.env;
  return { ...rest, CHECKPOINT_DISABLE: "1", ...extra };
}

/** Stops the suite with what is missing, where there is no cloud to run on. */
export function requireCloud(): void {
  const missing = ["CLOUD", "OS_CLIENT_CONFIG_FILE"].filter((name) => !process.env[name]);
  if (missing.length > 0) {
    throw new Error(
      `no cloud: ${missing.join(" and ")} not set; start one and source its env.sh (see CONTRIBUTING, Acceptance)`,
    );
  }
}

/** What the `openstack` command answers, as the user of a cloud of clouds.yaml. */
export function openstack<T = Record<string, unknown>>(cloud: string, ...words: string[]): T {
  return JSON.parse(run("openstack", ["--os-cloud", cloud, ...words, "-f", "json"]));
}

/** Runs an `openstack` command that answers nothing. */
export function openstackDo(cloud: string, ...words: string[]): void {
  run("openstack", ["--os-cloud", cloud, ...words]);
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

/** The last line of a console that is not empty. */
export function lastLine(log: string): string {
  return log.trim().split(/\r?\n/).at(-1) ?? "";
}

/** Writes a marker into a part of the root disk that no file system uses; the server is off meanwhile. */
export function markRootDisk(cloud: string, serverId: string): void {
  openstackDo(cloud, "server", "stop", serverId);
  waitForStatus(cloud, serverId, "SHUTOFF");
  run("qemu-io", ["-f", "qcow2", "-c", `write -P 0xab ${MARKER_AT} 512`, rootDisk(serverId)]);
  openstackDo(cloud, "server", "start", serverId);
  waitForStatus(cloud, serverId, "ACTIVE");
}

/** Whether the marker is on the root disk. */
export function hasMarker(serverId: string): boolean {
  const answer = run("qemu-io", ["-r", "-U", "-f", "qcow2", "-c", `read -P 0xab ${MARKER_AT} 512`, rootDisk(serverId)]);
  return !answer.includes("Pattern verification failed");
}

const MARKER_AT = "700M";

function rootDisk(serverId: string): string {
  return `${process.env.CLOUD}/data/nova/instances/${serverId}/disk`;
}

function waitForStatus(cloud: string, serverId: string, status: string): void {
  for (let attempt = 0; attempt < 40; attempt++) {
    if (openstack<{ status: string }>(cloud, "server", "show", serverId).status === status) return;
  }
  throw new Error(`server ${serverId} never became ${status}`);
}

/** Runs a command and gives what it printed; an error shows all of it. */
export function run(command: string, words: string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): string {
  try {
    return execFileSync(command, words, {
      encoding: "utf8",
      env: environment(),
      maxBuffer: 64 * 1024 * 1024,
      stdio: ["ignore", "pipe", "pipe"],
      ...options,
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    // the CLI of OpenStack answers 2 on a console that is not there yet, qemu-io 1 on a pattern that differs
    if (command === "qemu-io" && stdout) return stdout;
    throw new Error(`${command} ${words.join(" ")}\n${stdout ?? ""}\n${stderr ?? ""}`);
  }
}
