import { blockDevicesOf } from "../block-devices";
import { listed, type Message, say } from "../message";
import type { Rule, Violation } from "../rule";
import { IMAGE, type Policy, SERVER, type Subject, type Use, VOLUME, type World } from "../subject";

/** The minimums, and their units. */
const MINIMUMS = [
  { name: "min_disk_gb", unit: "GiB", room: diskOf },
  { name: "min_ram_mb", unit: "MiB", room: memoryOf },
] as const;

export const MINIMUM_RAISED: Rule = {
  id: "OSI-IMG-017",
  name: "MinimumRaised",
  level: "block",
  why: "Nova and Cinder refuse to make, rebuild or resize what has less than an image's minimums. What is there goes on, until it has to be made again.",
  example: "`min_disk_gb` goes from 10 to 20 while a volume of 10 GiB is made from the image.",
  fix: "give what boots from the image a larger flavor or volume first, or leave the minimum",
  types: [IMAGE],
  of: "change",
  check(image, world) {
    const { action, before, after } = image;
    if ((action !== "update" && action !== "replace") || !before || !after) return [];
    return MINIMUMS.flatMap(({ name, unit, room }): Violation[] => {
      const [from, to] = [before.number(name), after.number(name)];
      if (from === undefined || to === undefined || to <= from) return [];
      const small = tooSmall(image, world, to, room);
      const rise = say`${[name]} rises from ${from} to ${to} ${[unit]}`;
      return small.length === 0
        ? [{ level: "warn", message: say`${rise}: nothing with less can be made from it any more` }]
        : [
            {
              level: "block",
              message: say`${rise}: Nova or Cinder refuses to make these again: ${listed(small.map(({ by, size }): Message => say`${by.address} (${size} ${[unit]})`))}`,
            },
          ];
    });
  },
};

type Room = (use: Use, image: Subject, policy: Policy) => number | undefined;

/** What uses the image, stays, and has less than that. */
function tooSmall(image: Subject, { usesOf, policy }: World, minimum: number, room: Room) {
  return usesOf(image).flatMap((use) => {
    const size = room(use, image, policy);
    return size !== undefined && size < minimum ? [{ by: use.by, size }] : [];
  });
}

/** The smallest disk that is made from the image, in GiB; without end when none is. */
function diskOf({ by, attribute }: Use, image: Subject, policy: Policy): number | undefined {
  if (by.type === VOLUME && attribute === "image_id") return by.after?.number("size");
  if (by.type !== SERVER) return undefined;
  if (attribute === "block_device") {
    const ids = [undefined, "", image.before?.text("id")];
    const sizes = blockDevicesOf(by.after).flatMap(({ sourceType, isVolume, uuid, sizeGb }) =>
      sourceType === "image" && isVolume && ids.includes(uuid) ? (sizeGb ?? []) : [],
    );
    return Math.min(...sizes);
  }
  // Nova lets a flavor without a disk have any
  return flavorOf(by, policy)?.diskGb || undefined;
}

/** The memory of a server that boots from the image, in MiB. */
function memoryOf({ by }: Use, _: Subject, policy: Policy): number | undefined {
  return by.type === SERVER ? flavorOf(by, policy)?.ramMb : undefined;
}

function flavorOf({ after }: Subject, { flavors }: Policy): Policy["flavors"][string] | undefined {
  const names = [after?.text("flavor_id"), after?.text("flavor_name")];
  for (const name of names) {
    const flavor = name === undefined ? undefined : Object.getOwnPropertyDescriptor(flavors, name)?.value;
    if (flavor !== undefined) return flavor;
  }
  return undefined;
}
