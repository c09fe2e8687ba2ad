/** A text in which other people's words are told from ours, so that whoever prints it can make them harmless. */
export type Message = readonly Part[];

export type Part = string | { readonly foreign: string };

/** A message of our words, in which whatever is put in is taken for other people's. Messages stay what they are. */
export function say(pieces: TemplateStringsArray, ...values: readonly (string | number | Message)[]): Message {
  return pieces.flatMap((piece, i) => {
    const value = values[i];
    const before: Part[] = piece === "" ? [] : [piece];
    if (value === undefined) return before;
    if (typeof value === "number") return [...before, String(value)];
    return [...before, ...(typeof value === "string" ? [{ foreign: value }] : value)];
  });
}

/** Messages one after another, with commas between. */
export function listed(messages: readonly Message[]): Message {
  return messages.flatMap((message, i) => (i === 0 ? message : [", ", ...message]));
}

/** The text as it is, for comparisons; what prints it has to mind other people's words. */
export function plain(message: Message): string {
  return message.map((part) => (typeof part === "string" ? part : part.foreign)).join("");
}

/** Names of arguments: those of the provider's schema are ours to say, any other is not. */
export function namesOf(names: readonly string[]): Message {
  return listed(names.map((name) => (/^[a-z][a-z0-9_]*$/.test(name) ? [name] : [{ foreign: name }])));
}
