import { checkName } from "../core/checks";
import { InvalidInput } from "../core/errors";
import { literal } from "../core/literal";
import { dependencyAddresses, OpenstackConstruct, type OpenstackProps } from "../core/openstack-construct";
import { type Construct, DataOpenstackComputeFlavorV2 } from "../framework";

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

/** Which flavor to look up: by name or by id. */
export interface FlavorLookupOptions extends OpenstackProps {
  /**
   * The name (`name`).
   * @default - looked up by id
   */
  readonly flavorName?: string;

  /**
   * The id, any text (`flavor_id`).
   * @default - looked up by name
   */
  readonly flavorId?: string;
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
    const { flavorName, flavorId } = options;
    if ((flavorName === undefined) === (flavorId === undefined)) {
      throw new InvalidInput(
        "FlavorLookupAmbiguous",
        this,
        `'flavorName' or 'flavorId' must be given, one of them, got ${flavorName === undefined ? "neither" : "both"}`,
      );
    }
    checkName(this, "'flavorName'", flavorName);
    checkName(this, "'flavorId'", flavorId);
    this.resource = new DataOpenstackComputeFlavorV2(this, "Default", {
      ...literal({ name: flavorName, flavorId, region: options.region }),
      provider: this.provider,
    });
    this.resource.dependsOn = dependencyAddresses(this, options.dependsOn);
  }
}
