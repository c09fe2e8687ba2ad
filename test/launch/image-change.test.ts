import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import type { TerraformStack } from "cdktf";
import { BootSource, ImageChange, ImageVisibility } from "cdktf-openstack-images";
import { type Block, failure, only, synth } from "../support/synth";
import {
  IMAGE_ID,
  imageOf,
  newImage,
  newServer,
  newVolume,
  PINNED,
  PROJECT_ID,
  SERVER,
  SNAPSHOT_ID,
  TRIGGER,
  VOLUME,
  VOLUME_ID,
} from "./samples";

interface Case {
  readonly what: string;
  readonly type: string;
  /** Where the image stands in the resource. */
  readonly attribute: string;
  readonly trigger: string;
  readonly build: (stack: TerraformStack, onImageChange?: ImageChange) => void;
}

const SERVER_FROM_IMAGE: Case = {
  what: "a server on the flavor's disk",
  type: SERVER,
  attribute: "image_id",
  trigger: "Web_ImageTrigger_670CF68E",
  build: (stack, onImageChange) => newServer(stack, { onImageChange }),
};
const SERVER_FROM_NEW_VOLUME: Case = {
  what: "a server on a new volume",
  type: SERVER,
  attribute: "block_device[0].uuid",
  trigger: "Web_ImageTrigger_670CF68E",
  build: (stack, onImageChange) => {
    const boot = BootSource.fromNewVolume(imageOf(), { sizeGb: 10, deleteOnTermination: true });
    newServer(stack, { boot, onImageChange });
  },
};
const VOLUME_FROM_IMAGE: Case = {
  what: "a volume from an image",
  type: VOLUME,
  attribute: "image_id",
  trigger: "Data_ImageTrigger_C0FEB73B",
  build: (stack, onImageChange) => newVolume(stack, { image: imageOf(), onImageChange }),
};

describe.each([SERVER_FROM_IMAGE, SERVER_FROM_NEW_VOLUME, VOLUME_FROM_IMAGE])("$what", (each) => {
  const rendered = (mode?: ImageChange): [Block | undefined, Block] => {
    const result = synth((stack) => each.build(stack, mode));
    return [only(result, each.type).lifecycle, only(result, TRIGGER, each.trigger)];
  };
  const trigger = { triggers_replace: IMAGE_ID };

  test("ignores another image by default", () => {
    expect(rendered()).toStrictEqual([{ ignore_changes: [each.attribute] }, trigger]);
  });

  test("ignores another image with IGNORE", () => {
    expect(rendered(ImageChange.IGNORE)).toStrictEqual([{ ignore_changes: [each.attribute] }, trigger]);
  });

  test("is replaced, and never rebuilt, with REPLACE", () => {
    const lifecycle = {
      ignore_changes: [each.attribute],
      replace_triggered_by: [`terraform_data.${each.trigger}`],
    };
    expect(rendered(ImageChange.REPLACE)).toStrictEqual([lifecycle, trigger]);
  });
});

test("a server on the flavor's disk is left to the provider, which rebuilds it, with REBUILD", () => {
  const result = synth((stack) => newServer(stack, { onImageChange: ImageChange.REBUILD }));
  expect(only(result, SERVER)).toStrictEqual({ name: "Web", flavor_id: "42", image_id: IMAGE_ID });
  expect(only(result, TRIGGER)).toStrictEqual({ triggers_replace: IMAGE_ID });
});

test("fails when a server on a new volume is to be rebuilt", () => {
  expect(failure((stack) => SERVER_FROM_NEW_VOLUME.build(stack, ImageChange.REBUILD))).toBe(
    "'onImageChange' cannot be REBUILD for a volume-backed server, which the provider cannot rebuild; " +
      "use ImageChange.REPLACE or IGNORE [RebuildOfVolume at test/Web]",
  );
});

test("fails when a volume is to be rebuilt", () => {
  expect(failure((stack) => VOLUME_FROM_IMAGE.build(stack, ImageChange.REBUILD))).toBe(
    "'onImageChange' cannot be REBUILD for a volume, which the provider cannot rebuild; " +
      "use ImageChange.REPLACE or IGNORE [RebuildOfVolume at test/Data]",
  );
});

const WITHOUT_IMAGE: [string, BootSource][] = [
  ["a volume that exists", BootSource.fromVolume({ volumeId: VOLUME_ID })],
  ["a snapshot", BootSource.fromSnapshot(SNAPSHOT_ID, { deleteOnTermination: true })],
];

test.each(WITHOUT_IMAGE)("fails when a server on %s has a mode", (_, boot) => {
  const mode = ImageChange.IGNORE;
  expect(failure((stack) => newServer(stack, { boot, onImageChange: mode }))).toBe(
    `'onImageChange' needs a disk from an image, got ${mode} without one; give it to the Volume that is made from the image ` +
      "[ImageChangeWithoutImage at test/Web]",
  );
});

test.each(WITHOUT_IMAGE)("fails when a server on %s is to be rebuilt", (_, boot) => {
  expect(failure((stack) => newServer(stack, { boot, onImageChange: ImageChange.REBUILD }))).toMatch(
    /^'onImageChange' .*\[(ImageChangeWithoutImage|RebuildOfVolume) at test\/Web\]$/,
  );
});

test.each([SERVER_FROM_IMAGE, SERVER_FROM_NEW_VOLUME, VOLUME_FROM_IMAGE])(
  "fails when $what has no such mode",
  (each) => {
    expect(failure((stack) => each.build(stack, "ignore" as ImageChange))).toMatch(
      /^'onImageChange' must be known at synth and one of IGNORE, REPLACE, REBUILD, got "ignore"; use one of these \[ChoiceUnknown at test\/(Web|Data)\]$/,
    );
  },
);

test.each([ImageChange.IGNORE, ImageChange.REPLACE])("fails when a blank volume has the mode %s", (mode) => {
  expect(failure((stack) => newVolume(stack, { onImageChange: mode }))).toBe(
    `'onImageChange' needs 'image', got ${mode} without one; leave it out [ImageChangeWithoutImage at test/Data]`,
  );
});

describe("the trigger", () => {
  test("follows an image of the app", () => {
    const result = synth((stack) => newServer(stack, { boot: BootSource.fromImage(newImage(stack)) }));
    expect(only(result, TRIGGER)).toStrictEqual({ triggers_replace: "${openstack_images_image_v2.Golden.id}" });
    expect(only(result, SERVER).image_id).toBe("${openstack_images_image_v2.Golden.id}");
  });

  test("and the server wait for the acceptance that gives the image", () => {
    const result = synth((stack) => {
      const consumer = new OpenstackProvider(stack, "staging", { alias: "staging" });
      const member = newImage(stack, { visibility: ImageVisibility.SHARED }).addMember("Staging", {
        projectId: PROJECT_ID,
        acceptance: { provider: consumer },
      });
      if (!member.acceptance) throw new Error("the member has no acceptance");
      newServer(stack, { boot: BootSource.fromImage(member.acceptance.image), provider: consumer });
    });
    const accepted = "${openstack_images_image_access_accept_v2.Golden_Staging_Acceptance_44CE34DF.image_id}";
    expect(only(result, SERVER).image_id).toBe(accepted);
    expect(only(result, TRIGGER)).toStrictEqual({ triggers_replace: accepted });
  });
});

describe("the warning that a new digest deletes an image in use", () => {
  const text = (why: string) =>
    `ImageDeletedInUse: a new digest of test/Golden deletes the image that this was made from, since this ${why} and does ` +
    "not move in the same apply; leave that image as it is, and declare the new build as a version of an ImageFamily, where each is " +
    "an image of its own";
  const warnings = (source: typeof PINNED | undefined, mode?: ImageChange) =>
    synth((stack) => {
      const image = newImage(stack, source && { source });
      newServer(stack, { boot: BootSource.fromImage(image), onImageChange: mode });
    }).warnings;

  test("stands at a server that ignores image changes", () => {
    const expected = [{ path: "test/Web", message: text("ignores image changes") }];
    expect(warnings(PINNED)).toStrictEqual(expected);
    expect(warnings(PINNED, ImageChange.IGNORE)).toStrictEqual(expected);
  });

  test("is silent for a volume, into which Cinder copies the image", () => {
    const { warnings: found } = synth((stack) => newVolume(stack, { image: newImage(stack, { source: PINNED }) }));
    expect(found).toStrictEqual([]);
  });

  test("is silent for a server on a new volume, into which Cinder copies the image", () => {
    const { warnings: found } = synth((stack) => {
      const image = newImage(stack, { source: PINNED });
      newServer(stack, { boot: BootSource.fromNewVolume(image, { sizeGb: 10, deleteOnTermination: true }) });
    });
    expect(found).toStrictEqual([]);
  });

  test("is silent for a server that moves in the same apply", () => {
    expect(warnings(PINNED, ImageChange.REPLACE)).toStrictEqual([]);
    expect(warnings(PINNED, ImageChange.REBUILD)).toStrictEqual([]);
  });

  test("is silent for an image that no digest replaces", () => {
    expect(warnings(undefined)).toStrictEqual([]);
  });

  test("is silent for an image that the app does not declare", () => {
    expect(synth((stack) => newServer(stack)).warnings).toStrictEqual([]);
  });

  test("stands at a server that gets the image by way of a membership", () => {
    const { warnings: found } = synth((stack) => {
      const image = newImage(stack, { source: PINNED, visibility: ImageVisibility.SHARED });
      const member = image.addMember("Staging", { projectId: PROJECT_ID });
      newServer(stack, { boot: BootSource.fromImage(member.image) });
    });
    expect(found).toStrictEqual([{ path: "test/Web", message: text("ignores image changes") }]);
  });

  test("stands at a server that gets the image by way of an acceptance", () => {
    const { warnings: found } = synth((stack) => {
      const consumer = new OpenstackProvider(stack, "staging", { alias: "staging" });
      const image = newImage(stack, { source: PINNED, visibility: ImageVisibility.SHARED });
      const member = image.addMember("Staging", { projectId: PROJECT_ID, acceptance: { provider: consumer } });
      if (!member.acceptance) throw new Error("the member has no acceptance");
      newServer(stack, { boot: BootSource.fromImage(member.acceptance.image) });
    });
    expect(found).toStrictEqual([{ path: "test/Web", message: text("ignores image changes") }]);
  });
});
