import { InvalidInput } from "../core/errors";
import { isKnown } from "../core/known";
import type { IConstruct } from "../framework";
import { ContainerFormat } from "./container-format";
import type { DiskFormat } from "./disk-format";

/** What Amazon's images consist of: what boots them wants the container to be the disk's twin. */
const AMAZON = [ContainerFormat.AMI, ContainerFormat.AKI, ContainerFormat.ARI];

/** The container of a disk: the one given, else bare, but for Amazon's formats their own. */
export function containerFor(scope: IConstruct, disk: DiskFormat, given?: ContainerFormat): ContainerFormat {
  const twin = AMAZON.find(({ value }) => value === disk.value);
  const container = given ?? twin ?? ContainerFormat.BARE;
  const isAmazon = AMAZON.some(({ value }) => value === container.value);
  if ((!twin && !isAmazon) || disk.value === container.value) return container;
  if (!isKnown(disk.value) || !isKnown(container.value)) return container;
  throw new InvalidInput(
    "FormatsMixed",
    scope,
    `'diskFormat' and 'containerFormat' must be the same when one is ami, aki or ari, got ${disk.value} and ${container.value}; ` +
      (twin ? "leave 'containerFormat' out" : "leave 'containerFormat' out, or change 'diskFormat'"),
  );
}
