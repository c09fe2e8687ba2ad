import { LOCK_FILE, type Lock, type LockedImage, lockedIn, updateCommand } from "../../content/lock-file";
import { shellWord } from "../../content/shell-word";
import { StatusError } from "../http/answer";
import { CannotBeLockedError, isBoundWithout, noteLeftOut } from "./cannot-be-locked";
import { evidence } from "./evidence";
import { bytesAt, checkStart, obstacle } from "./found";
import { imageFormat } from "./image-format";
import { missingIn } from "./missing";
import { withoutSecrets } from "./secret";
import type { Source } from "./source";
import type { Work } from "./work";

/** What can have become of a source. */
export type MoveKind = "new-build" | "vanished" | "changed-bytes" | "wrong-entry" | "not-locked" | "past-retirement";

/** What somebody has to do something about. */
export interface Move {
  readonly kind: MoveKind;
  readonly source: string;
  /** The paths of the images that are made of it. */
  readonly images: readonly string[];
  readonly message: string;
}

/** What moved at a source since it was locked. */
export async function moves(source: Source, lock: Lock, work: Work): Promise<Move[]> {
  const { key, images } = source;
  const moved = await moveOf(source, lockedIn(lock, key), work);
  const paths = images.map(({ path }) => path);
  return [...(moved ? [{ ...moved, source: withoutSecrets(key), images: paths }] : []), ...retirements(source, work)];
}

type Moved = Pick<Move, "kind" | "message">;

async function moveOf(source: Source, locked: LockedImage | undefined, work: Work): Promise<Moved | undefined> {
  const missing = missingIn(source, locked);
  if (missing === undefined && locked) return movedOf(source, locked, work);
  const why = source.isBound && locked === undefined ? await obstacle(source, work) : undefined;
  if (why === undefined) return { kind: "not-locked", message: `${missing}; run openstack-images lock` };
  noteLeftOut(source, false, why, work);
  return undefined;
}

/** Versions whose day has passed. The day itself is theirs. */
function retirements({ key, images }: Source, { now }: Work): Move[] {
  const today = now().toISOString().slice(0, 10);
  return images.flatMap(({ path, retireAfter }) =>
    retireAfter === undefined || retireAfter >= today
      ? []
      : {
          kind: "past-retirement" as const,
          source: withoutSecrets(key),
          images: [path],
          message: `was to go after ${retireAfter}: mark it as retired`,
        },
  );
}

async function movedOf(source: Source, locked: LockedImage, work: Work): Promise<Moved | undefined> {
  try {
    return await changeOf(source, locked, work);
  } catch (error) {
    if (error instanceof CannotBeLockedError && isBoundWithout(source, locked, error)) {
      noteLeftOut(source, true, error, work);
      return undefined;
    }
    if (!(error instanceof StatusError && error.isGone)) throw error;
    return {
      kind: "vanished",
      message: `vanished (HTTP ${error.status}): the image cannot be recreated: save it now, with openstack-images save ${shellWord(source.images[0]?.name ?? "IMAGE")}`,
    };
  }
}

/** What is another than what is locked; undefined when nothing is. Bytes are read only where nothing else tells. */
async function changeOf(source: Source, locked: LockedImage, work: Work): Promise<Moved | undefined> {
  if (!source.isFile) {
    const { says, why = "" } = await evidence(source, locked, work);
    if (says === "same") return undefined;
    if (says === "changed") {
      // by a page that is shown instead of an image nothing is known of it
      await checkStart(source, work);
      return changed(source, why);
    }
  }
  const { bytes, inspection } = await bytesAt(source, work);
  if (bytes.sha512 !== locked.sha512)
    return changed(source, `its sha512 is ${bytes.sha512}, and locked is ${locked.sha512}`);
  const known = source.unpacked ? bytes : { ...bytes, ...imageFormat(source, inspection, { note: () => {} }) };
  const wrong = Object.entries(known).find(
    ([key, value]) => String(locked[key as keyof LockedImage]) !== String(value),
  );
  if (!wrong) return undefined;
  const [key, value] = wrong;
  return {
    kind: "wrong-entry",
    message: `${LOCK_FILE} says another ${key} than ${value}, which the bytes have that it has the sha512 of: it was changed by hand, or another version of this command made it; ${update(source)}`,
  };
}

function changed(source: Source, why: string): Moved {
  if (source.isMoving) return { kind: "new-build", message: `new build upstream: ${why}; ${update(source)}` };
  if (source.isFile)
    return { kind: "changed-bytes", message: `the file has other bytes: ${why}; if they are right, ${update(source)}` };
  return {
    kind: "changed-bytes",
    message: `CHANGED BYTES UNDER THE SAME NAME: ${why}; find out who changed them and why before you ${update(source)}`,
  };
}

function update({ key }: Source): string {
  return `run ${updateCommand(key)}`;
}
