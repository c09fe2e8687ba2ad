import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { raw } from "../content/inspection/contents";
import { COMMAND } from "./command";
import { newForEachTest } from "./lock/harness";

const { app } = newForEachTest();
beforeEach(() => {
  writeFileSync(join(app.folder, "disk.raw"), raw());
  app.declare({ kind: "file", source: join(app.folder, "disk.raw") });
});

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
    const { stdout, stderr } = spawnSync("sh", ["-c", script, "sh", process.execPath, ...COMMAND], {
      cwd: app.folder,
      env: {
        ...process.env,
        TMPDIR: app.temp,
        DISABLE_V8_COMPILE_CACHE: "1",
      },
      encoding: "utf8",
    });
    expect({ stdout, stderr, left: app.left }).toStrictEqual({ stdout: `${code}\n`, stderr: "", left: [] });
  },
  60_000,
);
