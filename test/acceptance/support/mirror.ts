import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

const SERVE = `
const { createReadStream, existsSync } = require("node:fs");
const { createServer } = require("node:http");
const { join, basename } = require("node:path");
const [, folder, credentials, port] = process.argv;
createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, "http://localhost");
  const [, given = ""] = /^Basic (.*)$/.exec(request.headers.authorization ?? "") ?? [];
  const isOpen = !pathname.startsWith("/private/") || Buffer.from(given, "base64").toString() === credentials;
  if (!isOpen) return response.writeHead(401, { "WWW-Authenticate": "Basic" }).end();
  const file = join(folder, basename(pathname));
  if (!existsSync(file)) return response.writeHead(404).end();
  const type = searchParams.get("type");
  const name = searchParams.get("name");
  if (type) response.setHeader("Content-Type", type);
  if (name) response.setHeader("Content-Disposition", 'attachment; filename="' + name + '"');
  createReadStream(file).pipe(response);
}).listen(Number(port), "127.0.0.1", function () { console.log(this.address().port); });
`;

/** Serves a folder's files on loopback under any path, from a process of its own: the tests block theirs while Terraform runs. */
export class Mirror {
  /**
   * @param folder whose files are served
   * @param credentials `user:password`, asked for below `/private/`
   * @param at the port; 0 is any that is free
   */
  static async start(folder: string, credentials = "", at = 0): Promise<Mirror> {
    const child = spawn(process.execPath, ["-e", SERVE, folder, credentials, String(at)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [port] = await once(child.stdout, "data");
    return new Mirror(child, `http://127.0.0.1:${String(port).trim()}`);
  }

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  stop(): void {
    this.child.kill();
  }
}
