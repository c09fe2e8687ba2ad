import { type LookupAddress, lookup } from "node:dns";
import { type ClientRequest, type IncomingMessage, type OutgoingHttpHeaders, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction, Socket } from "node:net";
import { connect } from "node:tls";
import { addressOf } from "./address";
import { proxyFor } from "./proxy";

/** What a request needs besides its URL. */
export interface Way {
  readonly env: NodeJS.ProcessEnv;
  /** Ends the request and its answer. */
  readonly signal: AbortSignal;
  /** Whether an address may be connected to. */
  allows(address: string): boolean;
}

/**
 * Asks for a URL, through the environment's proxy if there is one, and returns the answer before its body. Follows no redirect.
 * Each request has a connection of its own (`agent: false`): one that is kept from an earlier request was looked up for that one.
 */
export async function get(url: URL, headers: OutgoingHttpHeaders, way: Way): Promise<IncomingMessage> {
  const { signal } = way;
  const proxy = proxyFor(url, way.env);
  // what is an address already is not looked up, and with a proxy nothing is
  const address = proxy ? addressIn(url) : addressOf(url);
  if (address !== undefined && !way.allows(address)) throw refused(url.hostname);
  const method = "GET";
  if (proxy === undefined)
    return answer(requestOf(url)(url, { method, headers, signal, agent: false, lookup: lookupAllowed(way) }));
  if (url.protocol === "https:") {
    const socket = await tunnel(url, proxy, signal);
    return answer(requestHttps(url, { method, headers, signal, createConnection: () => socket }));
  }
  const { username, password } = url;
  const sent = {
    ...headers,
    host: url.host,
    ...authorization("authorization", { username, password }),
    ...proxyHeaders(proxy),
  };
  return answer(requestOf(proxy)(proxy, { method, headers: sent, signal, agent: false, path: bare(url) }));
}

function requestOf({ protocol }: URL): typeof requestHttp {
  return protocol === "https:" ? requestHttps : requestHttp;
}

/** Answers behind whose end more came. */
const OVERRUN = new WeakSet<IncomingMessage>();

/** Whether the server sent more than it promised, as far as Node sees that: it does when the surplus comes together with the end. */
export function isOverrun(response: IncomingMessage): boolean {
  return OVERRUN.has(response);
}

function answer(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    let response: IncomingMessage | undefined;
    request
      .once("response", (first) => {
        response = first;
        resolve(first);
      })
      .on("error", (error: NodeJS.ErrnoException) => {
        if (response?.complete && error.code?.startsWith("HPE_")) OVERRUN.add(response);
        reject(error);
      })
      .end();
  });
}

/** The address that a URL itself gives; the name `localhost` is as good as one. */
export function addressIn(url: URL): string | undefined {
  return addressOf(url) ?? (/(^|\.)localhost\.?$/.test(url.hostname) ? "127.0.0.1" : undefined);
}

/** A lookup that looks at what it found, so that no name leads where no address may. */
function lookupAllowed(way: Way): LookupFunction {
  return (hostname, options, callback) =>
    lookup(hostname, options, (error, found: string | LookupAddress[], family?: number) => {
      const addresses = typeof found === "string" ? [found] : (found ?? []).map(({ address }) => address);
      const isRefused = !error && addresses.some((address) => !way.allows(address));
      callback(isRefused ? refused(hostname) : error, found, family);
    });
}

function refused(host: string): Error {
  return new Error(
    `redirects from the Internet to ${host}, which is an address of this network; give that URL itself if you mean it`,
  );
}

/** A connection through a proxy, encrypted to its end. */
async function tunnel(url: URL, proxy: URL, signal: AbortSignal): Promise<Socket> {
  const target = `${url.hostname}:${url.port || 443}`;
  const headers = { host: target, ...proxyHeaders(proxy) };
  const socket = await new Promise<Socket>((resolve, reject) => {
    requestOf(proxy)(proxy, { method: "CONNECT", path: target, headers, signal, agent: false })
      .once("error", reject)
      .once("connect", ({ statusCode }: IncomingMessage, connection: Socket) => {
        if (statusCode === 200) return resolve(connection);
        connection.destroy();
        reject(new Error(`the proxy ${proxy.host} answers ${statusCode} for ${target}`));
      })
      .end();
  });
  return connect({ socket, servername: addressOf(url) === undefined ? url.hostname : undefined });
}

function proxyHeaders(proxy: URL): OutgoingHttpHeaders {
  return authorization("proxy-authorization", proxy);
}

function authorization(name: string, { username, password }: Pick<URL, "username" | "password">): OutgoingHttpHeaders {
  if (username === "") return {};
  const secret = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { [name]: `Basic ${Buffer.from(secret).toString("base64")}` };
}

/** A URL as it is asked of a proxy: without a password and a fragment. */
function bare(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}${url.search}`;
}
