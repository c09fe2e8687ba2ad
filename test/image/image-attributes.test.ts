import { Fn, TerraformOutput, type TerraformStack } from "cdktf";
import {
  type IImage,
  Image,
  ImageMember,
  ImageMemberAcceptance,
  ImageOwner,
  type ImageProps,
  ImageSource,
  ImageVisibility,
} from "cdktf-openstack-images";
import { rendered } from "../core/rendered";
import { newStack, synth, synthApp } from "../support/synth";
import { testWithTerraform } from "../support/terraform";
import { consumer, inAppFolder, OTHER_PROJECT, PROJECT, shared, source, UUID } from "./given";

const DECLARED = "openstack_images_image_v2.Base";
const FOUND = "data.openstack_images_image_v2.Found";

/** All that an image may tell, by the provider's attribute. */
const ATTRIBUTES = {
  imageName: "name",
  minDiskGb: "min_disk_gb",
  minRamMb: "min_ram_mb",
  imageSizeBytes: "size_bytes",
  imageChecksum: "checksum",
  imageOwnerId: "owner",
  imageCreatedAt: "created_at",
  imageProperties: "properties",
} as const satisfies Record<Exclude<keyof IImage, "imageId">, string>;
const NAMES = Object.keys(ATTRIBUTES) as (keyof typeof ATTRIBUTES)[];
/** What only Glance knows of an image that the app declares. */
const OF_GLANCE = ["imageSizeBytes", "imageChecksum", "imageOwnerId", "imageCreatedAt", "imageProperties"] as const;

function found(stack: TerraformStack, owner?: ImageOwner): Image | IImage {
  return Image.fromLookup(stack, "Found", { imageName: "base", visibility: ImageVisibility.PUBLIC, owner });
}

/** What an image tells of itself, as it is written in a stack. */
function told(stack: TerraformStack, image: IImage): { [name: string]: unknown } {
  return Object.fromEntries(NAMES.map((name) => [name, rendered(stack, image[name])]));
}

function references(address: string, names: readonly (keyof typeof ATTRIBUTES)[] = NAMES) {
  return Object.fromEntries(names.map((name) => [name, `\${${address}.${ATTRIBUTES[name]}}`]));
}

const EVERYTHING: Required<IImage> = {
  imageId: UUID,
  imageName: "base",
  minDiskGb: 4,
  minRamMb: 512,
  imageSizeBytes: 5,
  imageChecksum: "d".repeat(32),
  imageOwnerId: PROJECT,
  imageCreatedAt: "2026-01-31T12:00:00Z",
  imageProperties: { os_distro: "ubuntu" },
};

const NOTHING = Object.fromEntries(NAMES.map((name) => [name, undefined]));

describe("an image of the app", () => {
  test("tells what is declared, and refers to what Glance knows", () => {
    synth((stack) => {
      const image = new Image(stack, "Base", { source, minDiskGb: 4, minRamMb: 512 });
      expect(told(stack, image)).toStrictEqual({
        imageName: "Base",
        minDiskGb: 4,
        minRamMb: 512,
        ...references(DECLARED, OF_GLANCE),
      });
    });
  });

  test("does not tell sizes that are not declared, since Glance sets none", () => {
    synth((stack) => {
      const { minDiskGb, minRamMb } = new Image(stack, "Base", { source });
      expect([minDiskGb, minRamMb]).toStrictEqual([undefined, undefined]);
    });
  });

  test("refers to all its properties, not to those that are declared alone", () => {
    synth((stack) => {
      const image = new Image(stack, "Base", { source, properties: { os_distro: "ubuntu" } });
      expect(rendered(stack, image.imageProperties)).toBe(`\${${DECLARED}.properties}`);
    });
  });

  test("tells the size of a file that is here", () => {
    inAppFolder({ "disk.raw": "12345" }, () =>
      synth((stack) => {
        const image = new Image(stack, "Base", { source: ImageSource.fromFile("disk.raw") });
        expect(told(stack, image)).toMatchObject({ imageSizeBytes: 5, imageChecksum: `\${${DECLARED}.checksum}` });
      }),
    );
  });

  test("follows a logical id that is given later", () => {
    const { json } = synth((stack) => {
      const image = new Image(stack, "Base", { source });
      for (const name of OF_GLANCE) new TerraformOutput(stack, name, { value: image[name] });
      image.resource.overrideLogicalId("renamed");
    });
    const values = Object.fromEntries(
      Object.entries<{ value: unknown }>(json.output).map(([name, { value }]) => [name, value]),
    );
    expect(values).toStrictEqual(references("openstack_images_image_v2.renamed", OF_GLANCE));
  });
});

describe("an image that is looked up", () => {
  test("refers to all that Glance knows", () => {
    synth((stack) => {
      const image = found(stack);
      expect(rendered(stack, image.imageId)).toBe(`\${${FOUND}.id}`);
      expect(told(stack, image)).toStrictEqual(references(FOUND));
      expect(Image.isImage(image)).toBe(false);
    });
  });

  test("tells the owner that it was asked for by", () => {
    synth((stack) => {
      expect(found(stack, ImageOwner.fromProjectId(PROJECT)).imageOwnerId).toBe(PROJECT);
    });
  });

  test("refers to its owner when that is the current project", () => {
    synth((stack) => {
      expect(rendered(stack, found(stack, ImageOwner.CURRENT_PROJECT).imageOwnerId)).toBe(`\${${FOUND}.owner}`);
    });
  });
});

test("an image by its id tells nothing else", () => {
  synth((stack) => {
    const image = Image.fromImageId(stack, "Rocky", UUID);
    expect([image.imageId, told(stack, image)]).toStrictEqual([UUID, NOTHING]);
  });
});

describe.each<[string, (stack: TerraformStack, image: IImage) => IImage]>([
  ["a membership", (stack, image) => new ImageMember(stack, "Team", { image, projectId: OTHER_PROJECT }).image],
  [
    "a membership with an acceptance",
    (stack, image) => {
      const acceptance = { provider: consumer(stack) };
      return new ImageMember(stack, "Team", { image, projectId: OTHER_PROJECT, acceptance }).image;
    },
  ],
  [
    "an acceptance",
    (stack, image) => {
      const props = { image, projectId: OTHER_PROJECT, provider: consumer(stack) };
      return new ImageMemberAcceptance(stack, "Team", props).image;
    },
  ],
])("%s hands on", (_, via) => {
  const images: [string, (stack: TerraformStack) => IImage][] = [
    ["an image of the app", (stack) => shared(stack)],
    ["an image that is looked up", (stack) => found(stack)],
    ["an image by its id", (stack) => Image.fromImageId(stack, "Rocky", UUID)],
    ["an image of which everything is known", () => EVERYTHING],
  ];

  test.each(images)("all that is known of %s, but its id", (_, imageOf) => {
    synth((stack) => {
      const image = imageOf(stack);
      const handed = via(stack, image);
      expect(told(stack, handed)).toStrictEqual(told(stack, image));
      expect(rendered(stack, handed.imageId)).toMatch(/^\$\{openstack_images_image_access_\w+\.\w+\.image_id\}$/);
    });
  });
});

describe("in another stack", () => {
  function outputs(imageOf: (stack: TerraformStack) => IImage, names: readonly (keyof typeof ATTRIBUTES)[]) {
    const { one, two } = synthApp((app) => {
      const image = imageOf(newStack(app, "one"));
      const stack = newStack(app, "two");
      for (const name of names) {
        new TerraformOutput(stack, name, { value: image[name] });
        // asked for once more: the state hands each over once all the same
        new TerraformOutput(stack, `${name}-again`, { value: image[name] });
      }
    });
    if (!one || !two) throw new Error("a stack is missing");
    return { one: one.json.output, two: two.json.output };
  }

  test.each<[string, (stack: TerraformStack) => IImage, string, readonly (keyof typeof ATTRIBUTES)[]]>([
    ["an image of the app", (stack) => new Image(stack, "Base", { source }), DECLARED, OF_GLANCE],
    ["an image that is looked up", (stack) => found(stack), FOUND, NAMES],
  ])("the attributes of %s come from the state", (_, imageOf, address, names) => {
    const { one, two } = outputs(imageOf, names);
    const name = (attribute: string) => `cross-stack-output-${address.replaceAll(".", "")}${attribute}`;
    const attributes = names.map((each) => ATTRIBUTES[each]);
    expect(one).toStrictEqual(
      Object.fromEntries(
        attributes.map((attribute) => [name(attribute), { value: `\${${address}.${attribute}}`, sensitive: true }]),
      ),
    );
    const state = "data.terraform_remote_state.cross-stack-reference-input-one.outputs";
    for (const each of names) {
      const value = `\${${state}.${name(ATTRIBUTES[each])}}`;
      expect([two[each], two[`${each}-again`]]).toStrictEqual([{ value }, { value }]);
    }
  });
});

test("a property of an image is read with a function of Terraform", () => {
  const { json } = synth((stack) => {
    const image = new Image(stack, "Base", { source });
    new TerraformOutput(stack, "distro", { value: Fn.lookup(image.imageProperties, "os_distro", "unknown") });
    new TerraformOutput(stack, "text", { value: `${image.imageSizeBytes} bytes of ${image.imageOwnerId}` });
  });
  expect(json.output).toStrictEqual({
    distro: { value: `\${lookup(${DECLARED}.properties, "os_distro", "unknown")}` },
    text: { value: `\${${DECLARED}.size_bytes} bytes of \${${DECLARED}.owner}` },
  });
});

testWithTerraform("Terraform accepts every attribute as what it is said to be", (kit) => {
  const props: ImageProps = { source, properties: { a: "b" } };
  const { stackFolder } = synth((stack) => {
    const images = { declared: new Image(stack, "Base", props), found: found(stack) as IImage };
    for (const [which, image] of Object.entries(images)) {
      const values = [
        Fn.upper(image.imageChecksum ?? ""),
        Fn.ceil(image.imageSizeBytes ?? 0),
        Fn.keys(image.imageProperties ?? {}),
      ];
      values.push(Fn.upper(image.imageOwnerId ?? ""), Fn.formatdate("YYYY", image.imageCreatedAt ?? ""));
      values.forEach((value, i) => {
        new TerraformOutput(stack, `${which}-${i}`, { value });
      });
    }
  });
  expect(kit.validate(stackFolder)).toStrictEqual([]);
});
