import { ImagesImageV2 } from "@cdktf/provider-openstack/lib/images-image-v2";
import { Image, ImageSource } from "cdktf-openstack-images";
import { Construct } from "constructs";
import { addressOf, elementsOf } from "../../lib/core/address";
import { appFailure, blocks, failure, newStack, synth, synthApp } from "../support/synth";

const TYPE = "openstack_images_image_v2";
const source = ImageSource.fromUrl("https://images.example.org/base.qcow2");

test("fails when two ids come out as one address, and names both paths", () => {
  const message = failure((stack) => {
    new Image(stack, "ubuntu-24.04", { source });
    new Image(stack, "ubuntu-2404", { source });
  });
  expect(message).toContain(
    `AddressTaken: test/ubuntu-2404/Default and test/ubuntu-24.04/Default both render as ${TYPE}.ubuntu-2404`,
  );
  expect(message).toContain("give one of them another id");
});

test("fails when a raw resource takes the address of an image", () => {
  const message = failure((stack) => {
    new Image(stack, "Base", { source });
    new ImagesImageV2(stack, "Ba.se", { name: "raw", containerFormat: "bare", diskFormat: "raw" });
  });
  expect(message).toContain(`AddressTaken: test/Ba.se and test/Base/Default both render as ${TYPE}.Base`);
});

test("fails when a logical id of one's own is taken", () => {
  const message = failure((stack) => {
    new Image(stack, "One", { source });
    new Image(stack, "Two", { source }).resource.overrideLogicalId("One");
  });
  expect(message).toContain(`AddressTaken: test/Two/Default and test/One/Default both render as ${TYPE}.One`);
});

test("fails when two lookups take one address", () => {
  const message = failure((stack) => {
    const owner = { imageName: "base" };
    Image.fromLookup(stack, "a b", owner);
    Image.fromLookup(stack, "ab", owner);
  });
  expect(message).toContain(`test/ab/Default and test/a b/Default both render as data.${TYPE}.ab`);
});

test.each(["24.04", "-base", "1"])("fails when the id %j is no name in Terraform", (id) => {
  const message = failure((stack) => new Image(stack, id, { source }));
  expect(message).toContain(`AddressNotLegal: test/${id}/Default renders as ${TYPE}.`);
  expect(message).toContain("begin the construct's id with one");
});

test.each(["_base", "ubuntu-24.04", "Ubuntu 24.04 LTS"])("the id %j is legal", (id) => {
  expect(
    Object.keys(
      blocks(
        synth((stack) => new Image(stack, id, { source })),
        TYPE,
      ),
    ),
  ).toHaveLength(1);
});

test("fails when every character of the id is dropped", () => {
  const message = failure((stack) => new Image(stack, "ü", { source, imageName: "a" }));
  expect(message).toContain(`AddressNotLegal: test/ü/Default renders as ${TYPE}.,`);
});

test("a resource and a data source of one name are two", () => {
  const result = synth((stack) => {
    new Image(stack, "Base", { source });
    Image.fromLookup(new Construct(stack, "Base."), "Default", { imageName: "base" });
  });
  expect([blocks(result, TYPE), blocks(result, `data.${TYPE}`)].map(Object.keys)).toStrictEqual([["Base"], ["Base"]]);
});

test("one address in two stacks is two", () => {
  const results = synthApp((app) => {
    for (const id of ["one", "two"]) new Image(newStack(app, id), "Base", { source });
  });
  expect(Object.keys(results)).toStrictEqual(["one", "two"]);
});

test("fails when only the second of two stacks has a collision, and names that stack", () => {
  const message = appFailure((app) => {
    new Image(newStack(app, "one"), "Base", { source });
    const two = newStack(app, "two");
    new Image(two, "Base", { source });
    new Image(two, "Ba/se".replace("/", "."), { source });
  });
  expect(message).toContain("AddressTaken: two/Ba.se/Default and two/Base/Default");
});

test("addresses and elements of a subtree", () => {
  synth((stack) => {
    const image = new Image(stack, "Base", { source });
    const found = Image.fromLookup(stack, "Found", { imageName: "base" });
    expect(addressOf(image.resource)).toBe(`${TYPE}.Base`);
    expect(elementsOf(stack).map(addressOf)).toStrictEqual([
      `${TYPE}.Base`,
      "data.openstack_identity_auth_scope_v3.Found_Owner_110EE478",
      `data.${TYPE}.Found`,
    ]);
    expect(found).toBeDefined();
  });
});

test("a stack inside a stack has addresses of its own", () => {
  const results = synthApp((app) => {
    const outer = newStack(app, "outer");
    new Image(outer, "Base", { source });
    new Image(newStack(outer, "inner"), "Base", { source });
    expect(elementsOf(outer).map(({ node }) => node.path)).toStrictEqual(["outer/Base/Default"]);
  });
  expect(Object.keys(results)).toContain("outer");
});
