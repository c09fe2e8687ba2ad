import { type Message, say } from "./message";

/** A URL without what may be secret: no user, no password, no query, no fragment. */
export function shownUrl(text: string): Message {
  const url = parsedUrl(text);
  if (!url || !/^(https?|ftp):$/.test(url.protocol)) return say`a URL that is not shown`;
  url.username = "";
  url.password = "";
  // of a password with a slash in it, a part would be taken for the host or the path
  if (url.href.includes("@")) return say`a URL that is not shown`;
  return say`${`${url.protocol}//${url.host}${url.pathname}`}`;
}

/** The URL as programs read it: `http://2130706433/` is `http://127.0.0.1/`. */
export function parsedUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
