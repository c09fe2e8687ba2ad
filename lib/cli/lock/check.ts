import { type Lock, type LockedImage, lockedIn } from "../../content/lock-file";
import { shellWord } from "../../content/shell-word";
import { StatusError } from "../http/answer";
import { CannotBeLockedError, isBoundWithout, noteLeftOut } from "./cannot-be-locked";
import { evidence } from "./evidence";
import { checkStart, obstacle, sha512At } from "./found";
import { missingIn } from "./missing";
import { withoutSecrets } from "./secret";
import type { Source } from "./source";
import type { Work } from "./work";

/** What can have become of a source. */
export type MoveKind = "new-build" | "vanished" | "changed-bytes" | "not-locked" | "past-retirement";

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
    const why = await changeOf(source, locked, work);
    if (why === undefined) return undefined;
    const key = shellWord(source.key);
    return source.isMoving
      ? { kind: "new-build", message: `new build upstream: ${why}; run openstack-images lock --update ${key}` }
      : {
          kind: "changed-bytes",
          message: `CHANGED BYTES UNDER THE SAME NAME: ${why}; find out who changed them and why before openstack-images lock --update ${key}`,
        };
  } catch (error) {
    if (error instanceof CannotBeLockedError && isBoundWithout(source, locked, error)) {
      noteLeftOut(source, true, error, work);
      return undefined;
    }
    if (!(error instanceof StatusError && error.isGone)) throw error;
    return {
      kind: "vanished",
      message: `vanished (HTTP ${error.status}): the image cannot be recreated: save it now, with openstack-images save`,
    };
  }
}

/** What is another than what is locked; undefined when nothing is. Bytes are read only where nothing else tells. */
async function changeOf(source: Source, locked: LockedImage, work: Work): Promise<string | undefined> {
  if (!source.isFile) {
    const { says, why } = await evidence(source, locked, work);
    // by a page that is shown instead of an image nothing is known of it
    if (says === "changed") await checkStart(source, work);
    if (says !== "nothing") return why;
  }
  const sha512 = await sha512At(source, work);
  return sha512 === locked.sha512 ? undefined : `its sha512 is ${sha512}, and locked is ${locked.sha512}`;
}
