/** The proxy for a URL, by the usual environment variables in either case; undefined when there is none. */
export function proxyFor(url: URL, env: NodeJS.ProcessEnv): URL | undefined {
  const setting = (name: string) => env[name] || env[name.toUpperCase()];
  const proxy = setting(url.protocol === "https:" ? "https_proxy" : "http_proxy") || setting("all_proxy");
  if (!proxy || isExempt(url, setting("no_proxy") ?? "")) return undefined;
  const address = new URL(proxy.includes("://") ? proxy : `http://${proxy}`);
  if (!/^https?:$/.test(address.protocol))
    throw new Error(
      `a proxy must be of http or https, got ${address.protocol}//...; change the environment's proxy, or name the host in NO_PROXY`,
    );
  return address;
}

/** Whether a list of hosts names the URL's, or a domain that it is in. */
function isExempt(url: URL, list: string): boolean {
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => {
      const [, host, onPort] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(entry) ?? [];
      const isHost = entry === "*" || url.hostname === host || (host !== "" && url.hostname.endsWith(`.${host}`));
      return isHost && (onPort === undefined || onPort === port);
    });
}
