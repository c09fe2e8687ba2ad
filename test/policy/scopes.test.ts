import { ImagesImageAccessV2 } from "@cdktf/provider-openstack/lib/images-image-access-v2";
import { ImagesImageV2 } from "@cdktf/provider-openstack/lib/images-image-v2";
import { App, Aspects, TerraformLocal, TerraformStack } from "cdktf";
import { Image, ImagePolicy, ImageSource, ImageVisibility } from "cdktf-openstack-images";
import { Construct, type IConstruct } from "constructs";
import { PROJECT, URL_QCOW2 } from "../image/given";
import { newStack } from "../support/synth";
import { temporaryDirectory } from "../support/terraform-process";
import { annotatedApp, found } from "./annotated";

const source = ImageSource.fromUrl(URL_QCOW2);
const loose = (scope: Construct, id = "Golden") => new Image(scope, id, { source });
const RAW = { name: "raw", containerFormat: "bare", diskFormat: "qcow2", imageSourceUrl: URL_QCOW2 };
const ofLoose = (path: string) => `warn ${path}: OSI-IMG-012`;

const heard = (build: (app: App) => void) => found(annotatedApp(build));

describe("the policy is heard", () => {
  test("of a stack, of that stack alone", () => {
    const annotations = heard((app) => {
      const [one, two] = [newStack(app, "one"), newStack(app, "two")];
      loose(one);
      loose(two);
      Aspects.of(one).add(new ImagePolicy());
    });
    expect(annotations).toStrictEqual([ofLoose("one/Golden")]);
  });

  test("of the app, in all its stacks, those without a construct of the library too", () => {
    const annotations = heard((app) => {
      Aspects.of(app).add(new ImagePolicy());
      new ImagesImageV2(newStack(app, "first"), "Raw", RAW);
      loose(newStack(app, "second"));
      new ImagesImageV2(newStack(app, "third"), "Raw", RAW);
    });
    expect(annotations).toStrictEqual([ofLoose("first/Raw"), ofLoose("second/Golden"), ofLoose("third/Raw")]);
  });

  test("of a construct around stacks", () => {
    const annotations = heard((app) => {
      const stage = new Construct(app, "Stage");
      loose(newStack(stage, "one"));
      loose(newStack(app, "two"));
      Aspects.of(stage).add(new ImagePolicy());
    });
    expect(annotations).toStrictEqual([ofLoose("Stage/one/Golden")]);
  });

  test("of a construct in a stack, of what that holds alone", () => {
    const annotations = heard((app) => {
      const stack = newStack(app, "one");
      const group = new Construct(stack, "Group");
      loose(group);
      loose(stack);
      Aspects.of(group).add(new ImagePolicy());
      Aspects.of(loose(stack, "Third")).add(new ImagePolicy());
    });
    expect(annotations).toStrictEqual([ofLoose("one/Group/Golden"), ofLoose("one/Third")]);
  });

  test("once, of a stack inside another one, of the app and the stack, and in a second synth", () => {
    const app = new App({ outdir: temporaryDirectory("policy") });
    const outer = newStack(app, "outer");
    const golden = loose(newStack(outer, "inner"));
    const policy = new ImagePolicy();
    Aspects.of(app).add(policy);
    Aspects.of(outer).add(policy);
    Aspects.of(outer).add(new ImagePolicy());
    app.synth();
    app.synth();
    expect(golden.node.metadata.filter(({ data }) => String(data).startsWith("OSI-"))).toHaveLength(1);
  });
});

test("aspects of others of the app are not called, as cdktf has it", () => {
  const visit = jest.fn();
  heard((app) => {
    loose(newStack(app, "one"));
    Aspects.of(app).add({ visit });
  });
  expect(visit).not.toHaveBeenCalled();
});

test("what other aspects change is seen, whichever comes first", () => {
  const publish = {
    visit(node: IConstruct) {
      if (node instanceof ImagesImageV2) node.visibility = "public";
    },
  };
  const annotations = heard((app) => {
    const stack = newStack(app, "one");
    loose(stack);
    Aspects.of(stack).add(new ImagePolicy());
    Aspects.of(stack).add(publish);
  });
  expect(annotations).toStrictEqual(["warn one/Golden: OSI-IMG-004", "error one/Golden: OSI-IMG-012"]);
});

describe("a member in another stack", () => {
  /** Two stacks with an image of the same address, one of them shared; and a member of one of them in a third. */
  const across = (of: "one" | "two") =>
    heard((app) => {
      const digestless = { ...RAW, imageSourceUrl: undefined, localFilePath: "a.raw" };
      const images = {
        one: new ImagesImageV2(newStack(app, "one"), "Golden", { ...digestless, visibility: ImageVisibility.SHARED }),
        two: new ImagesImageV2(newStack(app, "two"), "Golden", { ...digestless, visibility: ImageVisibility.PRIVATE }),
      };
      const consumer = newStack(app, "consumer");
      new ImagesImageAccessV2(consumer, "Team", { imageId: images[of].id, memberId: PROJECT });
      Aspects.of(consumer).add(new ImagePolicy());
    });

  test("is of the image that it refers to, by way of the state", () => {
    expect(across("two")).toStrictEqual(["error consumer/Team: OSI-IMG-006"]);
    expect(across("one")).toStrictEqual([]);
  });
});

test("a reference through a local is followed", () => {
  const annotations = heard((app) => {
    const stack = newStack(app, "one");
    const raw = new ImagesImageV2(stack, "Raw", { ...RAW, imageSourceUrl: undefined, localFilePath: "a.raw" });
    const local = new TerraformLocal(stack, "id", raw.id);
    new ImagesImageAccessV2(stack, "Team", { imageId: local.asString, memberId: PROJECT });
    Aspects.of(stack).add(new ImagePolicy());
  });
  expect(annotations).toStrictEqual(["error one/Team: OSI-IMG-006"]);
});

test("a stack that cannot be rendered fails as it does without the policy", () => {
  const error = new Error("cannot be rendered");
  class Broken extends TerraformStack {
    override toTerraform(): never {
      throw error;
    }
  }
  const app = new App({ outdir: temporaryDirectory("policy") });
  const broken = new Broken(app, "broken");
  Aspects.of(broken).add(new ImagePolicy());
  expect(() => app.synth()).toThrow(error);
});
