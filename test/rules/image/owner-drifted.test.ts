import { OWNER_DRIFTED } from "../../../lib/rules/image/owner-drifted";
import { found } from "../subjects";

const IMG = "openstack_images_image_v2.img";
const drifted = (before: object, after: object | undefined, projectNames: Record<string, string> = {}) =>
  found(OWNER_DRIFTED, [], {
    drift: [{ address: IMG, actions: [after ? "update" : "delete"], before, after }],
    policy: { projectNames },
  });

test("finds another owner", () => {
  expect(drifted({ owner: "p" }, { owner: "q" })).toStrictEqual([
    `${IMG}: warn: project q owns it now, and p no longer does`,
  ]);
  expect(drifted({ owner: "p" }, { owner: "q" }, { p: "Web", q: "Ops" })).toStrictEqual([
    `${IMG}: warn: project Ops owns it now, and Web no longer does`,
  ]);
});

test("does not mind an owner that stays, is not told, or went with the image", () => {
  expect(drifted({ owner: "p", name: "a" }, { owner: "p", name: "b" })).toStrictEqual([]);
  expect(drifted({ owner: "p" }, { owner: "" })).toStrictEqual([]);
  expect(drifted({ owner: null }, { owner: "q" })).toStrictEqual([]);
  expect(drifted({ owner: "p" }, undefined)).toStrictEqual([]);
});
