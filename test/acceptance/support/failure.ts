/** What is said when it fails, which it must. */
export function failureOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("it did not fail");
}
