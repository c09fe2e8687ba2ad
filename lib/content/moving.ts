/** Words in a URL's path that stand for another build tomorrow; docs/guide/image-sources.md lists them. */
const MOVING = [
  "latest",
  "current",
  "daily",
  "weekly",
  "nightly",
  "release",
  "rolling",
  "rawhide",
  "tumbleweed",
  "devel",
];
/** 20260119, 2026-01-19 or 202601 */
const DATE = /(?<!\d)20\d\d-?[01]\d(-?[0-3]\d)?(?!\d)/;

/** The word that says that what lies at a URL changes; none where the URL names a day as well, since that build stays what it is. */
export function movingWord(url: string): string | undefined {
  const path = url.replace(/^\w+:\/\/[^/]*|[?#].*$/gs, "");
  if (DATE.test(path)) return undefined;
  return path
    .toLowerCase()
    .split(/[/._-]/)
    .find((word) => MOVING.includes(word));
}
