/**
 * What a changed `os_*` property of an existing image does. Provider 3.4.0 sends them on create only and drops later changes without
 * a word.
 */
export enum OsPropertyChange {
  /**
   * The image stays. A `check` block compares Glance with what is declared and warns in every plan, with the `openstack image set`
   * command to run, until they agree.
   */
  KEEP = "KEEP",
  /** A change replaces the image, visibly in the plan. Switching an existing image to this mode replaces nothing. */
  REPLACE = "REPLACE",
}
