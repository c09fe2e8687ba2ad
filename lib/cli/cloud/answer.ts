const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An object that the `openstack` command answered with. */
export type Answer = Readonly<Record<string, unknown>>;

/** Whether a text can be the id of an image. */
export const isImageId = (text: string): boolean => ID.test(text);

export const isAnswer = (value: unknown): value is Answer =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The lines of a list. */
export function rowsOf(answer: unknown, command: string): Answer[] {
  if (Array.isArray(answer) && answer.every(isAnswer)) return answer;
  throw new Error(`openstack ${command} answers with what is no list`);
}

/** A text; none where it has none. */
export function textAt(answer: Answer, key: string): string | undefined {
  const value = answer[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A number of bytes or GiB; none where it has none. */
export function countAt(answer: Answer, key: string): number | undefined {
  const value = answer[key];
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined;
}

/** The id of an image. It goes into further commands, so it is nothing else. */
export function imageIdAt(answer: Answer, key: string): string {
  const id = textAt(answer, key) ?? "";
  if (!isImageId(id)) throw new Error(`the cloud names an image whose id is none: ${JSON.stringify(answer[key])}`);
  return id;
}
