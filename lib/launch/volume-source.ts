import { checkUuid } from "../core/checks";
import type { IConstruct } from "../framework";
import { checkSameRegion, type IVolumeRef } from "./volume-ref";

interface Given {
  readonly snapshotId?: string;
  readonly volume?: IVolumeRef;
  readonly backupId?: string;
}

/** What a volume is filled from, when not from an image. Another source replaces the volume, but for a backup where there was none: see `VolumeProps.source`. */
export class VolumeSource {
  /**
   * A snapshot (`snapshot_id`).
   * @param snapshotId UUID
   */
  static fromSnapshot(snapshotId: string): VolumeSource {
    return new VolumeSource({ snapshotId });
  }

  /** Another volume, as it is at the apply (`source_vol_id`). */
  static fromVolume(volume: IVolumeRef): VolumeSource {
    return new VolumeSource({ volume });
  }

  /**
   * A backup (`backup_id`).
   * @param backupId UUID
   */
  static fromBackup(backupId: string): VolumeSource {
    return new VolumeSource({ backupId });
  }

  /** @internal */
  readonly _given: Given;

  private constructor(given: Given) {
    this._given = given;
  }
}

/** The source as the provider's arguments, checked. */
export function sourceArguments(scope: IConstruct, source: VolumeSource | undefined, region: string | undefined) {
  const { snapshotId, volume, backupId }: Given = source?._given ?? {};
  if (snapshotId !== undefined) checkUuid(scope, "the source's snapshot id", snapshotId);
  if (volume) {
    checkUuid(scope, "the source's volume id", volume.volumeId);
    checkSameRegion(scope, "the source", volume, region);
  }
  if (backupId !== undefined) checkUuid(scope, "the source's backup id", backupId);
  return { snapshotId, sourceVolId: volume?.volumeId, backupId };
}
