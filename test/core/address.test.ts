import { ImagesImageV2 } from "@cdktf/provider-openstack/lib/images-image-v2";
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { type App, TerraformStack } from "cdktf";
import { Image, ImageMember, ImageSource, ImageVisibility, OsPropertyChange } from "cdktf-openstack-images";
import { Construct } from "constructs";
import { addressOf, elementsOf } from "../../lib/core/address";
import { appFailure, blocks, failure, newStack, only, synth, synthApp } from "../support/synth";

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

describe("where every provider has an alias", () => {
  /** Both in one stack, without a provider that has no alias. */
  function aliased(app: App, id = "test") {
    const stack = new TerraformStack(app, id);
    const [one, two] = ["one", "two"].map((alias) => new OpenstackProvider(stack, alias, { alias }));
    return { stack, one, two };
  }

  function missing(path: string): string {
    return (
      `ProviderMissing: ${path} has no 'provider', and every openstack provider of the stack has an alias (one, two), so Terraform ` +
      "would take one from the environment; give it one of them, or the stack a provider without alias"
    );
  }

  test("fails when an image has none, and names each block", () => {
    const message = appFailure((app) => {
      const { stack, one } = aliased(app);
      new Image(stack, "Given", { source, provider: one });
      new Image(stack, "Base", { source });
      Image.fromLookup(stack, "Found", { imageName: "base" });
    });
    for (const path of ["test/Base/Default", "test/Found/Owner", "test/Found/Default"]) {
      expect(message).toContain(missing(path));
    }
    expect(message.match(/ProviderMissing/g)).toHaveLength(3);
  });

  test("fails when a raw resource next to an image has none", () => {
    const message = appFailure((app) => {
      const { stack, one } = aliased(app);
      new Image(stack, "Base", { source, provider: one });
      new ImagesImageV2(stack, "Raw", { name: "raw", containerFormat: "bare", diskFormat: "raw" });
    });
    expect(message).toContain(missing("test/Raw"));
    expect(message.match(/ProviderMissing/g)).toHaveLength(1);
  });

  test("blocks with a provider, their children and the triggers are right", () => {
    const results = synthApp((app) => {
      const { stack, one, two } = aliased(app);
      const shared = { source, visibility: ImageVisibility.SHARED, osPropertyChange: OsPropertyChange.REPLACE };
      const image = new Image(stack, "Base", { ...shared, provider: one, properties: { os_distro: "ubuntu" } });
      image.addMember("Team", { projectId: "0".repeat(32), acceptance: { provider: two } });
      new ImageMember(stack, "Alone", { image, projectId: "1".repeat(32) });
      Image.fromLookup(stack, "Found", { imageName: "base", provider: two });
    });
    expect(Object.keys(blocks(results.test, "terraform_data"))).toHaveLength(1);
  });

  test("a provider set on the resource counts, and so does one that the stack gets later", () => {
    const results = synthApp((app) => {
      const { stack, one } = aliased(app);
      const image = new Image(stack, "Base", { source });
      image.resource.provider = one;
      const later = aliased(app, "later").stack;
      new Image(later, "Base", { source });
      new OpenstackProvider(new Construct(later, "Group"), "Plain", {});
    });
    expect([only(results.test, TYPE).provider, only(results.later, TYPE).provider]).toStrictEqual([
      "openstack.one",
      undefined,
    ]);
  });

  test("fails when only a provider of another stack has no alias", () => {
    const message = appFailure((app) => {
      newStack(app, "other");
      new Image(aliased(app).stack, "Base", { source });
    });
    expect(message).toContain(missing("test/Base/Default"));
  });
});

test("a provider without alias is enough, next to others or alone", () => {
  const results = synthApp((app) => {
    const stack = newStack(app, "both");
    new OpenstackProvider(stack, "Other", { alias: "other" });
    for (const at of [stack, newStack(app, "alone")]) new Image(at, "Base", { source });
  });
  for (const stack of ["both", "alone"]) expect(only(results[stack], TYPE)).not.toHaveProperty("provider");
});

test("fails when a stack has no provider at all, which cdktf says alone", () => {
  const message = appFailure((app) => new Image(new TerraformStack(app, "test"), "Base", { source }));
  expect(message).toContain("Found resources without a matching provider construct");
  expect(message).not.toContain("ProviderMissing");
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
