import type { Attributes } from "./attributes";

/** Who may see an image, from the fewest on. */
export const VISIBILITIES = ["private", "shared", "community", "public"];

/** Whether more may see an image. What is no visibility counts as everybody's. */
export function isWider(from: string, to: string): boolean {
  return reach(to) > reach(from);
}

function reach(visibility: string): number {
  const place = VISIBILITIES.indexOf(visibility);
  return place < 0 ? VISIBILITIES.length : place;
}

/** Who may see an image, by its attributes; the provider's default where they say nothing, undefined where it is not known. */
export function visibilityIn(attributes: Attributes): string | undefined {
  return attributes.isUnknown("visibility") ? undefined : (attributes.text("visibility") ?? "private");
}

/** Whether others than its owner may see it. What is not known is not taken for private. */
export function isForOthers(attributes: Attributes): boolean {
  return visibilityIn(attributes) !== "private";
}
