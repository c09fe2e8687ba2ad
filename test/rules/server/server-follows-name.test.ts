import { SERVER_FOLLOWS_NAME } from "../../../lib/rules/server/server-follows-name";
import { found, type Given, literal, reference } from "../subjects";

const IMG = "openstack_images_image_v2.img";
const image = (more: Partial<Given> = {}): Given => ({
  address: IMG,
  actions: ["update"],
  before: { id: "i", name: "old" },
  after: { id: "i", name: "new" },
  ...more,
});
const server = (name: string, more: Partial<Given> = {}): Given => ({
  address: `openstack_compute_instance_v2.${name}`,
  actions: ["update"],
  before: { image_name: "old" },
  after: { image_name: "new" },
  code: { image_name: reference(`${IMG}.name`, IMG) },
  ...more,
});
const byLiteral = (name: string, more: Partial<Given> = {}) =>
  server(name, {
    actions: ["no-op"],
    after: { image_name: "old" },
    code: { image_name: literal("old") },
    ...more,
  });
const rebuilt = (servers: string) =>
  `${IMG}: block: the new name makes Nova rebuild ${servers}: what is on the root disk is lost`;
const next = (servers: string) =>
  `${IMG}: block: ${servers} asks for the old name: the next plan rebuilds it from whatever is called that, or fails`;
const check = (...changes: Given[]) => found(SERVER_FOLLOWS_NAME, changes);
const [A, B] = ["openstack_compute_instance_v2.a", "openstack_compute_instance_v2.b"];

test("finds servers that follow the name", () => {
  expect(check(image(), server("a"))).toStrictEqual([rebuilt(A)]);
  expect(check(image(), server("a"), server("b"))).toStrictEqual([rebuilt(`${A}, ${B}`)]);
});

test("finds a name that is not known yet", () => {
  const renamed = image({ after: { id: "i" }, unknown: { name: true } });
  const follows = server("a", { after: {}, unknown: { image_name: true } });
  expect(check(renamed, follows)).toStrictEqual([rebuilt(A)]);
});

test("finds servers whose code has the old name", () => {
  expect(check(image(), byLiteral("a"))).toStrictEqual([next(A)]);
  expect(
    check(image(), byLiteral("a", { actions: ["update"], after: { image_name: "old", name: "x" } })),
  ).toStrictEqual([next(A)]);
  expect(check(image(), server("a"), byLiteral("b"))).toStrictEqual([rebuilt(A), next(B)]);
});

test.each([
  [
    "is called the same by its id",
    server("a", { actions: ["no-op"], after: { image_name: "old" }, code: { image_id: reference(`${IMG}.id`, IMG) } }),
  ],
  ["is called otherwise", byLiteral("a", { before: { image_name: "x" }, code: { image_name: literal("x") } })],
  ["is from another image, since changed", byLiteral("a", { before: { image_name: "x" } })],
  ["ignores the change", server("a", { actions: ["no-op"], after: { image_name: "old" } })],
  ["changes something else", server("a", { after: { image_name: "old", name: "x" } })],
  ["is new", server("a", { actions: ["create"], before: undefined })],
  ["goes", byLiteral("a", { actions: ["delete"], after: undefined })],
  ["follows as it is replaced", server("a", { actions: ["delete", "create"] })],
  ["is replaced", byLiteral("a", { actions: ["delete", "create"] })],
])("does not mind a server that %s", (_, given) => {
  expect(check(image(), given)).toStrictEqual([]);
});

test("does not mind what is no server", () => {
  const other = { ...server("a"), address: "openstack_blockstorage_volume_v3.v" };
  const named = { ...byLiteral("a"), address: "openstack_blockstorage_volume_v3.v" };
  expect(check(image(), other)).toStrictEqual([]);
  expect(check(image(), named)).toStrictEqual([]);
});

test("does not mind a server that refers by something else", () => {
  expect(check(image(), server("a", { code: { metadata: reference(`${IMG}.name`, IMG) } }))).toStrictEqual([]);
});

test.each([
  ["keeps its name", { after: { id: "i", name: "old", hidden: true } }],
  ["is replaced", { actions: ["delete", "create"] }],
  ["had no name", { before: { id: "i" } }],
])("does not mind an image that %s", (_, more) => {
  expect(check(image(more), server("a"), byLiteral("b"))).toStrictEqual([]);
});
