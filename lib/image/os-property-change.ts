/**
 * What a changed `os_*` property of an existing image does. Provider 3.4.0 sends them on create only: it drops a change without a word,
 * and plans a new key every time without sending it.
 */
export enum OsPropertyChange {
  /**
   * The image stays. A `check` block compares Glance with what is declared and warns in every plan and apply, with the `openstack image
   * set` command to run, until they agree. Of a new key only the apply warns: the plan takes it for done.
   */
  KEEP = "KEEP",
  /** A change replaces the image, visibly in the plan. Switching an existing image to this mode replaces nothing. */
  REPLACE = "REPLACE",
}
