import { BlockList, isIP } from "node:net";

/** Networks that are not the Internet: a machine's own, a site's own, and those for a link. */
const PRIVATE = new BlockList();
for (const [network, prefix] of [
  ...([
    ["0.0.0.0", 8],
    ["10.0.0.0", 8],
    ["100.64.0.0", 10],
    ["127.0.0.0", 8],
    ["169.254.0.0", 16],
  ] as const),
  ...([
    ["172.16.0.0", 12],
    ["192.168.0.0", 16],
  ] as const),
] as const)
  PRIVATE.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of [
  ["::", 127],
  ["fc00::", 7],
  ["fe80::", 10],
] as const)
  PRIVATE.addSubnet(network, prefix, "ipv6");
/** An address of version 4 in the clothes of version 6, as Node and URLs write it. */
const MAPPED = /^::ffff:(?:(\d+\.\d+\.\d+\.\d+)|([0-9a-f]{1,4}):([0-9a-f]{1,4}))$/i;

/** Whether an address, as numbers, is not one of the Internet. */
export function isPrivateAddress(address: string): boolean {
  const [, dotted, high, low] = MAPPED.exec(address) ?? [];
  if (dotted !== undefined) return isPrivateAddress(dotted);
  if (high !== undefined) {
    const bytes = Buffer.from(high.padStart(4, "0") + low.padStart(4, "0"), "hex");
    return isPrivateAddress(bytes.join("."));
  }
  return PRIVATE.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

/** The address that a URL's host is, without the brackets of version 6; undefined when it is a name. */
export function addressOf({ hostname }: URL): string | undefined {
  const host = hostname.replace(/^\[|\]$/g, "");
  return isIP(host) === 0 ? undefined : host;
}
