/** Who may see an image (`visibility`). Changing it updates the image in place. */
export enum ImageVisibility {
  /** The owner's project only. */
  PRIVATE = "private",
  /** The owner's project and the members; the only one that may have members. */
  SHARED = "shared",
  /** Every project by id; listed only for those who ask for community images. Most clouds let any project do this. */
  COMMUNITY = "community",
  /** Every project, in every list. Most clouds let only their administrators do this. */
  PUBLIC = "public",
}
