import { Image, type ImageLookupOptions, ImageOwner, ImageVisibility } from "cdktf-openstack-images";
import { blocks, synth } from "../../support/synth";
import { testWithMocks } from "../../support/terraform";
import { IMAGE_A, OTHER_PROJECT, outcome, PROJECT, ROCKY, without } from "./samples";

const looked = (options: ImageLookupOptions) => synth((stack) => Image.fromLookup(stack, "Rocky", options));
const found = (values: object) => ({ [ROCKY]: { id: IMAGE_A, ...values } });
const WHAT = `${ROCKY} found Rocky 9 (${IMAGE_A})`;

const otherOwner = (owner: string) =>
  `LookupOwnerDiffers: ${ROCKY} asks for an image of project ${PROJECT}, but the one found, Rocky 9 (${IMAGE_A}), belongs to ${owner}.`;
const otherProperties = (names: string) =>
  `LookupPropertiesDiffer: ${WHAT}, which has not the value asked for of ${names}; name the right image, or drop the property.`;
const snapshot = `LookupFoundSnapshot: ${WHAT}, the snapshot of a server; name the image itself, or give allowSnapshot: true.`;

testWithMocks("a lookup fails when the image found belongs to another project", (kit) => {
  const result = looked({ imageName: "Rocky 9", owner: ImageOwner.fromProjectId(PROJECT) });
  const results = kit.mockTest(without(result, ROCKY, "owner"), [
    { name: "right owner", command: "plan", data: found({ owner: PROJECT }) },
    { name: "another owner", command: "plan", data: found({ owner: OTHER_PROJECT }) },
  ]);
  expect(results.map(outcome)).toStrictEqual([
    ["right owner", "pass"],
    ["another owner", "error", otherOwner(OTHER_PROJECT)],
  ]);
});

testWithMocks("a lookup fails when the image found is not the current project's", (kit) => {
  const result = looked({ imageName: "Rocky 9", owner: ImageOwner.CURRENT_PROJECT });
  const [name] = Object.keys(blocks(result, "data.openstack_identity_auth_scope_v3"));
  const scope = { [`data.openstack_identity_auth_scope_v3.${name}`]: { project_id: PROJECT } };
  const results = kit.mockTest(without(result, ROCKY, "owner"), [
    { name: "own", command: "plan", data: { ...scope, ...found({ owner: PROJECT }) } },
    { name: "another's", command: "plan", data: { ...scope, ...found({ owner: OTHER_PROJECT }) } },
  ]);
  expect(results.map(outcome)).toStrictEqual([
    ["own", "pass"],
    ["another's", "error", otherOwner(OTHER_PROJECT)],
  ]);
});

testWithMocks("a lookup fails when the image found lacks a property, which the provider does not look at", (kit) => {
  const properties = { os_distro: "rocky", os_note: "Bob's ${x}" };
  const result = looked({ imageName: "Rocky 9", visibility: ImageVisibility.PUBLIC, properties });
  const results = kit.mockTest(without(result, ROCKY, "properties"), [
    { name: "all and another", command: "plan", data: found({ properties: { ...properties, hw_disk_bus: "virtio" } }) },
    { name: "one differs", command: "plan", data: found({ properties: { ...properties, os_distro: "alma" } }) },
    { name: "one is missing", command: "plan", data: found({ properties: { os_distro: "rocky" } }) },
    { name: "none at all", command: "plan", data: found({ properties: {} }) },
  ]);
  expect(results.map(outcome)).toStrictEqual([
    ["all and another", "pass"],
    ["one differs", "error", otherProperties("os_distro")],
    ["one is missing", "error", otherProperties("os_note")],
    ["none at all", "error", otherProperties("os_distro, os_note")],
  ]);
});

testWithMocks("a lookup fails when the image found is of another size, which the provider does not look at", (kit) => {
  const sizes = { sizeMinBytes: 1000, sizeMaxBytes: 2000 };
  const result = looked({ imageName: "Rocky 9", visibility: ImageVisibility.PUBLIC, ...sizes });
  const runs = [999, 1000, 2000, 2001].map((size_bytes) => ({
    name: String(size_bytes),
    command: "plan" as const,
    data: found({ size_bytes }),
  }));
  const otherSize = (bound: string, size: number) =>
    `LookupSizeDiffers: ${ROCKY} asks for an image of at ${bound} bytes, but the one found, Rocky 9 (${IMAGE_A}), has ${size}.`;
  expect(kit.mockTest(result.stackFolder, runs).map(outcome)).toStrictEqual([
    ["999", "error", otherSize("least 1000", 999)],
    ["1000", "pass"],
    ["2000", "pass"],
    ["2001", "error", otherSize("most 2000", 2001)],
  ]);
});

testWithMocks("a lookup fails when the image found is a server's snapshot, unless that is asked for", (kit) => {
  const options = { imageName: "Rocky 9", visibility: ImageVisibility.PUBLIC };
  const runs = [
    { name: "image", command: "plan" as const, data: found({ properties: { image_type: "image" } }) },
    { name: "snapshot", command: "plan" as const, data: found({ properties: { image_type: "snapshot" } }) },
    { name: "no properties", command: "plan" as const, data: found({}) },
  ];
  expect(kit.mockTest(looked(options).stackFolder, runs).map(outcome)).toStrictEqual([
    ["image", "pass"],
    ["snapshot", "error", snapshot],
    ["no properties", "pass"],
  ]);
  expect(kit.mockTest(looked({ ...options, allowSnapshot: true }).stackFolder, runs).map(outcome)).toStrictEqual([
    ["image", "pass"],
    ["snapshot", "pass"],
    ["no properties", "pass"],
  ]);
});
