import type { TerraformResourceLifecycle } from "../framework";

/** A lifecycle without what is not set; undefined when nothing is. */
export function lifecycleOf(lifecycle: TerraformResourceLifecycle): TerraformResourceLifecycle | undefined {
  const set = Object.entries(lifecycle).filter(([, value]) => value !== undefined && !isEmpty(value));
  return set.length > 0 ? Object.fromEntries(set) : undefined;
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
