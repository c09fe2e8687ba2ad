import { checkAmount, checkName, checkUuid } from "../core/checks";
import { InvalidInput, shown } from "../core/errors";
import { lifecycleOf } from "../core/lifecycle";
import { isOpenstackConstruct, type OpenstackConstruct } from "../core/openstack-construct";
import type { Assertion } from "../core/stack-blocks";
import type { TerraformResourceLifecycle } from "../framework";
import { type BlockDevice, renderedDevice } from "./block-device";
import type { Flavor } from "./flavor";
import { ImageChange } from "./image-change";
import { fitsFlavor, fitsMemory, fitsVolume } from "./image-fit";
import { warnOfOtherRegion } from "./image-region";
import { imageTrigger, refuseRebuild, warnOfRotation } from "./image-trigger";
import { PowerState } from "./power-state";
import { checkSameRegion, type IVolume, type IVolumeRef } from "./volume-ref";

/** One disk of a server. */
interface Disk {
  readonly device: BlockDevice;
  /** What an error calls it. */
  readonly label: string;
  /** What its construct ids begin with. */
  readonly idPrefix: string;
}

/** The disks of a server: the first one boots. */
export class ServerDisks {
  private readonly disks: Disk[];
  /** Whether the server boots from the flavor's own disk. */
  private readonly isImageBacked: boolean;
  /** Nova needs no list of disks for an image on the flavor's disk alone. */
  private readonly hasDevices: boolean;

  constructor(
    private readonly server: OpenstackConstruct,
    boot: BlockDevice,
    data: BlockDevice[] = [],
  ) {
    this.isImageBacked = !boot.isVolume;
    const named = data.map((device, i) => ({ device, label: `dataDisks[${i}]`, idPrefix: `DataDisk${i}` }));
    this.hasDevices = boot.isVolume || data.length > 0;
    this.disks = [{ device: boot, label: "'boot'", idPrefix: "" }, ...named];
    for (const disk of this.disks) this.check(disk);
    const swap = named.filter(({ device }) => device.guestFormat === "swap");
    if (swap.length > 1) {
      throw new InvalidInput(
        "SwapTwice",
        server,
        `a server takes one swap disk, got ${swap.map(({ label }) => label).join(" and ")}; make it one`,
      );
    }
  }

  /** The image that Nova is told to boot from; none for a volume-backed server. */
  get imageId(): string | undefined {
    return this.isImageBacked ? this.disks[0]?.device.image?.imageId : undefined;
  }

  get blockDevices() {
    return this.hasDevices ? this.disks.map(({ device }, i) => renderedDevice(device, i === 0 ? 0 : -1)) : undefined;
  }

  /** Whether some option is known to newer versions of Nova's API alone. */
  get needsNewerApi(): string | undefined {
    if (this.disks.some(({ device }) => device.volumeType !== undefined)) return "volumeType";
    return this.disks.some(({ device }) => device.multiattach !== undefined && device.multiattach !== false)
      ? "multiattach"
      : undefined;
  }

  /** Nova keeps the root disk of a server that it shelves, and no other of its own. */
  checkShelving(powerState: PowerState | undefined): void {
    const lost = this.disks.find(({ device }, i) => i > 0 && !device.isVolume);
    if (powerState !== PowerState.SHELVED_OFFLOADED || !lost) return;
    throw new InvalidInput(
      "ShelvingLosesDisk",
      this.server,
      `'powerState' cannot be shelved_offloaded with a data disk that is no volume, got ${lost.label}: Nova would lose what is on it; ` +
        "make it a volume, or stop the server with PowerState.SHUTOFF",
    );
  }

  /** What changed images do, and what must hold of images and sizes. */
  lifecycle(flavor: Flavor, onImageChange?: ImageChange): TerraformResourceLifecycle | undefined {
    if (onImageChange !== undefined && this.disks.every(({ device }) => !device.image)) {
      throw new InvalidInput(
        "ImageChangeWithoutImage",
        this.server,
        `'onImageChange' needs a disk from an image, got ${onImageChange} without one; give it to the Volume that is made from the image`,
      );
    }
    if (!this.isImageBacked && onImageChange !== undefined) {
      refuseRebuild(this.server, "a volume-backed server", onImageChange);
    }
    const mode = onImageChange ?? ImageChange.IGNORE;
    const ignoreChanges: string[] = [];
    const replaceTriggeredBy: string[] = [];
    this.disks.forEach(({ device: { image }, idPrefix }, i) => {
      if (!image) return;
      const trigger = imageTrigger(this.server, `${idPrefix}ImageTrigger`, image);
      warnOfOtherRegion(this.server, image);
      if (mode === ImageChange.REPLACE) replaceTriggeredBy.push(trigger.address);
      const isRoot = this.isImageBacked && i === 0;
      if (isRoot) warnOfRotation(this.server, image, mode);
      if (isRoot && mode !== ImageChange.REBUILD) ignoreChanges.push("image_id");
      if (this.hasDevices) ignoreChanges.push(`block_device[${i}].uuid`);
    });
    return lifecycleOf({ ignoreChanges, replaceTriggeredBy, precondition: this.fits(flavor) });
  }

  private fits(flavor: Flavor): Assertion[] {
    const [{ device: boot }] = this.disks as [Disk];
    const bootImage = boot.image ?? (boot.volume as IVolume | undefined)?.sourceImage;
    return [
      ...(bootImage ? fitsMemory(this.server, bootImage, flavor) : []),
      ...(this.isImageBacked && boot.image ? fitsFlavor(this.server, boot.image, flavor) : []),
      ...this.disks.flatMap(({ device, label }) => this.fitsNewVolume(device, label)),
    ];
  }

  private fitsNewVolume({ isVolume, image, sizeGb }: BlockDevice, label: string): Assertion[] {
    if (!isVolume || !image || sizeGb === undefined) return [];
    return fitsVolume(this.server, image, sizeGb, `'sizeGb' of ${label}`);
  }

  private check({ device, label }: Disk): void {
    const { image, snapshotId, volume } = device;
    if (image) checkUuid(this.server, `${label}: the image's id`, image.imageId);
    if (snapshotId !== undefined) checkUuid(this.server, `${label}: the snapshot's id`, snapshotId);
    if (volume) {
      checkUuid(this.server, `${label}: the volume's id`, volume.volumeId);
      checkSameRegion(this.server, label, volume, this.server.region);
      this.checkStays(device, label, volume);
    }
    checkAmount(this.server, `'sizeGb' of ${label}`, device.sizeGb, 1);
    checkAmount(this.server, `'sizeMb' of ${label}`, device.sizeMb, 1);
    for (const word of ["volumeType", "guestFormat", "diskBus", "deviceType"] as const) {
      checkName(this.server, `'${word}' of ${label}`, device[word]);
    }
    const isNew = volume === undefined && (device.isVolume || image === undefined);
    const isSwap = device.guestFormat === "swap";
    if (isSwap && device.sizeGb !== undefined) {
      throw new InvalidInput(
        "SwapInGib",
        this.server,
        `'guestFormat' of ${label} must not be swap, which Nova takes in MiB, got ${shown(device.sizeGb)} GiB; use DataDisk.swap({ sizeMb: ... })`,
      );
    }
    if (isNew && snapshotId === undefined && device.sizeGb === undefined && device.sizeMb === undefined) {
      const [size, unit] = isSwap ? ["sizeMb", "MiB"] : ["sizeGb", "GiB"];
      throw new InvalidInput(
        "VolumeSizeMissing",
        this.server,
        `'${size}' of ${label} must be given, got none; give it in ${unit}`,
      );
    }
    if (isNew && device.isVolume && device.deleteOnTermination === undefined) {
      throw new InvalidInput(
        "DeleteOnTerminationMissing",
        this.server,
        `'deleteOnTermination' of ${label} must be given, got none; true lets the volume go with the server, false leaves it behind`,
      );
    }
  }

  /** A volume that the app declares goes when it is dropped there, never behind Terraform's back. */
  private checkStays({ deleteOnTermination }: BlockDevice, label: string, volume: IVolumeRef): void {
    if (!deleteOnTermination || !isOpenstackConstruct(volume)) return;
    throw new InvalidInput(
      "DeleteOnTerminationOfVolume",
      this.server,
      `'deleteOnTermination' of ${label} cannot be given for a volume of the app, got it for ${volume.node.path}: whatever replaces the ` +
        "server would delete the volume, and no plan says so; leave it out",
    );
  }
}
