import { addressOf } from "../core/address";
import { checkAmount, checkName } from "../core/checks";
import { InvalidInput, shown } from "../core/errors";
import { hcl } from "../core/hcl";
import { ifKnown } from "../core/known";
import { lifecycleOf } from "../core/lifecycle";
import { literal } from "../core/literal";
import { message } from "../core/message";
import { dependencyAddresses, OpenstackConstruct, type OpenstackProps } from "../core/openstack-construct";
import type { Assertion } from "../core/stack-blocks";
import { type Construct, DataOpenstackComputeFlavorV2, type IResolvable } from "../framework";

/** What is known of a flavor, to check images against it at synth. */
export interface FlavorAttributes {
  /**
   * Memory in MiB.
   * @default - not known, not checked
   */
  readonly ramMb?: number;

  /**
   * Root disk in GiB; 0 means that it takes the image's size, or that the server must boot from a volume.
   * @default - not known, not checked
   */
  readonly diskGb?: number;
}

/** Which flavor to look up: by its id alone, or by all else that is given. The plan fails when none or several match. */
export interface FlavorLookupOptions extends OpenstackProps {
  /**
   * The id, any text (`flavor_id`). Excludes the others.
   * @default - looked up by the others
   */
  readonly flavorId?: string;

  /**
   * The name (`name`).
   * @default - any
   */
  readonly flavorName?: string;

  /**
   * Memory in MiB (`ram`), 1 or more.
   * @default - any
   */
  readonly ramMb?: number;

  /**
   * Root disk in GiB (`disk`), 1 or more.
   * @default - any
   */
  readonly diskGb?: number;

  /**
   * Processors (`vcpus`), 1 or more.
   * @default - any
   */
  readonly vcpus?: number;

  /**
   * Least memory in MiB (`min_ram`).
   * @default - any
   */
  readonly minRamMb?: number;

  /**
   * Least root disk in GiB (`min_disk`).
   * @default - any
   */
  readonly minDiskGb?: number;

  /**
   * Swap space in MiB (`swap`), 1 or more.
   * @default - any
   */
  readonly swapMb?: number;

  /**
   * The share of network bandwidth (`rx_tx_factor`).
   * @default - any
   */
  readonly rxTxFactor?: number;

  /**
   * Whether every project has it (`is_public`). Nova heeds it for administrators only; the plan fails when the one found is not so.
   * @default - any that the project has
   */
  readonly isPublic?: boolean | IResolvable;

  /**
   * The exact description (`description`).
   * @default - any
   */
  readonly description?: string;
}

/** The size of a server. Another flavor resizes the server in place. */
export class Flavor {
  /** A flavor by its id, any text (`flavor_id`). */
  static fromFlavorId(flavorId: string, attributes: FlavorAttributes = {}): Flavor {
    return new Flavor(attributes, flavorId);
  }

  /** A flavor by its name (`flavor_name`). */
  static fromFlavorName(flavorName: string, attributes: FlavorAttributes = {}): Flavor {
    return new Flavor(attributes, undefined, flavorName);
  }

  /**
   * Looks a flavor up, at every plan (data source `openstack_compute_flavor_v2`), so that the plan fails when the image does not fit.
   */
  static fromLookup(scope: Construct, id: string, options: FlavorLookupOptions): Flavor {
    const { resource } = new FlavorByLookup(scope, id, options);
    return new Flavor({ ramMb: resource.ram, diskGb: resource.disk }, resource.id);
  }

  /** Memory in MiB, when known. */
  readonly ramMb?: number;
  /** Root disk in GiB, when known. */
  readonly diskGb?: number;

  private constructor(
    attributes: FlavorAttributes,
    /** The id, unless it goes by its name. */
    readonly flavorId?: string,
    /** The name, unless it goes by its id. */
    readonly flavorName?: string,
  ) {
    this.ramMb = attributes.ramMb;
    this.diskGb = attributes.diskGb;
  }
}

class FlavorByLookup extends OpenstackConstruct {
  readonly resource: DataOpenstackComputeFlavorV2;

  constructor(scope: Construct, id: string, options: FlavorLookupOptions) {
    super(scope, id, options);
    const { provider, region, dependsOn, flavorId, ...filter } = options;
    const given = Object.entries(filter).filter(([, value]) => value !== undefined);
    if ((flavorId === undefined) === (given.length === 0)) {
      throw new InvalidInput(
        "FlavorLookupAmbiguous",
        this,
        `'flavorId' must be given, or what else to look for, got ${flavorId === undefined ? "neither" : "both"}; ` +
          "{ flavorName: ... } finds one by its name",
      );
    }
    checkName(this, "'flavorName'", filter.flavorName);
    checkName(this, "'flavorId'", flavorId);
    checkName(this, "'description'", filter.description);
    ifKnown(filter.rxTxFactor, (factor) => {
      if (factor > 0) return;
      throw new InvalidInput(
        "AmountNotPositive",
        this,
        `'rxTxFactor' must be more than 0, got ${shown(factor)}; leave it out for any`,
      );
    });
    // the provider takes 0 for nothing given
    for (const what of ["ramMb", "diskGb", "vcpus", "swapMb", "minRamMb", "minDiskGb"] as const) {
      checkAmount(this, `'${what}'`, filter[what], 1);
    }
    this.resource = new DataOpenstackComputeFlavorV2(this, "Default", {
      ...literal({
        flavorId,
        name: filter.flavorName,
        ram: filter.ramMb,
        disk: filter.diskGb,
        vcpus: filter.vcpus,
        minRam: filter.minRamMb,
        minDisk: filter.minDiskGb,
        swap: filter.swapMb,
        rxTxFactor: filter.rxTxFactor,
        isPublic: filter.isPublic,
        description: filter.description,
        region,
      }),
      provider: this.provider,
      lifecycle: lifecycleOf({ postcondition: this.isAsPublic(filter.isPublic) }),
    });
    this.resource.dependsOn = dependencyAddresses(this, dependsOn);
  }

  /** Nova finds public flavors only, whatever an ordinary project asks for. */
  private isAsPublic(isPublic: boolean | IResolvable | undefined): Assertion[] | undefined {
    if (isPublic === undefined) return undefined;
    const address = () => addressOf(this.resource);
    return [
      {
        condition: hcl`self.is_public == ${isPublic}`,
        errorMessage: message`LookupFlavorDiffers: ${address} found ${hcl`self.name`}, whose 'isPublic' is ${hcl`self.is_public`}, not what was asked for; Nova lists others for administrators only.`,
      },
    ];
  }
}
