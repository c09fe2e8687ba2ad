import { type Message, namesOf, say } from "./message";
import type { Subject } from "./subject";

/** Why a resource is replaced, to be said after that it is. */
export function because({ replacedBy, reason }: Subject): Message {
  if (reason === "replace_because_tainted") return say`, since an apply that made it failed`;
  if (reason === "replace_by_request") return say`, as asked for by -replace`;
  return replacedBy.length === 0 ? [] : say`, because of ${namesOf([...new Set(replacedBy)])}`;
}
