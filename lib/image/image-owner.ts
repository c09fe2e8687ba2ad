/** Whose images a lookup may find. */
export class ImageOwner {
  /** The project of the provider's credentials, read from the token's scope at plan. */
  static readonly CURRENT_PROJECT = new ImageOwner();

  /** A project by its id. */
  static fromProjectId(projectId: string): ImageOwner {
    return new ImageOwner(projectId);
  }

  private constructor(
    /** The project's id; none means the current project's. */
    readonly projectId?: string,
  ) {}
}
