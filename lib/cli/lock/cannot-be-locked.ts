import type { LockedImage } from "../../content/lock-file";
import { StatusError } from "../http/answer";
import { missingIn } from "./missing";
import { secretIn } from "./secret";
import type { Source } from "./source";
import type { Work } from "./work";

const GIVE_DIGEST = "give the image's 'digest' in the code";

/** Says why a source cannot be read here, or must not be written down. A digest in the code binds its image all the same. */
export class CannotBeLockedError extends Error {
  /** @param isElsewhere whether others may be able to read it, so that what is locked of it still counts */
  constructor(
    readonly why: string,
    wayOut = GIVE_DIGEST,
    readonly isElsewhere = false,
  ) {
    super(`cannot be locked: ${why}; ${wayOut}`);
  }
}

/** Of a URL that lets its bearer in. */
export function checkNoSecret({ key }: Source): void {
  const secret = secretIn(key);
  if (secret !== undefined) throw new CannotBeLockedError(`its URL holds ${secret}, and a lock file is committed`);
}

/** Of a source that is downloaded by whoever has a password. */
export function checkPublic({ isPrivate, location }: Source): void {
  if (!isPrivate || new URL(location).username !== "") return;
  throw new CannotBeLockedError(
    "its download needs a user name and a password, which this command does not have",
    GIVE_DIGEST,
    true,
  );
}

/** Tells what is not let in from what failed. */
export async function letIn<T>(asking: Promise<T>): Promise<T> {
  return asking.catch((error) => {
    if (!(error instanceof StatusError && [401, 403].includes(error.status))) throw error;
    throw new CannotBeLockedError(`the server answers ${error.status}, as to whoever may not read it`);
  });
}

/** Tells a file that is not on this machine from what failed. */
export async function here<T>(opening: Promise<T>): Promise<T> {
  return opening.catch((error) => {
    if (error.code !== "ENOENT") throw error;
    throw new CannotBeLockedError("there is no such file here", `put it there, or ${GIVE_DIGEST}`, true);
  });
}

/** Whether an image is bound without another look at its source: by the digest in the code, or by what was locked where it can be read. */
export function isBoundWithout(
  source: Source,
  locked: LockedImage | undefined,
  { isElsewhere }: CannotBeLockedError,
): boolean {
  return source.isBound || (isElsewhere && missingIn(source, locked) === undefined);
}

/** Says that a source was left out. */
export function noteLeftOut({ shown }: Source, isKept: boolean, { why }: CannotBeLockedError, { note }: Work): void {
  note(
    isKept
      ? `${shown} is not read: ${why}; what is locked of it stays`
      : `${shown} is not locked: ${why}; its digest in the code binds it`,
  );
}
