import { MEMBER_ADDED } from "../../../lib/rules/image/member-added";
import { found } from "../subjects";
import { added, IMG, image, M, moved, NEXT, nextImage, removed, replaced, replacedImage, toNext } from "./memberships";

const gains = (project: string, of: string) => [`${M}: info: project ${project} gains access to ${of}`];

test("tells a project that gains access", () => {
  expect(found(MEMBER_ADDED, [image(), added()])).toStrictEqual(gains("p", IMG));
});

test("names the project as the policy does", () => {
  const policy = { projectNames: { p: "staging" } };
  expect(found(MEMBER_ADDED, [image(), added()], { policy })).toStrictEqual(gains("staging", IMG));
});

test("names the image by its id, where the plan has it or not", () => {
  const literal = (id: string) => added({ after: { member_id: "p", image_id: id }, unknown: {}, code: {} });
  expect(found(MEMBER_ADDED, [image(), literal("i")])).toStrictEqual(gains("p", IMG));
  expect(found(MEMBER_ADDED, [image(), literal("j")])).toStrictEqual(gains("p", "j"));
});

test("says what is known after the apply alone", () => {
  const unknown = added({ after: {}, unknown: { member_id: true, image_id: true }, code: {} });
  expect(found(MEMBER_ADDED, [image(), unknown])).toStrictEqual(
    gains("(known after apply)", "an image that is known after the apply alone"),
  );
});

test("tells another project in the place of one", () => {
  expect(found(MEMBER_ADDED, [image(), replaced({ member_id: "q", image_id: "i" })])).toStrictEqual(gains("q", IMG));
  const both = moved({ after: { member_id: "q" } });
  expect(found(MEMBER_ADDED, [replacedImage(), both])).toStrictEqual(gains("q", IMG));
  const unknown = replaced({ image_id: "i" }, { unknown: { member_id: true } });
  expect(found(MEMBER_ADDED, [image(), unknown])).toStrictEqual(gains("(known after apply)", IMG));
});

test("tells access to another image", () => {
  expect(found(MEMBER_ADDED, [image(), nextImage, moved(toNext)])).toStrictEqual(gains("p", NEXT));
  expect(found(MEMBER_ADDED, [image(), replaced({ member_id: "p", image_id: "j" }, { code: {} })])).toStrictEqual(
    gains("p", "j"),
  );
});

test("names no resource but images", () => {
  const lookup = { address: "terraform_data.other", actions: ["no-op"], before: { id: "x" }, after: { id: "x" } };
  const referring = added({ code: { image_id: { references: ["terraform_data.other.output"] } } });
  expect(found(MEMBER_ADDED, [lookup, referring])).toStrictEqual(
    gains("p", "an image that is known after the apply alone"),
  );
});

test.each([
  ["a member that is made anew with its image", [replacedImage(), moved()]],
  ["a member that is made anew as it was", [image(), replaced({ member_id: "p", image_id: "i" })]],
  ["a member that goes", [image(), removed()]],
  ["a member that changes", [image(), replaced({ member_id: "q", image_id: "i" }, { actions: ["update"] })]],
  ["a member that stays", [image(), replaced({ member_id: "p", image_id: "i" }, { actions: ["no-op"] })]],
])("does not mind %s", (_, changes) => {
  expect(found(MEMBER_ADDED, changes)).toStrictEqual([]);
});
