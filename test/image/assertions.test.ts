import { Digest, DigestPin, Image, type ImageProps, ImageSource, ImageVisibility } from "cdktf-openstack-images";
import { type Block, only, type Synthesis, synth } from "../support/synth";
import { applyPlain, configDirectory, testWithPlainTerraform } from "../support/terraform";
import { MD5, OTHER_PROJECT, PROJECT, SHA256, SHA512, URL_QCOW2 } from "./given";

const OTHER = "7".repeat(128);

/** An image as Glance reports it. */
interface Reported {
  readonly status?: string;
  readonly checksum?: string | null;
  readonly properties?: Record<string, string>;
  readonly owner?: string;
  readonly name?: string | null;
}

/** What Terraform makes of the conditions, and of the messages of those that fail, for an image that Glance reports so. */
function judged(assertions: Block[], reported: Reported): string[] {
  const image = { id: "ID", name: "base", status: "active", checksum: MD5, properties: {}, ...reported };
  const onImage = (text: string) =>
    text.replace(/\b(self|(data\.)?openstack_images_image_v2\.(Base|Found))\.(?=\w+\b)/g, "local.image.");
  const asText = JSON.parse(JSON.stringify(image).replaceAll("${", () => "$${"));
  // a null without a type would be an unknown value
  for (const [key, value] of Object.entries(asText)) if (value === null) asText[key] = "${tostring(null)}";
  const output = Object.fromEntries(
    assertions.flatMap(({ condition, error_message }, i) => [
      [`holds${i}`, { value: onImage(condition) }],
      [`message${i}`, { value: onImage(error_message) }],
    ]),
  );
  const found = applyPlain(configDirectory({ locals: { image: asText }, output }));
  return assertions.map((_, i) => (found[`holds${i}`] === true ? "holds" : String(found[`message${i}`])));
}

function imageWith(digest: Digest | undefined, props: Partial<ImageProps> = {}): Synthesis {
  const source = ImageSource.fromUrl(URL_QCOW2, { digest, digestPin: DigestPin.CHECK });
  return synth((stack) => new Image(stack, "Base", { source, ...props }));
}

function postconditions(result: Synthesis, type = "openstack_images_image_v2"): Block[] {
  return only(result, type).lifecycle.postcondition;
}

function reports(algorithm: string, hex: string): Reported {
  return { properties: { os_hash_algo: algorithm, os_hash_value: hex } };
}

const HOLDS = "holds";
const MISMATCH = /^DigestMismatch: .* must hold \w+ \w+, but Glance holds /;

describe("the digest that Glance must have", () => {
  const cases: [string, Digest, Reported, string | RegExp][] = [
    ["the same", Digest.sha512(SHA512), reports("sha512", SHA512), HOLDS],
    ["another", Digest.sha512(SHA512), reports("sha512", OTHER), MISMATCH],
    ["none", Digest.sha512(SHA512), {}, MISMATCH],
    ["none, while it is not active", Digest.sha512(SHA512), { status: "queued" }, HOLDS],
    ["one in another algorithm", Digest.sha256(SHA256), reports("sha512", OTHER), HOLDS],
    ["the same checksum", Digest.md5(MD5), { checksum: MD5 }, HOLDS],
    ["another checksum", Digest.md5(MD5), { checksum: "0".repeat(32) }, MISMATCH],
    ["no checksum", Digest.md5(MD5), { checksum: null }, HOLDS],
    ["an empty checksum", Digest.md5(MD5), { checksum: "" }, HOLDS],
  ];
  for (const [name, digest, reported, expected] of cases) {
    testWithPlainTerraform(`when Glance reports ${name}`, () => {
      const [verdict] = judged(postconditions(imageWith(digest)), reported);
      expect(verdict).toMatch(expected);
    });
  }

  testWithPlainTerraform("is told with what Glance holds", () => {
    const [verdict] = judged(postconditions(imageWith(Digest.sha512(SHA512))), reports("sha512", OTHER));
    expect(verdict).toContain(`must hold sha512 ${SHA512}, but Glance holds sha512 ${OTHER}. `);
  });
});

describe("the warning that nothing was compared", () => {
  const cases: [string, Digest, Reported, string | RegExp][] = [
    ["the algorithm", Digest.sha256(SHA256), reports("sha256", SHA256), HOLDS],
    ["another algorithm", Digest.sha256(SHA256), reports("sha512", OTHER), /since Glance reports sha512\./],
    ["no algorithm", Digest.sha256(SHA256), {}, /since Glance reports none\./],
    ["nothing yet", Digest.sha256(SHA256), { status: "saving" }, HOLDS],
    ["a checksum", Digest.md5(MD5), {}, HOLDS],
    ["no checksum", Digest.md5(MD5), { checksum: null }, /^DigestNotVerified/],
  ];
  for (const [name, digest, reported, expected] of cases) {
    testWithPlainTerraform(`when Glance reports ${name}`, () => {
      const [verdict] = judged(imageWith(digest).json.check.Base.assert, reported);
      expect(verdict).toMatch(expected);
    });
  }
});

describe("the warning that os_* properties differ", () => {
  const declared = { os_distro: "ubuntu", os_note: 'it\'s "5 %" ${a}', zebra: "1" };

  function verdicts(properties: Record<string, string>, status = "active"): string[] {
    const { assert } = imageWith(undefined, { properties: declared }).json.check.Base;
    return judged(assert, { status, properties });
  }

  testWithPlainTerraform("is silent when they agree, whatever Glance adds", () => {
    const glance = { os_hash_algo: "sha512", os_hash_value: OTHER, os_hidden: "false", os_glance_stage_host: "x" };
    expect(verdicts({ ...declared, ...glance, hw_disk_bus: "ide" })).toStrictEqual([HOLDS, HOLDS]);
  });

  testWithPlainTerraform("gives the command that sets them", () => {
    const [wrong, surplus] = verdicts({ os_distro: "debian" });
    expect(wrong).toMatch(
      / Run: openstack image set --property 'os_distro=ubuntu' --property 'os_note=it'\\''s "5 %" \$\{a\}' ID$/,
    );
    expect(surplus).toBe(HOLDS);
  });

  testWithPlainTerraform("gives the command that unsets the surplus", () => {
    const [wrong, surplus] = verdicts({ ...declared, os_version: "1", os_admin_user: "me" });
    expect(wrong).toBe(HOLDS);
    expect(surplus).toMatch(/ Run: openstack image unset --property 'os_admin_user' --property 'os_version' ID$/);
  });

  testWithPlainTerraform("is silent while the image is not active", () => {
    expect(verdicts({ os_version: "1" }, "queued")).toStrictEqual([HOLDS, HOLDS]);
  });
});

testWithPlainTerraform("the way out for a protected image names the image", () => {
  const result = imageWith(Digest.sha512(SHA512), { protected: true });
  const [verdict] = judged(postconditions(result), reports("sha512", OTHER));
  expect(verdict).toContain(
    "set protected: false, openstack image set --unprotect ID, then rm -r .terraform/image_cache && terraform apply -replace=",
  );
});

testWithPlainTerraform("a member's condition refuses the owner of the image, and no other project", () => {
  const result = synth((stack) => {
    const source = ImageSource.fromUrl(URL_QCOW2);
    const image = new Image(stack, "Base", { source, visibility: ImageVisibility.SHARED });
    image.addMember("Team", { projectId: PROJECT });
  });
  const { precondition } = only(result, "openstack_images_image_access_v2").lifecycle;
  expect(judged(precondition, { owner: OTHER_PROJECT })).toStrictEqual([HOLDS]);
  expect(judged(precondition, { owner: PROJECT })).toStrictEqual([
    `MemberIsOwner: project ${PROJECT} owns the image of test/Base/Team and needs no membership; drop it.`,
  ]);
});

describe("a lookup's conditions", () => {
  function verdicts(reported: Reported): string[] {
    const result = synth((stack) => {
      const properties = { os_distro: "ubuntu", 'a"b': "${c}" };
      Image.fromLookup(stack, "Found", { imageName: "base", visibility: ImageVisibility.PUBLIC, properties });
    });
    return judged(postconditions(result, "data.openstack_images_image_v2"), reported);
  }

  testWithPlainTerraform("hold for what was asked for", () => {
    const properties = { os_distro: "ubuntu", 'a"b': "${c}", more: "x" };
    expect(verdicts({ properties })).toStrictEqual([HOLDS, HOLDS]);
  });

  testWithPlainTerraform("name the properties that differ", () => {
    const [differ] = verdicts({ properties: { os_distro: "debian" } });
    expect(differ).toBe(
      "LookupPropertiesDiffer: data.openstack_images_image_v2.Found found base (ID), which has not the value asked for of " +
        'a"b, os_distro; name the right image, or drop the property.',
    );
  });

  testWithPlainTerraform("hold for an image without a name, and name it by its id when they do not", () => {
    const properties = { os_distro: "ubuntu", 'a"b': "${c}" };
    expect(verdicts({ name: null, properties })).toStrictEqual([HOLDS, HOLDS]);
    const [differ, snapshot] = verdicts({ name: null, properties: { image_type: "snapshot" } });
    expect(differ).toContain("data.openstack_images_image_v2.Found found ID, which has not the value asked for of");
    expect(snapshot).toContain("data.openstack_images_image_v2.Found found ID, the snapshot of a server;");
  });

  testWithPlainTerraform("refuse a snapshot", () => {
    const [, snapshot] = verdicts({ properties: { image_type: "snapshot" } });
    expect(snapshot).toContain("LookupFoundSnapshot: data.openstack_images_image_v2.Found found base (ID)");
  });
});
