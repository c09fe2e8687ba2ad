import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import { shownLocation } from "../file-name";
import { addressIn, get, type Way } from "./get";
import { proxyFor } from "./proxy";

const MAX_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];

/** What every request says: who asks, and that the bytes are wanted as they lie there. */
export const IDENTITY = { "accept-encoding": "identity", "user-agent": "cdktf-openstack-images" };

/** What redirects are followed by. */
export interface Following {
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  isPrivate(address: string): boolean;
}

export interface Followed {
  /** Where the redirects end. */
  readonly url: URL;
  readonly response: IncomingMessage;
  /** How to ask there again. */
  readonly way: Way;
}

/** Asks for a URL and follows redirects. Once on the Internet, they may not lead into the network that this runs in. */
export async function followed(
  start: URL,
  { env, signal, isPrivate }: Following,
  sent: OutgoingHttpHeaders,
): Promise<Followed> {
  let url = start;
  let way: Way = { env, signal, allows: () => true };
  for (let count = 0; count <= MAX_REDIRECTS; count++) {
    const response = await get(url, sent, way);
    const { statusCode = 0, headers } = response;
    if (!REDIRECTS.includes(statusCode) || headers.location === undefined) return { url, response, way };
    // what a proxy connects to is not seen: a name may be one of the Internet
    const address = proxyFor(url, env) ? addressIn(url) : response.socket.remoteAddress;
    if (address === undefined || !isPrivate(address)) way = { env, signal, allows: (next) => !isPrivate(next) };
    response.destroy();
    url = redirected(url, headers.location);
  }
  throw new Error(`redirects more than ${MAX_REDIRECTS} times; give the URL where it ends`);
}

/** Where a redirect leads, if it may. */
function redirected(from: URL, location: string): URL {
  const to = new URL(location, from);
  if (!/^https?:$/.test(to.protocol))
    throw new Error(`redirects to ${to.protocol}, and only http and https are followed`);
  if (from.protocol === "https:" && to.protocol === "http:")
    throw new Error(
      `redirects from ${shownLocation(from.href)} to ${shownLocation(to.href)}, where anybody on the way can change the bytes; give the http URL itself if you mean it`,
    );
  return to;
}
