import { addressOf } from "../core/address";
import { InvalidInput, shown } from "../core/errors";
import { hcl, source } from "../core/hcl";
import { isKnown } from "../core/known";
import { message } from "../core/message";
import { OpenstackConstruct } from "../core/openstack-construct";
import { StackBlocks } from "../core/stack-blocks";
import type { Construct, TerraformProvider } from "../framework";
import { Image } from "./image";
import type { ImageProps } from "./image-props";
import type { GivenSource } from "./source";

/** A place that an image is published in. */
export interface RegionOptions {
  /** The region's name, by which the image is asked for. */
  readonly region: string;

  /**
   * The provider configuration of a region that is a cloud of its own; `region` is then a name for this app only, and the provider's own
   * region counts.
   * @default - the image's, with `region`
   */
  readonly provider?: TerraformProvider;
}

/** An image in several regions. */
export interface RegionalImageProps extends ImageProps {
  /** Where it is published. One more makes one image more; one that is dropped deletes its image. */
  readonly regions: RegionOptions[];
}

/**
 * The same image in several regions, which must hold the same bytes: each is compared with the one digest, and every plan warns while they
 * differ (by MD5 where the regions' Glances compute other digests). A source that is `storedAs` another format is compared with
 * its digests alone, as one region may convert it and another may not.
 */
export class RegionalImage extends OpenstackConstruct {
  private readonly images = new Map<string, Image>();

  constructor(scope: Construct, id: string, props: RegionalImageProps) {
    super(scope, id, props);
    const { regions, ...settings } = props;
    this.check(props);
    for (const { region, provider } of regions) {
      this.images.set(
        region,
        new Image(this, region, {
          ...settings,
          imageName: settings.imageName ?? id,
          provider: provider ?? this.provider,
          region: provider ? undefined : region,
        }),
      );
    }
    this.compare(props.source._given);
  }

  /** The image in a region. */
  inRegion(region: string): Image {
    const image = this.images.get(region);
    if (image) return image;
    throw new InvalidInput(
      "RegionUnknown",
      this,
      `the region must be one that the image is published in, got ${shown(region)}; there are ${[...this.images.keys()].map(shown).join(", ")}`,
    );
  }

  private check({ regions, region, imageId }: RegionalImageProps): void {
    const names = regions.map(({ region }) => region);
    const wrong = names.find((name, i) => !isKnown(name) || name.trim() === "" || names.indexOf(name) !== i);
    if (wrong !== undefined || names.length === 0) {
      throw new InvalidInput(
        "RegionsWrong",
        this,
        `'regions' must name one or more regions, each once and known at synth, got ${shown(names)}; write { region: "NAME" } for each`,
      );
    }
    if (region !== undefined) {
      throw new InvalidInput(
        "RegionsWrong",
        this,
        `'region' is what 'regions' says, got ${shown(region)} besides; leave it out`,
      );
    }
    if (imageId !== undefined && names.length > 1) {
      throw new InvalidInput(
        "RegionsShareId",
        this,
        `'imageId' cannot be that of several images, got ${shown(imageId)}; leave it out`,
      );
    }
  }

  private compare(given: GivenSource): void {
    // converted in one region and not in the other, perhaps; each is held to its digests
    if (given.storedAs) return;
    const resources = [...this.images.values()].map(({ resource }) => resource);
    const [first, ...others] = resources.map((resource) => () => addressOf(resource));
    if (!first || others.length === 0) return;
    const algorithm = (address: () => string) => hcl`try(${source(address)}.properties["os_hash_algo"], "")`;
    const digest = (address: () => string) =>
      hcl`try(coalesce(${source(address)}.properties["os_hash_value"]), ${source(address)}.checksum, "")`;
    const checksum = (address: () => string, none: string) => hcl`try(coalesce(${source(address)}.checksum), ${none})`;
    const areSame = others.map((other) => {
      const [mine, its] = [digest(first), digest(other)];
      const isReady = hcl`${source(first)}.status == "active" && ${source(other)}.status == "active"`;
      // what operators of two regions may have chosen for themselves; MD5 most have
      const isOtherAlgorithm = hcl`${algorithm(first)} != ${algorithm(other)}`;
      return {
        condition: hcl`!(${isReady}) || ${mine} == ${its} || (${isOtherAlgorithm} && ${checksum(first, "none")} == ${checksum(other, "")})`,
        errorMessage: message`RegionsDiffer: ${first} holds ${mine}, and ${other} holds ${its}; replace the one that is wrong (terraform apply -replace=ADDRESS), and pin the source (npx openstack-images lock)`,
      };
    });
    StackBlocks.of(this).addCheck(() => `${resources[0]?.friendlyUniqueId}_regions`, areSame);
  }
}
