import { RETIRE_AFTER } from "../content/image-request";
import { checkAmount, checkChoice, checkName } from "../core/checks";
import { InvalidInput, shown } from "../core/errors";
import { isKnown } from "../core/known";
import { OpenstackConstruct } from "../core/openstack-construct";
import type { Construct, IResolvable } from "../framework";
import { declaredImage } from "./declared-image";
import { Image } from "./image";
import type { ImageMember, ImageMemberOptions } from "./image-member";
import type { ImageSettings } from "./image-props";
import { FamilyNaming, ImageStage, RetirementPolicy } from "./image-stage";
import { ImageVisibility } from "./image-visibility";
import { RetainedImage } from "./retained-image";
import type { ImageSource } from "./source";

/** A build of a family. */
export interface ImageVersionOptions {
  /**
   * Its name: a date, a number, any word without "/". It is part of the Terraform address and of the image's name, so that changing it
   * makes another image and deletes this one.
   */
  readonly version: string;

  /** Where its bytes come from. They should never change: another build is another version. */
  readonly source: ImageSource;

  /**
   * How far it has come. Changing it updates the image in place: its visibility, `hidden`, and its name as the family's `naming` says.
   * @default - ImageStage.CURRENT for the newest without a stage, when no version is given that stage; ImageStage.PREVIOUS for the others
   */
  readonly stage?: ImageStage;

  /**
   * Lets it go: it is no more in the plan, but its line stays here, so that nobody takes its name again. Drop the line after every stack
   * was applied. One that is protected, or that something in the app still uses, cannot go.
   * @default - it stays
   */
  readonly retired?: RetirementPolicy;

  /**
   * Over the family's `protected`; false is the first of two changes by which a protected version goes.
   * @default - as the family
   */
  readonly protected?: boolean | IResolvable;

  /**
   * The day up to which this version is kept, as `2027-01-31` (property `retire_after`). Nothing happens by itself on that day:
   * `openstack-images lock --check` says which versions are due. Changing it updates the image in place. The family's `properties` must be
   * known at synth.
   * @default - no day
   */
  readonly retireAfter?: string;
}

/** An image of which there are several versions. */
export interface ImageFamilyProps extends ImageSettings {
  /** The versions, newest first. */
  readonly versions: ImageVersionOptions[];

  /**
   * What their names begin with; `naming` says how they go on. Changing it renames all of them in place.
   * @default - the construct's id
   */
  readonly imageName?: string;

  /**
   * What the versions are called.
   * @default FamilyNaming.DATED
   */
  readonly naming?: FamilyNaming;

  /**
   * Who may see the current and the previous versions (`visibility`). Changing it updates the images in place.
   * @default ImageVisibility.PRIVATE
   */
  readonly visibility?: ImageVisibility;

  /**
   * The ids of projects that candidates are shared with.
   * @default - candidates are private
   */
  readonly testers?: string[];

  /**
   * How many versions stay, besides candidates. One more is an error that names the version to retire.
   * @default - all
   */
  readonly keep?: number;
}

/**
 * An image that is published again and again. Each version is an image of its own, with an address of its own: a new build replaces
 * nothing, and what runs from an older one keeps it until that is retired.
 */
export class ImageFamily extends OpenstackConstruct {
  /** What new servers boot from. */
  readonly current: Image;
  private readonly images = new Map<string, Image>();
  private readonly retained: RetainedImage[] = [];
  private readonly visibility: ImageVisibility;
  private readonly stages: ReadonlyMap<string, ImageStage>;

  private readonly props: ImageFamilyProps;

  constructor(scope: Construct, id: string, props: ImageFamilyProps) {
    super(scope, id, props);
    this.props = { ...props, versions: [...props.versions], testers: [...new Set(props.testers)] };
    this.visibility = props.visibility ?? ImageVisibility.PRIVATE;
    this.check();
    this.checkCurrentStays();
    this.stages = this.stagesOf(props.versions.filter(({ retired }) => retired === undefined));
    this.checkKeep();
    for (const version of props.versions) this.add(version);
    this.current = this.image([...this.stages].find(([, stage]) => stage === ImageStage.CURRENT)?.[0] ?? "");
  }

  /** One of the versions, whatever its stage. */
  version(name: string): Image {
    const policy = this.props.versions.find(({ version }) => version === name)?.retired;
    if (policy !== undefined) {
      throw new InvalidInput(
        "VersionRetiredInUse",
        this,
        `a version that is used cannot be retired, got ${shown(name)}; boot from another one, apply that everywhere, and then set ` +
          `retired: RetirementPolicy.${policy}`,
      );
    }
    return this.image(name);
  }

  /**
   * Gives another project access to the current and the previous versions, which must be shared; returns its membership of the current one.
   */
  addMember(id: string, options: ImageMemberOptions): ImageMember {
    const members = [...this.images].flatMap(([name, image]) =>
      this.stages.get(name) === ImageStage.CANDIDATE ? [] : [[image, image.addMember(id, options)] as const],
    );
    for (const image of this.retained) image.retainMember(id);
    return members.find(([image]) => image === this.current)?.[1] as ImageMember;
  }

  private image(name: string): Image {
    const image = this.images.get(name);
    if (image) return image;
    const names = [...this.images.keys()].map(shown).join(", ");
    throw new InvalidInput(
      "VersionUnknown",
      this,
      `a version must be one of the family, got ${shown(name)}; there are ${names}`,
    );
  }

  private add({ version, source, retired, retireAfter, protected: isProtected }: ImageVersionOptions): void {
    if (retired === RetirementPolicy.RETAIN) this.retained.push(this.retain(version));
    if (retired !== undefined) return;
    const { versions: _, imageName, naming, visibility, testers, keep, dependsOn, ...settings } = this.props;
    const stage = this.stages.get(version);
    const family = imageName ?? this.node.id;
    const isPlain = naming === FamilyNaming.PLAIN_FOR_NEWEST && stage === ImageStage.CURRENT;
    const isCandidate = stage === ImageStage.CANDIDATE;
    const image = new Image(this, version, {
      ...settings,
      source,
      dependsOn,
      provider: this.provider,
      protected: isProtected ?? settings.protected,
      properties:
        retireAfter === undefined ? settings.properties : { ...settings.properties, [RETIRE_AFTER]: retireAfter },
      imageName: isPlain ? family : `${family}-${version}`,
      visibility: isCandidate ? this.candidateVisibility : this.visibility,
      hidden: stage === ImageStage.PREVIOUS ? true : undefined,
    });
    const declared = declaredImage(image);
    if (declared) declared.isRotated = false;
    this.images.set(version, image);
    if (isCandidate) {
      for (const projectId of this.testers) image.addMember(testerId(projectId), { projectId });
    }
  }

  private retain(version: string): RetainedImage {
    const image = new RetainedImage(this, version);
    for (const projectId of this.testers) image.retainMember(testerId(projectId));
    return image;
  }

  private get testers(): readonly string[] {
    return this.props.testers ?? [];
  }

  private get candidateVisibility(): ImageVisibility {
    return this.testers.length > 0 ? ImageVisibility.SHARED : ImageVisibility.PRIVATE;
  }

  /** The stage of each version that stays. */
  private stagesOf(versions: ImageVersionOptions[]): ReadonlyMap<string, ImageStage> {
    const given = versions.filter(({ stage }) => stage === ImageStage.CURRENT);
    const current = given[0] ?? versions.find(({ stage }) => stage === undefined);
    if (given.length > 1) {
      throw new InvalidInput(
        "TwoVersionsCurrent",
        this,
        `one version can be ImageStage.CURRENT, got ${given.map(({ version }) => shown(version)).join(" and ")}; leave it out for all but one`,
      );
    }
    if (!current) {
      throw new InvalidInput(
        "NoVersionCurrent",
        this,
        "a family must have a version that servers boot from, got none that is neither retired, a candidate nor previous; leave out the stage of one, or add one",
      );
    }
    return new Map(
      versions.map((one) => [one.version, one === current ? ImageStage.CURRENT : (one.stage ?? ImageStage.PREVIOUS)]),
    );
  }

  private check(): void {
    const { versions, keep, naming, imageName } = this.props;
    if (!this.testers.every((projectId) => isKnown(projectId))) {
      throw new InvalidInput(
        "TesterUnknown",
        this,
        "'testers' must be known at synth, got a token: their ids are in the addresses of the memberships; write the projects' ids",
      );
    }
    checkName(this, "'imageName'", imageName);
    checkChoice(this, "'naming'", naming, FamilyNaming);
    checkAmount(this, "'keep'", keep, 1);
    if (keep !== undefined && !isKnown(keep)) {
      throw new InvalidInput(
        "KeepUnknown",
        this,
        "'keep' must be known at synth, where versions are counted, got a token; write the number",
      );
    }
    const seen = new Set<string>();
    for (const one of versions) {
      this.checkVersion(one);
      if (seen.has(one.version)) {
        throw new InvalidInput(
          "VersionTwice",
          this,
          `a family can have a version once, got ${shown(one.version)} twice; give the new build a name of its own, also when the old one is retired`,
        );
      }
      seen.add(one.version);
    }
  }

  /** The one that a stage makes current, or the newest, which was so before it was marked. */
  private checkCurrentStays(): void {
    const { versions } = this.props;
    const current =
      versions.find(({ stage }) => stage === ImageStage.CURRENT) ?? versions.find(({ stage }) => stage === undefined);
    if (current?.retired === undefined) return;
    throw new InvalidInput(
      "RetiredCurrent",
      this,
      `the current version cannot be retired, got ${shown(current.version)}; give another one stage: ImageStage.CURRENT, apply that everywhere, and ` +
        "then retire this one",
    );
  }

  private checkKeep(): void {
    const { keep } = this.props;
    const kept = [...this.stages].filter(([, stage]) => stage !== ImageStage.CANDIDATE);
    if (keep === undefined || kept.length <= keep) return;
    const others = kept.filter(([, stage]) => stage !== ImageStage.CURRENT).map(([version]) => version);
    throw new InvalidInput(
      "FamilyTooLong",
      this,
      `'keep' leaves ${keep} versions besides candidates, got ${kept.length}; set retired: RetirementPolicy.RETAIN or DELETE for ` +
        others
          .slice(keep - kept.length)
          .map(shown)
          .join(", "),
    );
  }

  private checkVersion({ version, stage, retired, retireAfter, protected: own }: ImageVersionOptions): void {
    checkChoice(this, `'stage' of ${shown(version)}`, stage, ImageStage);
    checkChoice(this, `'retired' of ${shown(version)}`, retired, RetirementPolicy);
    if (!isKnown(version) || version.trim() === "" || version.includes("/") || RESERVED.includes(version)) {
      throw new InvalidInput(
        "VersionNameWrong",
        this,
        `'version' must be known at synth, have a character but no "/", and not be Default, got ${shown(version)}; 20261101 or 1.2 would do`,
      );
    }
    if (retireAfter !== undefined && !isDay(retireAfter)) {
      throw new InvalidInput(
        "NotADay",
        this,
        `'retireAfter' of ${shown(version)} must be a day, got ${shown(retireAfter)}; write it as 2027-01-31`,
      );
    }
    const { properties } = this.props;
    if (retireAfter !== undefined && properties !== undefined && !isKnown(properties)) {
      throw new InvalidInput(
        "RetireAfterUnknown",
        this,
        `'retireAfter' of ${shown(version)} is a property, and needs 'properties' that are known at synth, got a token; write them out`,
      );
    }
    const isProtected = own ?? this.props.protected;
    if (retired === undefined || isProtected === undefined || isProtected === false) return;
    throw new InvalidInput(
      "RetiredProtected",
      this,
      `a protected version cannot be retired, got ${shown(version)}; set protected: false for it and apply that everywhere, and then set ` +
        `retired: RetirementPolicy.${retired}`,
    );
  }
}

/** What would stand at the family's own address: cdktf leaves the word out. */
const RESERVED = ["Default"];

/** The id of a tester's membership below a version. */
function testerId(projectId: string): string {
  return `Tester-${projectId}`;
}

function isDay(text: string): boolean {
  return (
    /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)
  );
}
