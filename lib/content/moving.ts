/** Words in a URL's path that stand for another build tomorrow; docs/guide/image-sources.md lists them. */
const MOVING = [
  ...["latest", "current", "daily", "weekly", "nightly", "release", "rolling", "edge", "devel", "snapshots"],
  ...["rawhide", "tumbleweed", "leap", "lastSuccessfulBuild"],
];
const WORDS = new RegExp(`(?<=[/._-])(?:${MOVING.join("|")})(?=[/._-]|$)`, "gi");
/** 20260119, 2026-01-19 or 202601; or Build16.33, as openSUSE has it */
const BUILD = /(?<!\d)20\d\d-?[01]\d(-?[0-3]\d)?(?!\d)|-build\d/i;

/** The word that says that what lies at a URL changes; none where a day or build follows it, which stays what it is. */
export function movingWord(url: string): string | undefined {
  const path = url.replace(/^\w+:\/\/[^/]*|[?#].*$/gs, "");
  const moving = [...path.matchAll(WORDS)].find(({ index }) => !BUILD.test(path.slice(index)));
  return moving?.[0].toLowerCase();
}
