import { ImagesImageAccessV2 } from "@cdktf/provider-openstack/lib/images-image-access-v2";
import { ImagesImageV2 } from "@cdktf/provider-openstack/lib/images-image-v2";
import { Aspects, type TerraformStack, TerraformVariable } from "cdktf";
import {
  BootSource,
  Digest,
  Flavor,
  Image,
  ImagePolicy,
  type ImagePolicyProps,
  ImageSource,
  ImageVisibility,
  NetworkInterface,
  PolicyLevel,
  Server,
} from "cdktf-openstack-images";
import { Construct } from "constructs";
import { OTHER_UUID, PROJECT, SHA512, URL_QCOW2 } from "../image/given";
import { failure } from "../support/synth";
import { annotated, found } from "./annotated";

const RAW = { name: "raw", containerFormat: "bare", diskFormat: "qcow2" };
const digest = Digest.sha512(SHA512);

const pinned = (stack: Construct, id = "Golden", visibility = ImageVisibility.PRIVATE) =>
  new Image(stack, id, { source: ImageSource.fromUrl(URL_QCOW2, { digest }), visibility });
const loose = (stack: Construct, visibility = ImageVisibility.PRIVATE) =>
  new Image(stack, "Golden", { source: ImageSource.fromUrl(URL_QCOW2), visibility });

/** With the policy on the stack. */
function policed(build: (stack: TerraformStack) => void, props?: ImagePolicyProps): string[] {
  return annotated((stack) => {
    build(stack);
    Aspects.of(stack).add(new ImagePolicy(props));
  });
}

test("annotates nothing where there is nothing to find", () => {
  expect(policed((stack) => pinned(stack))).toStrictEqual([]);
  const annotations = policed((stack) => {
    const golden = pinned(stack, "Golden", ImageVisibility.SHARED);
    golden.addMember("Team", { projectId: PROJECT });
    new Server(stack, "Web", {
      boot: BootSource.fromImage(golden),
      flavor: Flavor.fromFlavorName("m1.small"),
      networkInterfaces: [NetworkInterface.onNetwork(OTHER_UUID)],
    });
  });
  // the library's own warning stays
  expect(annotations).toStrictEqual([expect.stringMatching(/^warn test\/Web: ImageDeletedInUse: /)]);
});

describe("the source", () => {
  test("without a digest is warned of where the image is private", () => {
    expect(policed((stack) => loose(stack))).toContain(
      `warn test/Golden: OSI-IMG-012: whatever lies at ${URL_QCOW2} becomes the image, and no digest says what should; pin the digest that the ` +
        "publisher gives (npx openstack-images lock, or digest: Digest.sha512(...) here; by hand, a postcondition on properties.os_hash_value)",
    );
  });

  test("without a digest is an error where others boot from the image", () => {
    expect(found(policed((stack) => loose(stack, ImageVisibility.SHARED)))).toStrictEqual([
      "error test/Golden: OSI-IMG-012",
    ]);
  });

  test("without a digest is found of the provider's own class too, at its path", () => {
    const raw = (stack: Construct) => new ImagesImageV2(stack, "Raw", { ...RAW, imageSourceUrl: URL_QCOW2 });
    expect(found(policed((stack) => raw(new Construct(stack, "Mine"))))).toStrictEqual([
      "warn test/Mine/Raw: OSI-IMG-012",
    ]);
  });

  test("counts as verified when a condition of the block is there, whoever wrote it", () => {
    const postcondition = [{ condition: "${self.checksum != null}", errorMessage: "none" }];
    expect(
      policed((stack) => {
        new ImagesImageV2(stack, "Raw", {
          ...RAW,
          imageSourceUrl: URL_QCOW2,
          lifecycle: { postcondition } as never,
        });
      }),
    ).toStrictEqual([]);
  });

  test("is found to be insecure, and is not where its host is allowed", () => {
    const insecure = (stack: Construct) =>
      new ImagesImageV2(stack, "Raw", { ...RAW, imageSourceUrl: "http://mirror.example.org/a" });
    expect(found(policed(insecure))).toStrictEqual(["warn test/Raw: OSI-IMG-012", "error test/Raw: OSI-IMG-013"]);
    expect(found(policed(insecure, { allowedHosts: ["mirror.example.org"] }))).toStrictEqual([
      "warn test/Raw: OSI-IMG-012",
      "info test/Raw: OSI-IMG-013",
    ]);
  });

  test("that only Terraform knows is left to the review of the plan", () => {
    expect(
      policed((stack) => {
        const { stringValue } = new TerraformVariable(stack, "url", { type: "string" });
        new ImagesImageV2(stack, "Raw", { ...RAW, imageSourceUrl: stringValue });
        new ImagesImageV2(stack, "Part", { ...RAW, imageSourceUrl: `http://${stringValue}/a` });
      }),
    ).toStrictEqual([]);
  });
});

test("a public image is warned of", () => {
  expect(found(policed((stack) => pinned(stack, "Golden", ImageVisibility.PUBLIC)))).toStrictEqual([
    "warn test/Golden: OSI-IMG-004",
  ]);
});

describe("a member", () => {
  const member = (stack: Construct, imageId: string) =>
    new ImagesImageAccessV2(stack, "Team", { imageId, memberId: PROJECT });

  test("of an image that is not shared is an error, and says which image", () => {
    const [only] = policed((stack) => member(stack, pinned(stack).imageId));
    expect(only).toMatch(
      /^error test\/Team: OSI-IMG-006: Glance will refuse it \(403\): test\/Golden is private, not shared; share the image first/,
    );
  });

  test("of an image that an override unshares is an error", () => {
    const annotations = policed((stack) => {
      const golden = pinned(stack, "Golden", ImageVisibility.SHARED);
      golden.addMember("Team", { projectId: PROJECT });
      golden.resource.addOverride("visibility", "private");
    });
    expect(found(annotations)).toStrictEqual(["error test/Golden/Team: OSI-IMG-006"]);
  });

  test("of a shared image, or of one whose visibility only Terraform knows, is fine", () => {
    expect(policed((stack) => member(stack, pinned(stack, "Golden", ImageVisibility.SHARED).imageId))).toStrictEqual(
      [],
    );
    expect(
      policed((stack) => {
        const { stringValue } = new TerraformVariable(stack, "visibility", { type: "string" });
        const raw = new ImagesImageV2(stack, "Raw", { ...RAW, localFilePath: "a", visibility: stringValue });
        member(stack, raw.id);
      }),
    ).toStrictEqual([]);
  });

  test("of a project that only Terraform knows is fine", () => {
    expect(
      policed((stack) => {
        const golden = pinned(stack, "Golden", ImageVisibility.SHARED);
        const { stringValue } = new TerraformVariable(stack, "project", { type: "string" });
        golden.addMember("Team", { projectId: stringValue });
      }),
    ).toStrictEqual([]);
  });
});

test("what a stack has by an override alone is annotated at the stack, with its address", () => {
  const annotations = policed((stack) =>
    stack.addOverride("resource.openstack_images_image_v2.extra", {
      name: "extra",
      image_source_url: "http://a.example.org/b",
    }),
  );
  expect(found(annotations)).toStrictEqual(["warn test: OSI-IMG-012", "error test: OSI-IMG-013"]);
});

describe("levels", () => {
  test("are those of the house", () => {
    const levels = (level: PolicyLevel) =>
      found(policed((stack) => loose(stack), { levels: { "OSI-IMG-012": level } }));
    expect(levels(PolicyLevel.BLOCK)).toStrictEqual(["error test/Golden: OSI-IMG-012"]);
    expect(levels(PolicyLevel.WARN)).toStrictEqual(["warn test/Golden: OSI-IMG-012"]);
    expect(levels(PolicyLevel.INFO)).toStrictEqual(["info test/Golden: OSI-IMG-012"]);
    expect(levels(PolicyLevel.OFF)).toStrictEqual([]);
  });

  test("from failOn on are errors", () => {
    const failing = (failOn: PolicyLevel) =>
      found(
        policed(
          (stack) => {
            loose(stack);
            pinned(stack, "Public", ImageVisibility.PUBLIC);
            new ImagesImageAccessV2(stack, "Team", { imageId: pinned(stack, "Private").imageId, memberId: PROJECT });
          },
          { failOn, levels: { "OSI-IMG-004": PolicyLevel.INFO } },
        ),
      ).map((one) => one.split(" ")[0] + one.slice(-4));
    expect(failing(PolicyLevel.BLOCK).sort()).toStrictEqual(["error-006", "info-004", "warn-012"]);
    expect(failing(PolicyLevel.WARN).sort()).toStrictEqual(["error-006", "error-012", "info-004"]);
    expect(failing(PolicyLevel.INFO).sort()).toStrictEqual(["error-004", "error-006", "error-012"]);
    expect(failing(PolicyLevel.OFF).sort()).toStrictEqual(["info-004", "warn-006", "warn-012"]);
  });

  test("of a rule that does not exist, or that do not exist, fail", () => {
    const message = (props: ImagePolicyProps) => failure((stack) => Aspects.of(stack).add(new ImagePolicy(props)));
    expect(message({ levels: { "OSI-IMG-999": PolicyLevel.OFF } })).toContain(
      `'levels' must have the id of a rule, got "OSI-IMG-999"; docs/rules.md lists them [RuleUnknown at test]`,
    );
    expect(message({ levels: { "OSI-IMG-012": "fatal" as PolicyLevel } })).toContain(
      `the level of OSI-IMG-012 must be one of block, warn, info, off, got "fatal"; use one of PolicyLevel [ChoiceUnknown at test]`,
    );
    expect(message({ failOn: "fatal" as PolicyLevel })).toContain("the level of 'failOn' must be one of");
  });
});

test("an error fails the synth", () => {
  const message = failure((stack) => {
    loose(stack, ImageVisibility.PUBLIC);
    Aspects.of(stack).add(new ImagePolicy());
  });
  expect(message).toContain("[test/Golden] OSI-IMG-012: whatever lies at");
});

test("text that steers a terminal is made harmless", () => {
  const [only] = policed((stack) => {
    const raw = new ImagesImageV2(stack, "Raw", { ...RAW, localFilePath: "a", visibility: "pri\u001b[2Jvate" });
    new ImagesImageAccessV2(stack, "Team", { imageId: raw.id, memberId: PROJECT });
  }).filter((one) => one.includes("OSI-IMG-006"));
  expect(only).toContain("test/Raw is pri\\u{1b}[2Jvate, not shared");
});

test("collections are copied in", () => {
  const allowedHosts = ["mirror.example.org"];
  const annotations = annotated((stack) => {
    new ImagesImageV2(stack, "Raw", { ...RAW, imageSourceUrl: "http://mirror.example.org/a" });
    Aspects.of(stack).add(new ImagePolicy({ allowedHosts }));
    allowedHosts.pop();
  });
  expect(found(annotations)).toContain("info test/Raw: OSI-IMG-013");
});
