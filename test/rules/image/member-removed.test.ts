import { MEMBER_REMOVED } from "../../../lib/rules/image/member-removed";
import { found, type Given } from "../subjects";
import { added, IMG, image, M, moved, NEXT, nextImage, removed, replaced, replacedImage, toNext } from "./memberships";

const loses = (project: string, of: string) => [`${M}: warn: project ${project} loses access to ${of}`];
const again = [`${M}: warn: project p has to accept ${IMG} again: until then it is not in its lists`];

test("finds a project that loses access", () => {
  expect(found(MEMBER_REMOVED, [image(), removed()])).toStrictEqual(loses("p", IMG));
});

test("names the project as the policy does, and an image that is in no plan by its id", () => {
  const policy = { projectNames: { p: "staging" } };
  expect(found(MEMBER_REMOVED, [removed()], { policy })).toStrictEqual(loses("staging", "i"));
  expect(found(MEMBER_REMOVED, [removed({ before: { member_id: "p" } })])).toStrictEqual(loses("p", "an image"));
});

test("finds a project in whose place comes another one", () => {
  expect(found(MEMBER_REMOVED, [image(), replaced({ member_id: "q", image_id: "i" })])).toStrictEqual(loses("p", IMG));
  const unknown = replaced({ image_id: "i" }, { unknown: { member_id: true } });
  expect(found(MEMBER_REMOVED, [image(), unknown])).toStrictEqual(loses("p", IMG));
});

test("finds a project whose member moves to another image", () => {
  expect(found(MEMBER_REMOVED, [image(), nextImage, moved(toNext)])).toStrictEqual(loses("p", IMG));
  expect(found(MEMBER_REMOVED, [image(), replaced({ member_id: "p", image_id: "j" })])).toStrictEqual(loses("p", IMG));
});

test("finds that an acceptance is lost with the member, be it with its image", () => {
  expect(found(MEMBER_REMOVED, [replacedImage(), moved()])).toStrictEqual(again);
  expect(found(MEMBER_REMOVED, [image(), replaced({ member_id: "p", image_id: "i" })])).toStrictEqual(again);
});

test.each([
  ["accepted", again],
  ["pending", []],
  ["rejected", []],
])("minds of a member that is made anew that it was %s", (status, expected) => {
  const member = moved({ before: { member_id: "p", image_id: "i", status } });
  expect(found(MEMBER_REMOVED, [replacedImage(), member])).toStrictEqual(expected);
});

test("finds what loses access, whether it had accepted or not", () => {
  const member = removed({ before: { member_id: "p", image_id: "i", status: "pending" } });
  expect(found(MEMBER_REMOVED, [image(), member])).toStrictEqual(loses("p", IMG));
});

const acceptance = (before: object, actions = ["delete", "create"]): Given => ({
  address: "openstack_images_image_access_accept_v2.a",
  actions,
  before,
  after: { member_id: "p", status: "accepted" },
  unknown: { image_id: true },
});

test("tells a member that the plan accepts again", () => {
  const accepted = acceptance({ member_id: "p", image_id: "i" });
  expect(found(MEMBER_REMOVED, [replacedImage(), moved(), accepted])).toStrictEqual([
    `${M}: info: project p has to accept ${IMG} again, which this plan does`,
  ]);
});

test.each([
  ["of another project", acceptance({ member_id: "q", image_id: "i" })],
  ["of another image", acceptance({ member_id: "p", image_id: "j" })],
  ["that stays", acceptance({ member_id: "p", image_id: "i" }, ["update"])],
  ["that is none", { ...acceptance({ member_id: "p", image_id: "i" }), address: "terraform_data.a" }],
])("does not count an acceptance %s", (_, other) => {
  expect(found(MEMBER_REMOVED, [replacedImage(), moved(), other])).toStrictEqual(again);
});

test.each([
  ["private", loses("p", IMG)],
  ["shared", loses("p", IMG)],
  ["community", []],
  ["public", []],
])("minds that an image without the member is %s", (visibility, expected) => {
  const changed = image({ actions: ["update"], after: { id: "i", visibility } });
  expect(found(MEMBER_REMOVED, [changed, removed()])).toStrictEqual(expected);
});

test("does not count the visibility of another image, of one that goes, nor one that is not known", () => {
  const next = { ...nextImage, after: { visibility: "public" } };
  expect(found(MEMBER_REMOVED, [image(), next, moved(toNext)])).toStrictEqual(loses("p", IMG));
  const gone = image({ actions: ["delete"], after: undefined });
  expect(found(MEMBER_REMOVED, [gone, removed()])).toStrictEqual(loses("p", IMG));
  const unknown = image({ actions: ["update"], after: { id: "i" }, unknown: { visibility: true } });
  expect(found(MEMBER_REMOVED, [unknown, removed()])).toStrictEqual(loses("p", IMG));
});

test.each([
  ["is added", added()],
  ["is forgotten", removed({ actions: ["forget"] })],
  ["changes", replaced({ member_id: "p", image_id: "i", status: "x" }, { actions: ["update"] })],
])("does not mind a member that %s", (_, given) => {
  expect(found(MEMBER_REMOVED, [image(), given])).toStrictEqual([]);
});

test("does not count that another image, to which the member moves, is public", () => {
  const other = image({ address: NEXT, before: { id: "j" }, after: { id: "j", visibility: "public" } });
  const member = replaced({ member_id: "p", image_id: "j" }, toNext);
  expect(found(MEMBER_REMOVED, [image(), other, member])).toStrictEqual(loses("p", IMG));
});

test("finds a member that moves to an image that is made anew", () => {
  const member = moved({ before: { member_id: "p", image_id: "h" } });
  expect(found(MEMBER_REMOVED, [replacedImage(), member])).toStrictEqual(loses("p", "h"));
});

test("knows an image that is made anew among others of its block", () => {
  const one = { ...replacedImage(), address: `${IMG}["a"]`, index: "a" };
  const other = image({ address: `${IMG}["b"]`, index: "b", before: { id: "j" }, after: { id: "j" } });
  for (const images of [
    [one, other],
    [other, one],
  ])
    expect(found(MEMBER_REMOVED, [...images, moved()])).toStrictEqual([
      `${M}: warn: project p has to accept ${IMG}["a"] again: until then it is not in its lists`,
    ]);
});
