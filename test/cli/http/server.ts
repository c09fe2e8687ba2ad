import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

const servers: Server[] = [];

/** Starts a server on loopback, and returns its URL without a path. */
export async function serve(listener: RequestListener, host = "127.0.0.1"): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return `http://${host}:${(server.address() as AddressInfo).port}`;
}

/** Ends all that `serve` has started, and whoever is still connected. */
export function stopServers(): void {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
}

/** A server on loopback that answers by path, as the test says; what it has no answer for is a 404. */
export class LoopbackServer {
  answers: Record<string, RequestListener> = {};
  /** What was asked for: the path, and the range if one was. */
  requests: string[] = [];
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      const { range } = request.headers;
      this.requests.push(`${request.url}${range === undefined ? "" : ` ${range}`}`);
      const answer = this.answers[request.url ?? ""];
      if (answer) answer(request, response);
      else response.writeHead(404).end("<html>not found</html>");
    });
  }

  async start(host = "127.0.0.1"): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, host, resolve));
  }

  /** It can be started again, and knows nothing then. */
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    this.answers = {};
    this.requests = [];
  }

  get host(): string {
    const { address, port } = this.server.address() as AddressInfo;
    return `${address}:${port}`;
  }

  url(path: string): string {
    return `http://${this.host}${path}`;
  }
}

/** Bytes as a good server gives them: whole or in ranges. */
export function file(bytes: Buffer | string, headers: Record<string, string> = {}): RequestListener {
  const all = Buffer.from(bytes);
  return (request, response) => {
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "") ?? [];
    const condition = request.headers["if-range"];
    const isAsKnown = condition === undefined || [headers.etag, headers["last-modified"]].includes(String(condition));
    if (from === undefined || !isAsKnown) {
      response.writeHead(200, { ...headers, "content-length": all.length }).end(all);
      return;
    }
    const part = all.subarray(Number(from), to === "" ? undefined : Number(to) + 1);
    if (part.length === 0) {
      response.writeHead(416, { ...headers, "content-range": `bytes */${all.length}` }).end();
      return;
    }
    const range = `bytes ${from}-${Number(from) + part.length - 1}/${all.length}`;
    response.writeHead(206, { ...headers, "content-range": range, "content-length": part.length }).end(part);
  };
}

export function status(code: number, headers: Record<string, string> = {}): RequestListener {
  return (_, response) => {
    response.writeHead(code, headers).end("<html>no</html>");
  };
}

/** Each request gets the next answer; the last one stays. */
export function inTurn(...answers: RequestListener[]): RequestListener {
  return (request, response) => (answers.length > 1 ? answers.shift() : answers[0])?.(request, response);
}

/** Hangs up after so many bytes of what it promised. */
export function droppedAfter(length: number, bytes: Buffer, headers: Record<string, string> = {}): RequestListener {
  return (_, response) => {
    response.writeHead(200, { ...headers, "content-length": bytes.length });
    response.write(bytes.subarray(0, length), () => response.destroy());
  };
}
