import { type TerraformStack, TerraformVariable, Token } from "cdktf";
import {
  BootSource,
  FamilyNaming,
  Flavor,
  ImageFamily,
  type ImageFamilyProps,
  ImageSource,
  ImageStage,
  type ImageVersionOptions,
  ImageVisibility,
  NetworkMode,
  RetirementPolicy,
  Server,
} from "cdktf-openstack-images";
import { type Block, blocks, failure, only, synth } from "../support/synth";
import { consumer, OTHER_PROJECT, PROJECT } from "./given";

const TYPE = "openstack_images_image_v2";
const MEMBER = "openstack_images_image_access_v2";
const ACCEPT = "openstack_images_image_access_accept_v2";
const { CANDIDATE, CURRENT, PREVIOUS } = ImageStage;

const version = (name: string, more: Partial<ImageVersionOptions> = {}): ImageVersionOptions => ({
  version: name,
  source: ImageSource.fromUrl(`https://images.example.org/${name}.qcow2`),
  ...more,
});

const VERSIONS = [version("20261115", { stage: CANDIDATE }), version("20261101"), version("20261001")];

const family =
  (props: Partial<ImageFamilyProps> = {}, use: (family: ImageFamily) => void = () => {}) =>
  (stack: TerraformStack) =>
    use(new ImageFamily(stack, "Ubuntu", { versions: VERSIONS, ...props }));

/** The images, by the names that Terraform has for them, without what is the same for all. */
function images(props: Partial<ImageFamilyProps> = {}): Record<string, Block> {
  return Object.fromEntries(
    Object.entries(blocks(synth(family(props)), TYPE)).map(
      ([name, { disk_format: _, container_format: __, image_cache_path: ___, ...block }]) => [
        name.replace(/_[0-9A-F]{8}$/, ""),
        block,
      ],
    ),
  );
}

const shown = (found: Record<string, Block>) =>
  Object.fromEntries(
    Object.entries(found).map(([at, { name, visibility, hidden }]) => [at, [name, visibility, hidden]]),
  );

test("each version is an image of its own, as its stage says", () => {
  expect(images({ visibility: ImageVisibility.PUBLIC, tags: ["lts"] })).toStrictEqual({
    Ubuntu_20261115: {
      name: "Ubuntu-20261115",
      visibility: "private",
      image_source_url: "https://images.example.org/20261115.qcow2",
      tags: ["lts"],
      lifecycle: { create_before_destroy: true },
    },
    Ubuntu_20261101: {
      name: "Ubuntu-20261101",
      visibility: "public",
      image_source_url: "https://images.example.org/20261101.qcow2",
      tags: ["lts"],
      lifecycle: { create_before_destroy: true },
    },
    Ubuntu_20261001: {
      name: "Ubuntu-20261001",
      visibility: "public",
      hidden: true,
      image_source_url: "https://images.example.org/20261001.qcow2",
      tags: ["lts"],
      lifecycle: { create_before_destroy: true },
    },
  });
});

describe("one line", () => {
  const [candidate, current, previous] = VERSIONS as [ImageVersionOptions, ImageVersionOptions, ImageVersionOptions];
  const stages = (...versions: ImageVersionOptions[]) => shown(images({ versions }));

  test("rolls forward", () => {
    expect(stages(version("20261120"), current, previous)).toStrictEqual({
      Ubuntu_20261120: ["Ubuntu-20261120", "private", undefined],
      Ubuntu_20261101: ["Ubuntu-20261101", "private", true],
      Ubuntu_20261001: ["Ubuntu-20261001", "private", true],
    });
  });

  test("promotes", () => {
    const { stage: _, ...promoted } = candidate;
    expect(stages(promoted, current)).toStrictEqual({
      Ubuntu_20261115: ["Ubuntu-20261115", "private", undefined],
      Ubuntu_20261101: ["Ubuntu-20261101", "private", true],
    });
  });

  test("rolls back", () => {
    expect(stages(current, { ...previous, stage: CURRENT })).toStrictEqual({
      Ubuntu_20261101: ["Ubuntu-20261101", "private", true],
      Ubuntu_20261001: ["Ubuntu-20261001", "private", undefined],
    });
  });

  test("takes a version back", () => {
    expect(stages({ ...current, stage: PREVIOUS }, previous)).toStrictEqual({
      Ubuntu_20261101: ["Ubuntu-20261101", "private", true],
      Ubuntu_20261001: ["Ubuntu-20261001", "private", undefined],
    });
  });
});

test("names follow the current version where they shall", () => {
  const names = Object.values(images({ imageName: "ubuntu-24.04", naming: FamilyNaming.PLAIN_FOR_NEWEST })).map(
    ({ name }) => name,
  );
  expect(names).toStrictEqual(["ubuntu-24.04-20261001", "ubuntu-24.04", "ubuntu-24.04-20261115"]);
});

test("versions may hold dots and begin with digits, and differ in nothing else", () => {
  const found = blocks(synth(family({ versions: [version("24.04"), version("2404"), version("v1.2-rc1")] })), TYPE);
  expect(Object.values(found).map(({ name }) => name)).toStrictEqual([
    "Ubuntu-2404",
    "Ubuntu-24.04",
    "Ubuntu-v1.2-rc1",
  ]);
});

test("candidates are shared with the testers alone", () => {
  const result = synth(family({ testers: [PROJECT, PROJECT], visibility: ImageVisibility.COMMUNITY }));
  expect(Object.values(blocks(result, TYPE)).map(({ visibility }) => visibility)).toStrictEqual([
    "community",
    "community",
    "shared",
  ]);
  expect(only(result, MEMBER)).toMatchObject({
    member_id: PROJECT,
    image_id: expect.stringContaining("Ubuntu_20261115_"),
  });
});

test("a member gets all versions but the candidate, and boots from the current one", () => {
  const result = synth((stack) => {
    family({ visibility: ImageVisibility.SHARED }, (ubuntu) => {
      const staging = consumer(stack);
      const { image } = ubuntu.addMember("Staging", { projectId: OTHER_PROJECT, acceptance: { provider: staging } });
      new Server(stack, "Web", {
        provider: staging,
        boot: BootSource.fromImage(image),
        flavor: Flavor.fromFlavorName("m1.small"),
        networkMode: NetworkMode.AUTO,
      });
    })(stack);
  });
  const of = (type: string) =>
    Object.values(blocks(result, type)).map((block) => /_(\d{8})_/.exec(block.image_id)?.[1]);
  expect(of(MEMBER)).toStrictEqual(["20261001", "20261101"]);
  expect(of(ACCEPT)).toStrictEqual(["20261001", "20261101"]);
  expect(only(result, "openstack_compute_instance_v2").image_id).toContain("Ubuntu_20261101_");
});

test("servers boot from the current version or a named one, and no new build warns of what it does to them", () => {
  const result = synth((stack) =>
    family({}, (ubuntu) => {
      for (const [id, image] of Object.entries({ New: ubuntu.current, Old: ubuntu.version("20261001") })) {
        new Server(stack, id, {
          boot: BootSource.fromImage(image),
          flavor: Flavor.fromFlavorName("m1.small"),
          networkMode: NetworkMode.AUTO,
        });
      }
    })(stack),
  );
  const found = blocks(result, "openstack_compute_instance_v2");
  expect(found.New?.image_id).toContain("Ubuntu_20261101_");
  expect(found.Old?.image_id).toContain("Ubuntu_20261001_");
  expect(result.warnings).toStrictEqual([]);
});

describe("a retired version", () => {
  const retired = (policy: RetirementPolicy) => [version("20261101"), version("20261001", { retired: policy })];

  test("goes with its image, and leaves its line", () => {
    const result = synth(family({ versions: retired(RetirementPolicy.DELETE) }));
    expect(only(result, TYPE).name).toBe("Ubuntu-20261101");
    expect(result.json.removed).toBeUndefined();
  });

  test("is forgotten where it was, with its members, and stays in the cloud", () => {
    const props = { visibility: ImageVisibility.SHARED, testers: [PROJECT] };
    const addMember = (ubuntu: ImageFamily) => {
      const acceptance = { provider: consumer(ubuntu) };
      ubuntu.addMember("Staging", { projectId: OTHER_PROJECT, acceptance });
    };
    const before = synth(family({ ...props, versions: [version("20261101"), version("20261001")] }, addMember));
    const after = synth(family({ ...props, versions: retired(RetirementPolicy.RETAIN) }, addMember));
    const left = [TYPE, MEMBER, ACCEPT].flatMap((type) =>
      Object.keys(blocks(before, type))
        .filter((name) => !(name in blocks(after, type)))
        .map((name) => `${type}.${name}`),
    );
    expect(left).toHaveLength(3);
    expect(after.json.removed).toEqual(
      expect.arrayContaining(left.map((from) => ({ from, lifecycle: { destroy: false } }))),
    );
    // the testers' memberships of when it was a candidate
    expect(after.json.removed).toHaveLength(5);
    // older ones know no such block
    expect(after.json.terraform.required_version).toBe(">= 1.7");
    expect(before.json.terraform.required_version).toBeUndefined();
  });

  test("leaves a version of Terraform that the stack asks for as it is", () => {
    const result = synth((stack) => {
      stack.addOverride("terraform.required_version", "~> 1.9");
      family({ versions: retired(RetirementPolicy.RETAIN) })(stack);
    });
    expect(result.json.terraform.required_version).toBe("~> 1.9");
  });
});

test("the day up to which a version is kept stands on the image", () => {
  const versions = [version("20261101", { retireAfter: "2027-01-31" })];
  expect(only(synth(family({ versions, properties: { a: "1" } })), TYPE).properties).toStrictEqual({
    a: "1",
    retire_after: "2027-01-31",
  });
});

const WRONG: Record<string, [Partial<ImageFamilyProps>, string]> = {
  "a version twice": [
    { versions: [version("1"), version("1", { retired: RetirementPolicy.DELETE })] },
    'a family can have a version once, got "1" twice; give the new build a name of its own, also when the old one is retired [VersionTwice at test/Ubuntu]',
  ],
  "two current versions": [
    { versions: [version("2", { stage: CURRENT }), version("1", { stage: CURRENT })] },
    'one version can be ImageStage.CURRENT, got "2" and "1"; leave it out for all but one [TwoVersionsCurrent at test/Ubuntu]',
  ],
  "no version to boot from": [{ versions: [version("1", { stage: CANDIDATE })] }, "[NoVersionCurrent at test/Ubuntu]"],
  "no version": [{ versions: [] }, "[NoVersionCurrent at test/Ubuntu]"],
  "more versions than it keeps": [
    { keep: 1, versions: [...VERSIONS, version("20260901")] },
    `'keep' leaves 1 versions besides candidates, got 3; set retired: RetirementPolicy.RETAIN or DELETE for "20261001", "20260901" [FamilyTooLong at test/Ubuntu]`,
  ],
  "more versions than it keeps, the oldest being the current one": [
    { keep: 1, versions: [...VERSIONS, version("20260901", { stage: ImageStage.CURRENT })] },
    `set retired: RetirementPolicy.RETAIN or DELETE for "20261101", "20261001" [FamilyTooLong at test/Ubuntu]`,
  ],
  "a name with a slash": [
    { versions: [version("2026/11")] },
    '\'version\' must be known at synth, have a character but no "/", and not be Default, got "2026/11"',
  ],
  "a name without a character": [{ versions: [version(" ")] }, "[VersionNameWrong at test/Ubuntu]"],
  "a name that cdktf leaves out": [{ versions: [version("Default")] }, "[VersionNameWrong at test/Ubuntu]"],
  "how many stay, which only Terraform knows": [
    { keep: Token.asNumber({ resolve: () => 1 }), versions: [version("1")] },
    "'keep' must be known at synth, where versions are counted, got a token; write the number [KeepUnknown at test/Ubuntu]",
  ],
  "a day that is none": [
    { versions: [version("1", { retireAfter: "2027-02-31" })] },
    '\'retireAfter\' of "1" must be a day, got "2027-02-31"; write it as 2027-01-31 [NotADay at test/Ubuntu]',
  ],
  "a day beside properties that only Terraform knows": [
    { properties: Token.asStringMap({ resolve: () => ({}) }), versions: [version("1", { retireAfter: "2027-01-31" })] },
    "'retireAfter' of \"1\" is a property, and needs 'properties' that are known at synth, got a token; write them out",
  ],
  "a current version that retires": [
    {
      versions: [
        version("3"),
        version("2", { stage: ImageStage.CURRENT, retired: RetirementPolicy.DELETE }),
        version("1"),
      ],
    },
    'the current version cannot be retired, got "2"; give another one stage: ImageStage.CURRENT, apply that everywhere, and then retire ' +
      "this one [RetiredCurrent at test/Ubuntu]",
  ],
  "the newest version retired, which was current": [
    { versions: [version("2", { retired: RetirementPolicy.DELETE }), version("1")] },
    'the current version cannot be retired, got "2"; give another one stage: ImageStage.CURRENT, apply that everywhere, and then retire ' +
      "this one [RetiredCurrent at test/Ubuntu]",
  ],
  "a protected version that retires": [
    { protected: true, versions: [version("2"), version("1", { retired: RetirementPolicy.DELETE })] },
    'a protected version cannot be retired, got "1"; set protected: false for it and apply that everywhere, and then set retired: RetirementPolicy.DELETE [RetiredProtected at test/Ubuntu]',
  ],
};

test("fails when a tester is only known at apply", () => {
  const message = failure((stack) => {
    const { stringValue } = new TerraformVariable(stack, "Tester", { type: "string" });
    family({ testers: [stringValue] })(stack);
  });
  expect(message).toContain("[TesterUnknown at test/Ubuntu]");
});

test("is not changed by what is done to its props afterwards", () => {
  const versions = [...VERSIONS];
  const result = synth(
    family({ versions }, (ubuntu) => {
      versions.length = 0;
      expect(ubuntu.version("20261001").imageName).toBe("Ubuntu-20261001");
    }),
  );
  expect(Object.keys(blocks(result, TYPE))).toHaveLength(3);
});

test.each(Object.entries(WRONG))("fails when a family has %s", (_, [props, said]) => {
  expect(failure(family(props))).toContain(said);
});

test("a version that was unprotected may retire", () => {
  const versions = [version("2"), version("1", { protected: false, retired: RetirementPolicy.DELETE })];
  expect(only(synth(family({ protected: true, versions })), TYPE).protected).toBe(true);
});

test("fails when a retired version is used", () => {
  const versions = [version("2"), version("1", { retired: RetirementPolicy.RETAIN })];
  expect(failure(family({ versions }, (ubuntu) => void ubuntu.version("1")))).toContain(
    'a version that is used cannot be retired, got "1"; boot from another one, apply that everywhere, and then set retired: RetirementPolicy.RETAIN ' +
      "[VersionRetiredInUse at test/Ubuntu]",
  );
});

test("fails when a version is not of the family", () => {
  expect(failure(family({}, (ubuntu) => void ubuntu.version("20250101")))).toContain(
    'a version must be one of the family, got "20250101"; there are "20261115", "20261101", "20261001" [VersionUnknown at test/Ubuntu]',
  );
});
