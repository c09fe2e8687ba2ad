import { ImagesImageV2 } from "@cdktf/provider-openstack/lib/images-image-v2";
import {
  Aspects,
  dependable,
  type IStringProducer,
  type ITerraformDependable,
  Lazy,
  TerraformOutput,
  type TerraformStack,
} from "cdktf";
import { Image, ImageMember, ImageSource, ImageVisibility } from "cdktf-openstack-images";
import { Construct, type IConstruct } from "constructs";
import { appFailure, blocks, failure, newStack, only, type Synthesis, synth } from "../support/synth";

const TYPE = "openstack_images_image_v2";
const ACCESS = "openstack_images_image_access_v2";
const source = ImageSource.fromUrl("https://images.example.org/base.qcow2");
const PROJECT = "0123456789abcdef0123456789abcdef";
const OTHER_PROJECT = "fedcba9876543210fedcba9876543210";

function shared(stack: TerraformStack, id = "Base"): Image {
  return new Image(stack, id, { source, visibility: ImageVisibility.SHARED });
}

function raw(stack: TerraformStack, dependsOn?: ITerraformDependable[]): ImagesImageV2 {
  return new ImagesImageV2(stack, "Raw", { name: "raw", containerFormat: "bare", diskFormat: "raw", dependsOn });
}

function waitsFor(result: Synthesis, name: string, type = TYPE): unknown {
  return only(result, type, name).depends_on;
}

describe("a construct of the library", () => {
  test("waits for all that another one holds", () => {
    const result = synth((stack) => {
      const base = shared(stack);
      base.addMember("Team", { projectId: PROJECT });
      new Image(stack, "After", { source, dependsOn: [base] });
    });
    expect(waitsFor(result, "After")).toStrictEqual([`${TYPE}.Base`, `${ACCESS}.Base_Team_DF2012AE`]);
  });

  test("waits for what is added after it was made", () => {
    const result = synth((stack) => {
      const base = shared(stack);
      new Image(stack, "After", { source, dependsOn: [base] });
      base.addMember("Team", { projectId: PROJECT });
    });
    expect(waitsFor(result, "After")).toStrictEqual([`${TYPE}.Base`, `${ACCESS}.Base_Team_DF2012AE`]);
  });

  test("waits for a raw resource", () => {
    const result = synth((stack) => new Image(stack, "After", { source, dependsOn: [raw(stack)] }));
    expect(waitsFor(result, "After")).toStrictEqual([`${TYPE}.Raw`]);
  });

  test("waits once for what is named twice", () => {
    const result = synth((stack) => {
      const base = shared(stack);
      new Image(stack, "After", { source, dependsOn: [base, base, base.resource] });
    });
    expect(waitsFor(result, "After")).toStrictEqual([`${TYPE}.Base`]);
  });

  test("waits for nothing when the list is empty", () => {
    const result = synth((stack) => new Image(stack, "After", { source, dependsOn: [] }));
    expect(only(result, TYPE)).not.toHaveProperty("depends_on");
  });

  test("takes a copy of the list", () => {
    const result = synth((stack) => {
      const list: ITerraformDependable[] = [raw(stack)];
      new Image(stack, "After", { source, dependsOn: list });
      list.push(shared(stack));
    });
    expect(waitsFor(result, "After")).toStrictEqual([`${TYPE}.Raw`]);
  });

  test("makes no circle when several children wait for what they belong to", () => {
    const result = synth((stack) => {
      const base = shared(stack);
      base.addMember("One", { projectId: PROJECT, dependsOn: [base] });
      base.addMember("Two", { projectId: OTHER_PROJECT, dependsOn: [base] });
    });
    expect(Object.values(blocks(result, ACCESS)).map(({ depends_on }) => depends_on)).toStrictEqual([
      [`${TYPE}.Base`],
      [`${TYPE}.Base`],
    ]);
  });

  test("makes no circle when a child waits for a sibling that waits for what both belong to", () => {
    const result = synth((stack) => {
      const base = shared(stack);
      const one = base.addMember("One", { projectId: PROJECT, dependsOn: [base] });
      base.addMember("Two", { projectId: OTHER_PROJECT, dependsOn: [base, one] });
    });
    const [one, two] = Object.keys(blocks(result, ACCESS));
    expect(waitsFor(result, one, ACCESS)).toStrictEqual([`${TYPE}.Base`]);
    expect(waitsFor(result, two, ACCESS)).toStrictEqual([`${TYPE}.Base`, `${ACCESS}.${one}`]);
  });

  test("makes no circle when it lies deeper in what it waits for, beside a gate", () => {
    const result = synth((stack) => {
      const base = shared(stack);
      raw(stack, [base]);
      base.addMember("Team", { projectId: PROJECT });
      new Image(new Construct(base, "Group"), "Inner", { source, dependsOn: [base] });
    });
    const inner = Object.keys(blocks(result, TYPE)).find((name) => name.startsWith("Base_Group_Inner")) ?? "";
    expect(waitsFor(result, inner)).toStrictEqual([`${TYPE}.Base`]);
    expect(only(result, "terraform_data").depends_on).toStrictEqual([
      `${TYPE}.Base`,
      `${ACCESS}.Base_Team_DF2012AE`,
      `${TYPE}.${inner}`,
    ]);
  });

  test("waits for an address of one's own choice", () => {
    const result = synth((stack) => {
      const base = shared(stack);
      base.resource.overrideLogicalId("renamed");
      new Image(stack, "After", { source, dependsOn: [base] });
    });
    expect(waitsFor(result, "After")).toStrictEqual([`${TYPE}.renamed`]);
  });
});

test("fails when it waits for what is in another stack", () => {
  const message = appFailure((app) => {
    const base = shared(newStack(app, "one"));
    new Image(newStack(app, "two"), "After", { source, dependsOn: [base] });
  });
  expect(message).toBe(
    "'dependsOn' cannot reach into another stack, got one/Base; use stack.addDependency(otherStack) " +
      "[DependencyInOtherStack at two/After]",
  );
});

describe("a raw resource", () => {
  test("waits for the one resource of an image", () => {
    const result = synth((stack) => raw(stack, [shared(stack)]));
    expect(waitsFor(result, "Raw")).toStrictEqual([`${TYPE}.Base`]);
    expect(blocks(result, "terraform_data")).toStrictEqual({});
  });

  test("waits for an image with members by way of one gate", () => {
    const result = synth((stack) => {
      const base = shared(stack);
      raw(stack, [base]);
      base.addMember("Team", { projectId: PROJECT });
    });
    const [gate] = Object.keys(blocks(result, "terraform_data"));
    expect(waitsFor(result, "Raw")).toStrictEqual([`terraform_data.${gate}`]);
    expect(only(result, "terraform_data")).toStrictEqual({
      depends_on: [`${TYPE}.Base`, `${ACCESS}.Base_Team_DF2012AE`],
    });
  });

  test("shares the gate with another, and with constructs that wait for the resources themselves", () => {
    const result = synth((stack) => {
      const base = shared(stack);
      base.addMember("Team", { projectId: PROJECT });
      raw(stack, [base]);
      new ImagesImageV2(stack, "Raw2", { name: "2", containerFormat: "bare", diskFormat: "raw", dependsOn: [base] });
      new Image(stack, "After", { source, dependsOn: [base] });
    });
    expect(waitsFor(result, "Raw2")).toStrictEqual(waitsFor(result, "Raw"));
    expect(Object.keys(blocks(result, "terraform_data"))).toHaveLength(1);
    expect(waitsFor(result, "After")).toStrictEqual([`${TYPE}.Base`, `${ACCESS}.Base_Team_DF2012AE`]);
  });

  test("leaves no gate when it does not wait", () => {
    const result = synth((stack) => {
      shared(stack).addMember("Team", { projectId: PROJECT });
      raw(stack);
    });
    expect(blocks(result, "terraform_data")).toStrictEqual({});
  });

  test("waits for the whole image when a member has the id of the gate", () => {
    const result = synth((stack) => {
      const base = shared(stack);
      base.addMember("DependencyGate", { projectId: PROJECT });
      raw(stack, [base]);
    });
    const [gate] = Object.keys(blocks(result, "terraform_data"));
    expect(gate).toBeDefined();
    expect(waitsFor(result, "Raw")).toStrictEqual([`terraform_data.${gate}`]);
  });

  test("waits for a member and its acceptance", () => {
    const result = synth((stack) => {
      const member = new ImageMember(stack, "Team", { image: shared(stack), projectId: PROJECT });
      raw(stack, [member]);
    });
    expect(waitsFor(result, "Raw")).toStrictEqual([`${ACCESS}.Team`]);
  });
});

const TOO_LATE =
  "a raw resource's 'dependsOn' must name this before the synth begins, got it from an aspect; set it where the resource is made " +
  "[DependencyTooLate at test/Base]";

test("fails when a gate is first asked for while the stack is being rendered", () => {
  const message = failure((stack) => {
    const base = shared(stack);
    base.addMember("Team", { projectId: PROJECT });
    const late = { produce: ({ preparing }: { preparing: boolean }) => (preparing ? "" : base.fqn) };
    new TerraformOutput(stack, "Late", { value: Lazy.stringValue(late as unknown as IStringProducer) });
  });
  expect(message).toContain(TOO_LATE);
});

test("fails when an aspect makes a raw resource wait, which comes after the gates", () => {
  const message = failure((stack) => {
    const base = shared(stack);
    base.addMember("Team", { projectId: PROJECT });
    const late = raw(stack);
    const visit = (node: IConstruct) => {
      if (node === late) late.dependsOn = [dependable(base)];
    };
    Aspects.of(stack).add({ visit });
  });
  expect(message).toContain(TOO_LATE);
});

test("an aspect may name a gate that is there already", () => {
  const result = synth((stack) => {
    const base = shared(stack);
    base.addMember("Team", { projectId: PROJECT });
    raw(stack, [base]);
    const late = new Image(stack, "Late", { source }).resource;
    const visit = (node: IConstruct) => {
      if (node === late) late.dependsOn = [dependable(base)];
    };
    Aspects.of(stack).add({ visit });
  });
  expect(waitsFor(result, "Late")).toStrictEqual(waitsFor(result, "Raw"));
});
