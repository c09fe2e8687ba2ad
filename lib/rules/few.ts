import { listed, type Message, say } from "./message";
import type { Subject } from "./subject";

const FEW = 5;

/** The addresses, as many as a person reads. */
export function few(subjects: readonly Subject[]): Message {
  const more = subjects.length - FEW;
  const shown = listed(subjects.slice(0, FEW).map(({ address }) => say`${address}`));
  return more > 0 ? say`${shown} and ${more} more` : shown;
}
