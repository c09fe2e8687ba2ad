#!/usr/bin/env node
import { run } from "./run";

// who reads may have read enough: the run comes to its end all the same, and removes what it made
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

run(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
