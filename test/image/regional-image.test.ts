import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import type { TerraformStack } from "cdktf";
import { Digest, DiskFormat, ImageSource, RegionalImage, type RegionalImageProps } from "cdktf-openstack-images";
import { blocks, failure, synth } from "../support/synth";
import { SHA512, URL_QCOW2, UUID } from "./given";

const TYPE = "openstack_images_image_v2";
const source = ImageSource.fromUrl(URL_QCOW2, { digest: Digest.sha512(SHA512) });
const regions = [{ region: "RegionOne" }, { region: "RegionTwo" }];

const golden =
  (props: Partial<RegionalImageProps> = {}) =>
  (stack: TerraformStack): RegionalImage =>
    new RegionalImage(stack, "Golden", { source, regions, ...props });

test("is an image in each region, of one name and held to one digest", () => {
  const result = synth((stack) => void golden({ imageName: "golden" })(stack));
  const found = Object.entries(blocks(result, TYPE));
  expect(
    found.map(([name, block]) => [name.replace(/_[0-9A-F]{8}$/, ""), block.name, block.region, block.image_source_url]),
  ).toStrictEqual([
    ["Golden_RegionOne", "golden", "RegionOne", `${URL_QCOW2}#sha512=${SHA512}`],
    ["Golden_RegionTwo", "golden", "RegionTwo", `${URL_QCOW2}#sha512=${SHA512}`],
  ]);
  for (const [, block] of found) expect(block.lifecycle.postcondition[0].condition).toContain(SHA512);
});

test("warns while the regions hold other bytes", () => {
  const result = synth((stack) => void golden()(stack));
  const [one, two] = Object.keys(blocks(result, TYPE)).map((name) => `${TYPE}.${name}`) as [string, string];
  const algorithm = (at: string) => `try(${at}.properties["os_hash_algo"], "")`;
  const digest = (at: string) => `try(coalesce(${at}.properties["os_hash_value"]), ${at}.checksum, "")`;
  expect(result.json.check[`${one.split(".")[1]}_regions`]).toStrictEqual({
    assert: [
      {
        condition:
          `\${!(${one}.status == "active" && ${two}.status == "active") || ${digest(one)} == ${digest(two)} || ` +
          `(${algorithm(one)} != ${algorithm(two)} && try(coalesce(${one}.checksum), "none") == try(coalesce(${two}.checksum), ""))}`,
        error_message:
          `RegionsDiffer: ${one} holds \${${digest(one)}}, and ${two} holds \${${digest(two)}}; replace the one that is wrong (terraform apply ` +
          "-replace=ADDRESS), and pin the source (npx openstack-images lock)",
      },
    ],
  });
});

test("a region may be a cloud of its own, with a provider that has its region", () => {
  const result = synth((stack) => {
    const provider = new OpenstackProvider(stack, "other", { alias: "other", region: "elsewhere" });
    golden({ regions: [{ region: "RegionOne" }, { region: "Other", provider }] })(stack);
  });
  const found = Object.values(blocks(result, TYPE)).map(({ region, provider }) => [region, provider]);
  expect(found).toStrictEqual([
    [undefined, "openstack.other"],
    ["RegionOne", undefined],
  ]);
});

test("what a region may convert is compared with its digests alone", () => {
  const converted = ImageSource.fromWebDownload(URL_QCOW2, {
    digest: Digest.sha512(SHA512),
    storedDigest: Digest.sha512(SHA512),
    storedAs: DiskFormat.RAW,
  });
  const result = synth((stack) => void golden({ source: converted })(stack));
  expect(Object.keys(result.json.check).filter((name) => name.endsWith("_regions"))).toStrictEqual([]);
});

test("one region is compared with nothing", () => {
  const result = synth((stack) => void golden({ regions: [{ region: "RegionOne" }] })(stack));
  expect(Object.keys(result.json.check)).toHaveLength(1);
});

test("gives the image of a region, and fails for another", () => {
  synth((stack) => {
    expect(golden()(stack).inRegion("RegionTwo").region).toBe("RegionTwo");
  });
  expect(failure((stack) => void golden()(stack).inRegion("RegionThree"))).toBe(
    'the region must be one that the image is published in, got "RegionThree"; there are "RegionOne", "RegionTwo" [RegionUnknown at test/Golden]',
  );
});

test.each([
  ["there is none", [], "got []"],
  ["one is there twice", [{ region: "A" }, { region: "A" }], 'got ["A","A"]'],
  ["one has no name", [{ region: " " }], 'got [" "]'],
])("fails when %s", (_, given, said) => {
  const message = failure((stack) => void golden({ regions: given })(stack));
  expect(message).toContain("'regions' must name one or more regions, each once and known at synth, ");
  expect(message).toContain(said);
});

test("fails when one id is asked for several images", () => {
  expect(failure((stack) => void golden({ imageId: UUID, source: ImageSource.fromUrl(URL_QCOW2) })(stack))).toBe(
    `'imageId' cannot be that of several images, got "${UUID}"; leave it out [RegionsShareId at test/Golden]`,
  );
});

test("one region may have an image with a fixed id", () => {
  const one = { regions: [{ region: "RegionOne" }], imageId: UUID, source: ImageSource.fromUrl(URL_QCOW2) };
  expect(
    Object.values(
      blocks(
        synth((stack) => void golden(one)(stack)),
        TYPE,
      ),
    ),
  ).toMatchObject([{ image_id: UUID }]);
});

test("fails with a region besides its regions", () => {
  expect(failure((stack) => void golden({ region: "RegionTwo" })(stack))).toBe(
    "'region' is what 'regions' says, got \"RegionTwo\" besides; leave it out [RegionsWrong at test/Golden]",
  );
});
