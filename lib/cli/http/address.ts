import { BlockList, isIP } from "node:net";

/**
 * Networks that are not the Internet: a machine's own, a site's own, those of a link, of many receivers, of examples,
 * tests and protocols. From IANA's registries of special-purpose addresses.
 */
const SPECIAL_4 = subnets("ipv4", [
  ...(["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"] as const),
  // the first has the metadata of Oracle's cloud; the third what is left of relays to version 6
  ...(["192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"] as const),
  ...(["198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"] as const),
]);
/** Of version 6 all of the Internet is in one network, and so is this, which is not of it. */
const GLOBAL_6 = subnets("ipv6", ["2000::/3"]);
const SPECIAL_6 = subnets("ipv6", ["2001::/23", "2001:db8::/32", "3fff::/20"]);

/** Where addresses of version 6 have one of version 4 in them, and at which of their groups of 16 bits: as Node writes those, behind a NAT64, by 6to4. */
const EMBEDDING = [
  { prefix: [0, 0, 0, 0, 0, 0xffff], at: 6 },
  { prefix: [0x64, 0xff9b, 0, 0, 0, 0], at: 6 },
  { prefix: [0x2002], at: 1 },
];

/** Whether an address, as numbers, is not one of the Internet. */
export function isPrivateAddress(address: string): boolean {
  if (isIP(address) !== 6) return SPECIAL_4.check(address, "ipv4");
  const plain = address.replace(/%.*/, "");
  const embedded = embeddedIn(groupsOf(plain));
  if (embedded !== undefined) return SPECIAL_4.check(embedded, "ipv4");
  return !GLOBAL_6.check(plain, "ipv6") || SPECIAL_6.check(plain, "ipv6");
}

/** The address that a URL's host is, without the brackets of version 6; undefined when it is a name. */
export function addressOf({ hostname }: URL): string | undefined {
  const host = hostname.replace(/^\[|\]$/g, "");
  return isIP(host) === 0 ? undefined : host;
}

function subnets(family: "ipv4" | "ipv6", networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of networks.map((each) => each.split("/")))
    list.addSubnet(network, Number(prefix), family);
  return list;
}

/** The eight groups of an address of version 6. */
function groupsOf(address: string): number[] {
  // the URL writes an address of version 4 at the end as groups
  const [front, back] = addressOf(new URL(`http://[${address}]/`))?.split("::") ?? [];
  const [first, last] = [front, back].map((part) =>
    part ? part.split(":").map((group) => Number.parseInt(group, 16)) : [],
  );
  return [...first, ...Array(8 - first.length - last.length).fill(0), ...last];
}

function embeddedIn(groups: readonly number[]): string | undefined {
  const place = EMBEDDING.find(({ prefix }) => prefix.every((group, i) => group === groups[i]));
  return (
    place &&
    groups
      .slice(place.at, place.at + 2)
      .flatMap((group) => [group >> 8, group & 0xff])
      .join(".")
  );
}
