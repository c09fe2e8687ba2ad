import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const of = (algorithm: string) => (file: string) => createHash(algorithm).update(readFileSync(file)).digest("hex");

export const sha512 = of("sha512");
export const sha256 = of("sha256");
export const md5 = of("md5");
