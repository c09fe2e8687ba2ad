import { plans } from ".";
import { IMAGE, MEMBER, SERVER, VOLUME } from "./ids";

interface Row {
  readonly type: string;
  readonly mode: string;
  readonly deposed?: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Record<string, unknown> | null;
    readonly after: Record<string, unknown> | null;
    readonly after_unknown: Record<string, unknown>;
  };
}

const is = (type: string, actions: string) => (row: Row) =>
  row.mode === "managed" && row.type === type && [...row.change.actions].sort().join() === actions;

/** Whether an attribute of what stays becomes another, or may. */
const moves =
  (...names: string[]) =>
  ({ change: { before, after, after_unknown: unknown } }: Row) =>
    names.some((name) => unknown[name] === true || JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]));

const both = (one: (row: Row) => boolean, other: (row: Row) => boolean) => (row: Row) => one(row) && other(row);
const WIDTH = ["private", "shared", "community", "public"];
const width = (visibility: unknown) => WIDTH.indexOf(visibility as string);

/** What a plan's JSON holds where a rule is expected, and nowhere else; said here without what the review makes of it. */
const SHOWN: readonly [string, (row: Row) => boolean][] = [
  ["OSI-SRV-001", both(is(SERVER, "update"), moves("image_id", "image_name", "personality"))],
  ["OSI-SRV-002", is(SERVER, "create,delete")],
  ["OSI-SRV-003", is(SERVER, "delete")],
  ["OSI-VOL-001", is(VOLUME, "create,delete")],
  ["OSI-VOL-002", is(VOLUME, "delete")],
  ["OSI-IMG-001", both(is(IMAGE, "update"), moves("name"))],
  [
    "OSI-IMG-002",
    ({ type, change: { before, actions } }) =>
      type === IMAGE && before?.protected === true && actions.includes("delete"),
  ],
  ["OSI-IMG-007", is(MEMBER, "create")],
  [
    "OSI-IMG-009",
    ({ type, change }) =>
      is(IMAGE, "update")({ type, change, mode: "managed" }) &&
      change.before?.protected === true &&
      change.after?.protected === false,
  ],
  ["OSI-IMG-010", is(IMAGE, "create,delete")],
  ["OSI-IMG-020", both(is(IMAGE, "update"), moves("hidden"))],
  [
    "OSI-IMG-023",
    ({ type, change: { actions } }) => [IMAGE, SERVER, VOLUME, MEMBER].includes(type) && actions.includes("forget"),
  ],
  ["OSI-IMG-027", both(is(IMAGE, "delete"), ({ deposed }) => deposed === undefined)],
];

/** Members that are refused gain no access; one that is replaced for another project does. */
const OTHERWISE: Readonly<Record<string, readonly string[]>> = {
  "OSI-IMG-001": ["drift-image-renamed-server-by-name"],
  "OSI-IMG-007": [
    ...plans().flatMap(({ name, expects }) => (expects.includes("OSI-IMG-006") ? [name] : [])),
    "member-replaced-by-project",
  ],
};

test.each(SHOWN)("%s is expected of the plans that show it", (rule, shows) => {
  const others = plans().filter(({ name }) => !OTHERWISE[rule]?.includes(name));
  const named = (list: typeof others) => list.map(({ name }) => name);
  const showing = others.filter(({ plan }) => (plan as { resource_changes?: Row[] }).resource_changes?.some(shows));
  expect(named(showing)).toStrictEqual(named(others.filter(({ expects }) => expects.includes(rule))));
});

test("OSI-IMG-004 is expected of the plans in which an image is shown to more", () => {
  const widens = ({ type, change: { before, after } }: Row) =>
    type === IMAGE &&
    after !== null &&
    (before ? width(after.visibility) > width(before.visibility) : after.visibility === "public");
  const showing = plans().filter(({ plan }) => (plan as { resource_changes?: Row[] }).resource_changes?.some(widens));
  const expected = plans().filter(({ expects }) => expects.includes("OSI-IMG-004"));
  expect(showing.map(({ name }) => name)).toStrictEqual(expected.map(({ name }) => name));
});
