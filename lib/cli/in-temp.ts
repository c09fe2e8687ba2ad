import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";

/** Does something with a folder of its own, of which nothing stays. */
export async function inTemp<T>(parent: string, action: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(parent, "openstack-images-"));
  try {
    return await action(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
