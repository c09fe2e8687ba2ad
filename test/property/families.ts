import {
  FamilyNaming,
  type ImageFamilyProps,
  ImageStage,
  type ImageVersionOptions,
  type RegionalImageProps,
  type RegionOptions,
  RetirementPolicy,
} from "cdktf-openstack-images";
import * as fc from "fast-check";
import { type Described, Make, MakeImages, MakeIn, shown, TokenOf } from "./described";
import {
  type Content,
  imageProps,
  memberOptions,
  nameAndVisibility,
  newProject,
  settings,
  withFixableId,
} from "./images";
import { sourceAndFormats } from "./sources";
import { childName, text, versionName } from "./text";
import { bool, type Fields, type Given, props, provider, ref, without } from "./values";

const MOST_VERSIONS = 4;

const versionOptions: Fields<Omit<ImageVersionOptions, "source">> = {
  version: versionName,
  stage: fc.constantFrom(ImageStage.CANDIDATE, ImageStage.PREVIOUS),
  retired: fc.constantFrom(...Object.values(RetirementPolicy)),
  protected: bool,
  retireAfter: fc
    .date({ min: new Date("2000-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10)),
};
const familyProps: Fields<Omit<ImageFamilyProps, "versions" | Content>> = {
  ...settings,
  ...nameAndVisibility,
  naming: fc.constantFrom(...Object.values(FamilyNaming)),
  testers: fc.array(newProject, { maxLength: 2 }),
  keep: fc.integer({ min: MOST_VERSIONS, max: 100 }),
};

const versionsAndFormats = fc.uniqueArray(fc.tuple(props(versionOptions, "version"), sourceAndFormats), {
  minLength: 1,
  maxLength: MOST_VERSIONS,
  selector: ([{ version }]) => version,
});

/**
 * The oldest version is one to boot from; of the others those that have its formats, which are the family's. Where none is marked as current, one
 * without a stage may be, and that is not retired.
 */
function withVersions(given: Given, [oldest, ...others]: [Given, Given][], stage?: ImageStage): Given {
  const [version, { source, ...formats }] = oldest;
  const newer = others
    .filter(([, content]) => shown(without(content, "source")) === shown(formats))
    .map(([options, content]) => ({
      ...(stage === undefined && options.stage === undefined ? without(options, "retired") : options),
      source: content.source,
    }));
  const versions = [...newer, { ...without(version, "retired"), source, stage }];
  return { ...given, ...formats, versions: versions.map((each) => allowedIn(given, each)) };
}

/** What is retired is not protected, and a day needs properties that are known. */
function allowedIn({ properties }: Given, version: Given): Given {
  const unprotected = version.retired === undefined ? version : { ...version, protected: false };
  return properties instanceof TokenOf ? without(unprotected, "retireAfter") : unprotected;
}

const newFamily = fc
  .tuple(
    props(familyProps, "provider"),
    versionsAndFormats,
    fc.constantFrom(undefined, ImageStage.CURRENT),
    text({ maxLength: 5 }),
  )
  .map(([given, versions, stage, id]) => {
    const family = withVersions(given, versions, stage);
    const staying = (family.versions as Given[]).filter(({ retired }) => retired === undefined);
    const names = staying.map(({ version }) => version);
    return new MakeImages(new Make("ImageFamily", [family], id), "version", names);
  });

const regionOptions: Fields<RegionOptions> = {
  region: fc.oneof(fc.constantFrom("RegionOne", "RegionTwo"), childName),
  provider,
};
const { region: _, ...propsOfAnyRegion } = imageProps;
const regionalProps: Fields<Omit<RegionalImageProps, Content | "region">> = {
  ...propsOfAnyRegion,
  regions: fc.uniqueArray(props(regionOptions, "region"), {
    minLength: 1,
    maxLength: 3,
    selector: ({ region }) => region,
  }),
};

/** Several images cannot have one id. */
function withIdOfOne(given: Given): Given {
  return (given.regions as Given[]).length > 1 ? without(given, "imageId") : given;
}

const newRegionalImage = fc
  .tuple(props(regionalProps, "regions", "provider"), sourceAndFormats, text({ maxLength: 5 }))
  .map(([given, content, id]) => {
    const names = (given.regions as Given[]).map(({ region }) => region);
    const all = withIdOfOne(withFixableId({ ...given, ...content }));
    return new MakeImages(new Make("RegionalImage", [all], id), "inRegion", names);
  });

const member = fc
  .tuple(ref("shared family of the stack"), props(memberOptions, "projectId"))
  .map(([shared, options]) => new MakeIn("ImageFamily.addMember", shared, [options]));

/** What makes several images of one declaration. */
export const anyFamily: fc.Arbitrary<Described> = fc.oneof(
  { weight: 2, arbitrary: newFamily },
  { weight: 1, arbitrary: newRegionalImage },
  { weight: 1, arbitrary: member },
);
