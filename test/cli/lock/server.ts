import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Answers one request. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server on loopback that answers by path, as the test says; what it has no answer for is a 404. */
export class LoopbackServer {
  readonly answers: Record<string, Answer> = {};
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

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
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
export function file(bytes: Buffer | string, headers: Record<string, string> = {}): Answer {
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
    const range = `bytes ${from}-${Number(from) + part.length - 1}/${all.length}`;
    response.writeHead(206, { ...headers, "content-range": range, "content-length": part.length }).end(part);
  };
}

export function status(code: number, headers: Record<string, string> = {}): Answer {
  return (_, response) => {
    response.writeHead(code, headers).end("<html>no</html>");
  };
}

/** Each request gets the next answer; the last one stays. */
export function inTurn(...answers: Answer[]): Answer {
  return (request, response) => (answers.length > 1 ? answers.shift() : answers[0])?.(request, response);
}

/** Hangs up after so many bytes of what it promised. */
export function droppedAfter(length: number, bytes: Buffer, headers: Record<string, string> = {}): Answer {
  return (_, response) => {
    response.writeHead(200, { ...headers, "content-length": bytes.length });
    response.write(bytes.subarray(0, length), () => response.destroy());
  };
}
