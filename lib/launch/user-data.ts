/** What a server gets to read at its first boot (`user_data`). Changing it replaces the server. */
export class UserData {
  /**
   * Text as it is, every `$` and `%` in it too. It stands in the synthesized file, where everybody with the repository or the build's
   * output reads it: no secrets in here. Text that is valid base64 reaches the guest decoded; that is how to give what is no text.
   */
  static fromText(text: string): UserData {
    return new UserData(text);
  }

  private constructor(
    /** The text. */
    readonly text: string,
  ) {}
}
