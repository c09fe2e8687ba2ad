import type { OpenstackCommand } from "../openstack-command";
import { countAt, imageIdAt, isAnswer, isImageId, rowsOf, textAt } from "./answer";
import { type StoredDigest, storedDigest } from "./stored-digest";

/** An image in Glance, as far as saving it goes. */
export interface StoredImage {
  readonly id: string;
  readonly name?: string;
  readonly status: string;
  readonly diskFormat?: string;
  readonly sizeBytes?: number;
  readonly digest?: StoredDigest;
}

/** The image with an id, or the only one with a name. */
export async function storedImage(openstack: OpenstackCommand, idOrName: string): Promise<StoredImage> {
  const id = isImageId(idOrName) ? idOrName : await idOf(openstack, idOrName);
  const shown = await openstack.json("image", "show", id);
  if (!isAnswer(shown)) throw new Error("openstack image show answers with what is no image");
  return {
    id: imageIdAt(shown, "id"),
    name: textAt(shown, "name"),
    status: textAt(shown, "status") ?? "",
    diskFormat: textAt(shown, "disk_format"),
    sizeBytes: countAt(shown, "size"),
    digest: storedDigest(shown),
  };
}

/** A hidden image is meant only when no other has the name. */
async function idOf(openstack: OpenstackCommand, name: string): Promise<string> {
  for (const hidden of [[], ["--hidden"]]) {
    const rows = rowsOf(await openstack.json("image", "list", "--all", `--name=${name}`, ...hidden), "image list");
    // Glance takes a name that begins with "in:" for several
    const ids = rows.filter((row) => row.Name === name).map((row) => imageIdAt(row, "ID"));
    if (ids.length > 1) {
      throw new Error(
        `${ids.length} images have the name ${JSON.stringify(name)}; give the id of one: ${ids.join(", ")}`,
      );
    }
    if (ids[0] !== undefined) return ids[0];
  }
  throw new Error(
    `there is no image with the id or name ${JSON.stringify(name)}; openstack-images list says what there is`,
  );
}
