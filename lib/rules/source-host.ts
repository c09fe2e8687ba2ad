const METADATA = ["169.254.169.254", "100.100.100.200", "[fd00:ec2::254]", "metadata.google.internal", "instance-data"];
const INNER_ADDRESSES = [
  /^(?:0|10|127)\./,
  /^169\.254\./,
  /^192\.168\./,
  /^172\.(?:1[6-9]|2\d|3[01])\./,
  /^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
  // unspecified and loopback; link-local, unique local
  /^\[::1?\]$/,
  /^\[f(?:[cd]|e[89ab])[0-9a-f]*:/,
];
const INNER_NAMES = /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home\.arpa)$/;
const ADDRESS = /^(?:\d+\.\d+\.\d+\.\d+|\[.*\])$/;

/** Where a host leads that outsiders cannot reach, or that has no name; undefined for the others. As `URL` gives it. */
export function insideHost(hostname: string): string | undefined {
  const host = mapped(hostname) ?? hostname.replace(/\.$/, "");
  if (METADATA.includes(host)) return "a metadata service, which gives out credentials";
  if (ADDRESS.test(host))
    return INNER_ADDRESSES.some((pattern) => pattern.test(host))
      ? "an address of an inner network"
      : "an address, and no host with a name";
  return INNER_NAMES.test(host) || !host.includes(".") ? "a host of an inner network" : undefined;
}

/** The IPv4 address in `[::ffff:a9fe:a9fe]`. */
function mapped(hostname: string): string | undefined {
  const groups = /^\[::ffff:([0-9a-f]+):([0-9a-f]+)\]$/.exec(hostname)?.slice(1);
  return groups
    ?.map((group) => Number.parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 255])
    .join(".");
}

/** Whether a URL has an IPv4 address in another form than four decimal numbers: as one number, in hex, in octal. */
export function isDisguised(text: string, hostname: string): boolean {
  const [, written = ""] = /^[^:]*:[/\\]*(?:[^/\\?#]*@)?([^/\\?#:]*)/.exec(text.trim()) ?? [];
  return /^[\d.]+$/.test(hostname) && written !== hostname;
}
