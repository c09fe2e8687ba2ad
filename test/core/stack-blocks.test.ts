import { Image, ImageSource, ImageVisibility } from "cdktf-openstack-images";
import { Construct } from "constructs";
import { hcl } from "../../lib/core/hcl";
import { StackBlocks } from "../../lib/core/stack-blocks";
import { failure, newStack, synth, synthApp } from "../support/synth";

const source = ImageSource.fromUrl("https://images.example.org/base.qcow2");

test("a stack has one element for its blocks, wherever it is asked for", () => {
  synthApp((app) => {
    const [one, two] = [newStack(app, "one"), newStack(app, "two")];
    const found = StackBlocks.of(new Construct(new Construct(one, "Group"), "Inner"));
    expect(StackBlocks.of(one)).toBe(found);
    expect(StackBlocks.of(two)).not.toBe(found);
  });
});

test("renders every check under a name that is asked for late", () => {
  let name = "early";
  const { json } = synth((stack) => {
    const blocks = StackBlocks.of(stack);
    blocks.addCheck(
      () => name,
      [
        { condition: hcl`a == ${"b"}`, errorMessage: "first" },
        { condition: hcl`c`, errorMessage: "second" },
      ],
    );
    blocks.addCheck(() => "other", [{ condition: hcl`d`, errorMessage: "third" }]);
    name = "late";
  });
  expect(json.check).toStrictEqual({
    late: {
      assert: [
        { condition: '${a == "b"}', error_message: "first" },
        { condition: "${c}", error_message: "second" },
      ],
    },
    other: { assert: [{ condition: "${d}", error_message: "third" }] },
  });
});

test("renders nothing when there is no check", () => {
  expect(synth((stack) => StackBlocks.of(stack)).json).not.toHaveProperty("check");
});

test("leaves a check of the user's own alone", () => {
  const { json } = synth((stack) => {
    stack.addOverride("check.mine", { assert: [{ condition: "${true}", error_message: "never" }] });
    StackBlocks.of(stack).addCheck(() => "ours", [{ condition: hcl`d`, errorMessage: "third" }]);
  });
  expect(Object.keys(json.check).sort()).toStrictEqual(["mine", "ours"]);
});

test("is there for a second copy of the library too", () => {
  synth((stack) => {
    let copy: typeof StackBlocks | undefined;
    jest.isolateModules(() => {
      copy = require("../../lib/core/stack-blocks").StackBlocks;
    });
    expect(copy).not.toBe(StackBlocks);
    expect(copy?.of(stack)).toBe(StackBlocks.of(stack));
  });
});

test("a user may call a construct as the library calls that element", () => {
  const properties = { os_distro: "ubuntu" };
  const { json } = synth((stack) => {
    new Image(new Construct(stack, "cdktf-openstack-images"), "Base", { source, properties });
  });
  expect(Object.keys(json.check)).toHaveLength(1);
  const alone = synth((stack) => new Image(stack, "cdktf-openstack-images", { source, properties }));
  expect(Object.keys(alone.json.check)).toStrictEqual(["cdktf-openstack-images"]);
});

test("fails when addresses collide, whatever constructs of the library there are", () => {
  const message = failure((stack) => {
    const image = new Image(stack, "a.b", { source, visibility: ImageVisibility.SHARED });
    image.addMember("Team", { projectId: "0".repeat(32) });
    new Image(stack, "ab", { source });
  });
  expect(message.match(/AddressTaken/g)).toHaveLength(1);
});
