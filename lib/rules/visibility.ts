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
