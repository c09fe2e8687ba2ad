import { IMAGE_DESTROYED } from "../../../lib/rules/image/image-destroyed";
import { found } from "../subjects";

const IMG = "openstack_images_image_v2.img";
const check = (before: object, actions = ["delete"], after?: object) =>
  found(IMAGE_DESTROYED, [{ address: IMG, actions, before, after }]);

test.each(["public", "community", "shared", "strange"])("blocks for an image that is %s", (visibility) => {
  expect(check({ visibility })).toStrictEqual([
    `${IMG}: block: it is deleted, and it is ${visibility}: other projects may boot and rebuild servers from it`,
  ]);
});

test("warns of a private one, which is the provider's default", () => {
  const said = [`${IMG}: warn: it is deleted: no server can be made or rebuilt from it any more`];
  expect(check({ visibility: "private" })).toStrictEqual(said);
  expect(check({ visibility: null })).toStrictEqual(said);
});

test.each([[["delete", "create"]], [["update"]], [["forget"]], [["no-op"]]])("leaves %s to other rules", (actions) => {
  expect(check({ visibility: "public" }, actions, { visibility: "private" })).toStrictEqual([]);
});
