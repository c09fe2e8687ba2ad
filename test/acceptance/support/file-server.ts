import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

const SERVE = `
const { createReadStream, existsSync } = require("node:fs");
const { createServer } = require("node:http");
const { join, basename, extname } = require("node:path");
const folder = process.argv[1];
// what a packed file is, as servers say it: the provider goes by that
const types = { ".gz": "application/gzip", ".xz": "application/x-xz" };
createServer((request, response) => {
  const file = join(folder, basename(new URL(request.url, "http://localhost").pathname));
  if (!existsSync(file)) return response.writeHead(404).end();
  if (types[extname(file)]) response.setHeader("Content-Type", types[extname(file)]);
  createReadStream(file).pipe(response);
}).listen(0, "127.0.0.1", function () { console.log(this.address().port); });
`;

/** Serves a folder's files on loopback under any path, from a process of its own: the tests block theirs while Terraform runs. */
export class FileServer {
  static async start(folder: string): Promise<FileServer> {
    const child = spawn(process.execPath, ["-e", SERVE, folder], { stdio: ["ignore", "pipe", "inherit"] });
    const [port] = await once(child.stdout, "data");
    return new FileServer(child, `http://127.0.0.1:${String(port).trim()}`);
  }

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  stop(): void {
    this.child.kill();
  }
}
