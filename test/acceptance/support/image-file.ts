import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { run } from "./cloud";

const MAKE_IMAGE = join(__dirname, "../../../examples/make-image.js");

/** Writes a disk that boots and says the text on its console; qcow2 when the name ends so, raw otherwise. Returns its SHA-512. */
export function imageFile(file: string, text: string): string {
  if (file.endsWith(".raw")) {
    run(process.execPath, [MAKE_IMAGE, file, text]);
  } else {
    run(process.execPath, [MAKE_IMAGE, `${file}.raw`, text]);
    run("qemu-img", ["convert", "-O", "qcow2", `${file}.raw`, file]);
    rmSync(`${file}.raw`);
  }
  return createHash("sha512").update(readFileSync(file)).digest("hex");
}
