import { oneLine } from "./failure";
import type { Shell } from "./shell";

/** An image, as `openstack image show` tells it. */
export interface ImageShown {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly visibility: string;
  readonly disk_format: string;
  readonly container_format: string;
  readonly size: number | null;
  readonly virtual_size: number | null;
  readonly checksum: string | null;
  readonly min_disk: number;
  readonly min_ram: number;
  readonly protected: boolean;
  readonly owner: string;
  readonly created_at: string;
  readonly tags: string[];
  readonly properties: Record<string, string>;
}

/** A line of `openstack image list --long`. */
interface ImageRow {
  readonly ID: string;
  readonly Name: string;
  readonly Status: string;
  readonly Visibility: string;
  readonly "Disk Format": string;
  readonly "Container Format": string;
  readonly Size: number | null;
}

/** The images with these ids, by the names of the ids. */
export async function imagesShown<Key extends string>(
  shell: Shell,
  ids: Record<Key, string>,
): Promise<Record<Key, ImageShown>> {
  const shown = Object.entries<string>(ids).map(
    async ([key, id]) => [key, await shell.json<ImageShown>(`image show ${id}`)] as const,
  );
  return Object.fromEntries(await Promise.all(shown)) as Record<Key, ImageShown>;
}

/** What each of several lists has, of the images that suites make; `image list` with the words given. */
export async function imageLists<Key extends string>(
  shell: Shell,
  lists: Record<Key, string>,
): Promise<Record<Key, ImageRow[]>> {
  const found = Object.entries<string>(lists).map(async ([key, words]) => {
    const rows = await shell.json<ImageRow[]>(`image list --long ${words}`);
    return [key, rows.filter(({ Name }) => Name?.startsWith("x-"))] as const;
  });
  return Object.fromEntries(await Promise.all(found)) as Record<Key, ImageRow[]>;
}

/** Whether a deployment made the new image of an address before it deleted the old one. */
export function madeBeforeDeleted(log: string, address: string, oldId: string): boolean {
  const lines = oneLine(log);
  const made = lines.indexOf(`${address}: Creation complete`);
  const deleted = lines.indexOf(`: Destroying... [id=${oldId}`);
  return made >= 0 && deleted > made;
}
