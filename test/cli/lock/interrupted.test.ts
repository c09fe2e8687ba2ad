import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { COMMAND, until } from "../command";
import { file } from "../http/server";
import { newForEachTest } from "./harness";

const { server, app } = newForEachTest();
beforeEach(async () => {
  // what is locked before
  server.answers["/a.img"] = file(randomBytes(1000));
  app.declare({ source: server.url("/a.img") });
  await app.run();
});

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function started(command: string, words: string[]): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(command, words, {
    cwd: app.folder,
    env: { ...process.env, TMPDIR: app.temp, DISABLE_V8_COMPILE_CACHE: "1" },
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (text) => {
    stdout += text;
  });
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  return { child, ended: new Promise((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr }))) };
}

const parts = (folder: string) => readdirSync(folder).filter((name) => name.endsWith(".part"));

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const)(
  "%s in the middle of a download leaves the lock file as it was and no file behind",
  async (signal, code) => {
    const before = readFileSync(app.lockFile, "utf8");
    const mirror = join(app.folder, "mirror");
    app.declare({ source: server.url("/a.img") }, { source: server.url("/slow.img"), raw: true });
    const running = new Promise<void>((resolve) => {
      server.answers["/slow.img"] = (_, response) => {
        response.writeHead(200, { "content-length": 1e9 });
        response.write(randomBytes(200_000), () => resolve());
      };
    });
    const { child, ended } = started(process.execPath, [
      ...COMMAND,
      "lock",
      "--stacks",
      "cdktf.out",
      "--mirror-to",
      mirror,
    ]);
    await running;
    expect(readdirSync(app.temp)).not.toStrictEqual([]);
    // until the other one is read
    await until(() => parts(mirror).length === 1);
    child.kill(signal);
    child.kill(signal);
    expect(await ended).toMatchObject({ code, stdout: "" });
    expect((await ended).stderr).toMatch(/\ninterrupted: images\.lock\.json is as it was\n$/);
    expect(readFileSync(app.lockFile, "utf8")).toBe(before);
    expect(app.left).toStrictEqual([]);
    expect(readdirSync(mirror).filter((name) => !/^[0-9a-f]{128}$/.test(name))).toStrictEqual([]);
  },
  60_000,
);

test("SIGINT while the app runs ends it and what it started", async () => {
  const pids = join(app.folder, "pids");
  writeFileSync(join(app.folder, "cdktf.json"), JSON.stringify({ app: `sleep 1000 & echo $$ $! > ${pids}; wait` }));
  const { child, ended } = started(process.execPath, [...COMMAND, "lock"]);
  await until(() => existsSync(pids) && readFileSync(pids, "utf8").endsWith("\n"));
  child.kill("SIGINT");
  expect((await ended).code).toBe(130);
  const alive = readFileSync(pids, "utf8")
    .trim()
    .split(" ")
    .filter((pid) => {
      const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", pid], { encoding: "utf8" });
      return stdout.trim() !== "" && !stdout.startsWith("Z");
    });
  expect(alive).toStrictEqual([]);
  expect(app.left).toStrictEqual([]);
}, 60_000);

const canMount = spawnSync("unshare", ["-rm", "true"]).status === 0;
(canMount ? test : test.skip)(
  `a full disk is said so, and leaves the lock file as it was${canMount ? "" : " (skipped: unshare -rm does not work here)"}`,
  async () => {
    const before = readFileSync(app.lockFile, "utf8");
    server.answers["/large.img"] = file(randomBytes(3_000_000));
    app.declare({ source: server.url("/a.img") }, { source: server.url("/large.img") });
    const small = join(app.folder, "small");
    const script = `mkdir ${small} && mount -t tmpfs -o size=2m none ${small} && "$@"; code=$?; ls -A ${small}; exit $code`;
    const command = [process.execPath, ...COMMAND, "lock", "--stacks", "cdktf.out", "--mirror-to", join(small, "m")];
    const { ended } = started("unshare", ["-rm", "sh", "-c", script, "sh", ...command]);
    const { code, stdout, stderr } = await ended;
    expect({ code, stdout }).toStrictEqual({ code: 1, stdout: "m\n" });
    expect(stderr).toContain(
      `${server.url("/large.img")}: the disk is full (ENOSPC: no space left on device, write); nothing of it was kept: make room, or let TMPDIR or --mirror-to name a larger place\n`,
    );
    expect(readFileSync(app.lockFile, "utf8")).toBe(before);
    expect(app.left).toStrictEqual([]);
  },
  60_000,
);
