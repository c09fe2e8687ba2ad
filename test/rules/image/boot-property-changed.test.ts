import { BOOT_PROPERTY_CHANGED } from "../../../lib/rules/image/boot-property-changed";
import { found, type Given } from "../subjects";

const IMG = "openstack_images_image_v2.img";
const check = (from: object, to: object, more: Partial<Given> = {}) =>
  found(BOOT_PROPERTY_CHANGED, [
    { address: IMG, actions: ["update"], before: { properties: from }, after: { properties: to }, ...more },
  ]);
const said = (changes: string) => [
  `${IMG}: warn: servers that boot from it from now on get another machine: ${changes}`,
];

test.each([
  ["hw_disk_bus"],
  ["hw_firmware_type"],
  ["os_secure_boot"],
  ["os_require_quiesce"],
  ["trait:HW_CPU_X86_AVX"],
])("finds %s, added, changed and removed", (key) => {
  expect(check({}, { [key]: "a" })).toStrictEqual(said(`${key} (added)`));
  expect(check({ [key]: "a" }, { [key]: "b" })).toStrictEqual(said(`${key} (changed)`));
  expect(check({ [key]: "a" }, {})).toStrictEqual(said(`${key} (removed)`));
});

test("tells all of them, by their names", () => {
  expect(check({ hw_b: "1", hw_d: "1", foo: "1" }, { hw_a: "1", hw_b: "2", foo: "2" })).toStrictEqual(
    said("hw_a (added), hw_b (changed), hw_d (removed)"),
  );
});

test("finds values that are not known yet", () => {
  const unknown = { properties: { hw_a: true, hw_b: true, hw_c: false } };
  expect(check({ hw_a: "1", hw_c: "1" }, { hw_c: "1" }, { unknown })).toStrictEqual(
    said("hw_a (changed), hw_b (added)"),
  );
  expect(check({ hw_a: "1" }, {}, { unknown: { properties: true } })).toStrictEqual([]);
});

test.each([["os_distro"], ["os_secure_boot_x"], ["os_require_quiesced"], ["xhw_a"], ["xtrait:A"], ["xos_secure_boot"]])(
  "does not mind %s",
  (key) => {
    expect(check({ [key]: "a" }, { [key]: "b" })).toStrictEqual([]);
  },
);

test("does not mind properties that stay", () => {
  expect(check({ hw_a: "1" }, { hw_a: "1" }, { before: { name: "a", properties: { hw_a: "1" } } })).toStrictEqual([]);
});

test.each([[["delete", "create"]], [["create"]], [["delete"]], [["no-op"]]])(
  "does not mind an image that does not stay (%s)",
  (actions) => {
    expect(check({ hw_a: "1" }, { hw_a: "2" }, { actions })).toStrictEqual([]);
  },
);
