import { type Lock, type LockedImage, lockedIn } from "../../content/lock-file";
import { StatusError } from "../http/answer";
import { evidence } from "./evidence";
import { sha512At } from "./found";
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
  const locked = lockedIn(lock, key);
  const move = (kind: MoveKind, message: string): Move => ({
    kind,
    source: withoutSecrets(key),
    images: images.map(({ path }) => path),
    message,
  });
  const missing = missingIn(source, locked);
  if (missing !== undefined)
    return [move("not-locked", `${missing}; run openstack-images lock`), ...retirements(source, work)];
  const moved = locked && (await movedOf(source, locked, work));
  return [...(moved ? [move(moved.kind, moved.message)] : []), ...retirements(source, work)];
}

/** What the lock lacks that synth wants of it. */
function missingIn({ unpacked, raw, digests }: Source, locked?: LockedImage): string | undefined {
  if (locked === undefined) return "not locked yet";
  const other = digests.find(({ algorithm, hex }) => locked[algorithm] !== hex);
  if (other) return `locked with another ${other.algorithm} than the code gives`;
  const form = unpacked && !locked.unpacked ? "unpacked" : raw && !locked.raw ? "raw" : undefined;
  return form && `locked without its ${form} form`;
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
          message: `${path} was to go after ${retireAfter}: mark it as retired`,
        },
  );
}

async function movedOf(
  source: Source,
  locked: LockedImage,
  work: Work,
): Promise<Pick<Move, "kind" | "message"> | undefined> {
  try {
    const why = await changeOf(source, locked, work);
    if (why === undefined) return undefined;
    const { key } = source;
    return source.isMoving
      ? { kind: "new-build", message: `new build upstream: ${why}; run openstack-images lock --update ${key}` }
      : {
          kind: "changed-bytes",
          message: `CHANGED BYTES UNDER THE SAME NAME: ${why}; find out who changed them and why before openstack-images lock --update ${key}`,
        };
  } catch (error) {
    const gone = goneBy(error);
    if (gone === undefined) throw error;
    return {
      kind: "vanished",
      message: `vanished (${gone}): the image cannot be recreated: save it now, with openstack-images save`,
    };
  }
}

/** What is another than what is locked; undefined when nothing is. Bytes are read only where nothing else tells. */
async function changeOf(source: Source, locked: LockedImage, work: Work): Promise<string | undefined> {
  if (!source.isFile) {
    const { says, why } = await evidence(source, locked, work);
    if (says !== "nothing") return why;
  }
  const sha512 = await sha512At(source, work);
  return sha512 === locked.sha512 ? undefined : `its sha512 is ${sha512}, and locked is ${locked.sha512}`;
}

function goneBy(error: unknown): string | undefined {
  if (error instanceof StatusError && error.isGone) return `HTTP ${error.status}`;
  return (error as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file" : undefined;
}
