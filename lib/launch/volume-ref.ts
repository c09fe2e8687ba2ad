/** A volume by its id. */
export interface IVolumeRef {
  /** The volume's UUID. */
  readonly volumeId: string;
}
