import type { World } from "./subject";

/** The name that the policy gives, else the id. */
export function projectName(id: string | undefined, { policy }: World): string {
  if (id === undefined) return "(known after apply)";
  const name = Object.getOwnPropertyDescriptor(policy.projectNames, id)?.value;
  return typeof name === "string" ? name : id;
}
