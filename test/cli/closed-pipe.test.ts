import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { raw } from "../content/inspection/contents";
import { App } from "./lock/harness";

const ROOT = join(__dirname, "../..");
const COMMAND = [
  process.execPath,
  ...["-r", require.resolve("ts-node/register/transpile-only"), join(ROOT, "lib/cli/main.ts")],
];

let app: App;
beforeEach(() => {
  app = new App();
  writeFileSync(join(app.folder, "disk.raw"), raw());
  app.declare({ kind: "file", source: join(app.folder, "disk.raw") });
});
afterEach(() => app.remove());

test.each([
  ["stdout", "inspect disk.raw", "|", 0],
  ["stdout", "lock --check --stacks cdktf.out", "|", 3],
  ["stdout and stderr", "lock --check --stacks cdktf.out", "2>&1 |", 3],
  ["stdout", "--help", "|", 0],
])(
  "where nobody reads %s, %s ends as ever and leaves nothing",
  (_, words, pipe, code) => {
    // by then the pipe has no reader
    const script = `{ sleep 0.2; "$@" ${words}; echo $? >code; } ${pipe} true; cat code`;
    const { stdout, stderr } = spawnSync("sh", ["-c", script, "sh", ...COMMAND], {
      cwd: app.folder,
      env: {
        ...process.env,
        TMPDIR: app.temp,
        TS_NODE_PROJECT: join(ROOT, "tsconfig.check.json"),
        DISABLE_V8_COMPILE_CACHE: "1",
      },
      encoding: "utf8",
    });
    expect({ stdout, stderr, left: app.left }).toStrictEqual({ stdout: `${code}\n`, stderr: "", left: [] });
  },
  60_000,
);
