import { SERVER_REBUILT } from "../../../lib/rules/server/server-rebuilt";
import { found } from "../subjects";

const server = (before: object, after: object, more: object = {}) =>
  found(SERVER_REBUILT, [
    { address: "openstack_compute_instance_v2.web", actions: ["update"], before, after, ...more },
  ]);
const lost = (names: string) => [
  `openstack_compute_instance_v2.web: block: Nova rebuilds it because of ${names}: what is on its root disk is lost`,
];

test.each([
  ["image_id", { image_id: "1" }, { image_id: "2" }],
  ["image_name", { image_name: "a" }, { image_name: "b" }],
  ["personality", { personality: [] }, { personality: [{ file: "/a", content: "x" }] }],
  ["image_id, image_name", { image_id: "1", image_name: "a" }, { image_id: "2", image_name: "b" }],
])("finds another %s", (names, before, after) => {
  expect(server(before, after)).toStrictEqual(lost(names));
});

test("finds an image that is known after the apply alone", () => {
  expect(server({ image_id: "1" }, {}, { unknown: { image_id: true } })).toStrictEqual(lost("image_id"));
});

test.each([
  ["another name", { name: "a", image_id: "1" }, { name: "b", image_id: "1" }],
  ["files that are as they were, if there were any", { personality: null }, { personality: [] }],
])("does not mind %s", (_, before, after) => {
  expect(server(before, after)).toStrictEqual([]);
});

test("leaves a server that is replaced to another rule", () => {
  expect(server({ image_id: "1" }, { image_id: "2" }, { actions: ["delete", "create"] })).toStrictEqual([]);
});
