import { RETIREMENT_PAST } from "../../../lib/rules/image/retirement-past";
import { found } from "../subjects";

const image = (day: unknown, today?: string) =>
  found(
    RETIREMENT_PAST,
    [
      {
        address: "openstack_images_image_v2.v1",
        actions: ["no-op"],
        before: {},
        after: { properties: { retire_after: day } },
      },
    ],
    { today },
  );

test("finds a version whose day has passed; the day itself is its own", () => {
  expect(image("2027-01-31", "2027-02-01")).toStrictEqual([
    "openstack_images_image_v2.v1: warn: it was to go after 2027-01-31",
  ]);
  expect(image("2027-01-31", "2027-01-31")).toStrictEqual([]);
});

test("does not mind what is no day, nor where nobody asks for today", () => {
  expect(image("2026", "2027-02-01")).toStrictEqual([]);
  expect(image(undefined, "2027-02-01")).toStrictEqual([]);
  expect(image("2027-01-31")).toStrictEqual([]);
});
