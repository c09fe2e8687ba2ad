/** How far a version of a family has come. */
export enum ImageStage {
  /** To be tried: private, or shared with the family's testers. */
  CANDIDATE = "CANDIDATE",
  /** What new servers boot from. */
  CURRENT = "CURRENT",
  /** Hidden from lists; what was booted from it runs on, and can be rebuilt. */
  PREVIOUS = "PREVIOUS",
}

/** How a version leaves a family. */
export enum RetirementPolicy {
  /** Terraform forgets the image, and leaves it in the cloud as it is (`removed`). Needs Terraform 1.7 or OpenTofu 1.10. */
  RETAIN = "RETAIN",
  /** The image is deleted. Servers that run from it go on, and cannot be rebuilt; Glance answers 409 where volumes are clones of it. */
  DELETE = "DELETE",
}

/** What the images of a family are called. */
export enum FamilyNaming {
  /** `NAME-VERSION`. No name ever changes. */
  DATED = "DATED",
  /**
   * `NAME` for the current version, `NAME-VERSION` for the others: each promotion renames two images in place. Whoever looks the image up
   * by name gets the new one at the next plan; servers that another Terraform boots with `image_name` are rebuilt by its next apply, which
   * wipes their root disks.
   */
  PLAIN_FOR_NEWEST = "PLAIN_FOR_NEWEST",
}
