import { rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "../../content/inspection/inspect";
import { HEAD_BYTES } from "../../content/inspection/inspection";
import { parse } from "../../content/inspection/parser";
import type { LockedImage } from "../../content/lock-file";
import type { Described } from "../http/answer";
import { download, type Receiver } from "../http/download";
import { CannotBeLockedError, checkNoSecret, checkPublic, here, letIn } from "./cannot-be-locked";
import { checkImage, imageFormat } from "./image-format";
import { rawForm } from "./raw";
import { type Read, Reading, readInto, type Sink } from "./sink";
import type { Source } from "./source";
import { checkUnpackable, MAGIC_BYTES, Unpacking } from "./unpacking";
import { checkPublished, publishedFor } from "./upstream";
import type { Work } from "./work";

/** What a source was found to hold. */
export type Found = Omit<LockedImage, "revision" | "resolvedAt">;

/**
 * Reads all that is at a source, once, and says what it is.
 * @param accept makes something of it; bytes that it refuses are not mirrored
 */
export async function found<T>(source: Source, work: Work, accept: (now: Found) => T): Promise<T> {
  return read(source, work, async (forms, described) => {
    const accepted = accept(await judged(source, forms, described, work));
    await mirror(forms.packed, work);
    return accepted;
  });
}

/** What is at a source as it lies there, if it is an image. */
export async function bytesAt(source: Source, work: Work): Promise<Read> {
  return read({ ...source, unpacked: false, raw: false }, work, async ({ packed }) => {
    checkImage(packed.inspection);
    return packed;
  });
}

/** Throws when what is at a source is no image, as far as its first bytes tell. */
export async function checkStart(source: Source, work: Work): Promise<void> {
  const start = await startOf(source, work, HEAD_BYTES);
  checkImage(
    parse(inspect({ headOnly: "more is not needed" }), ({ offset, length }) => start.subarray(offset, offset + length)),
  );
}

/** Why a source cannot be locked, as far as its first bytes tell. */
export async function obstacle(source: Source, work: Work): Promise<CannotBeLockedError | undefined> {
  try {
    checkNoSecret(source);
    const start = await startOf(source, work, MAGIC_BYTES);
    if (source.unpacked) checkUnpackable(start);
  } catch (error) {
    if (error instanceof CannotBeLockedError) return error;
  }
  return undefined;
}

/** The first bytes of a source, however large it is. */
async function startOf(source: Source, work: Work, length: number): Promise<Buffer> {
  const enough = new Error("enough was read");
  let bytes = Buffer.alloc(0);
  const start = async () => {
    bytes = Buffer.alloc(0);
  };
  const take = async (more: Uint8Array) => {
    bytes = Buffer.concat([bytes, more]);
    if (bytes.length >= length) throw enough;
  };
  await bytesOf(source, { ...work, maxBytes: Number.POSITIVE_INFINITY }, { start, take }).catch((error) => {
    if (error !== enough) throw error;
  });
  return bytes;
}

/** Hands on the bytes of a source. */
async function bytesOf(source: Source, { asking, maxBytes }: Work, receiver: Receiver): Promise<Described> {
  if (!source.isFile) {
    checkPublic(source);
    return letIn(download(new URL(source.location), asking, maxBytes, receiver));
  }
  const { size } = await here(stat(source.location));
  await receiver.start({ sizeBytes: size });
  await readInto(source.location, receiver, asking.signal);
  return {};
}

/** Reads, and gives what was read to whoever makes something of it; then nothing of it is left. */
async function read<T>(
  source: Source,
  work: Work,
  use: (forms: Forms, described: Described) => Promise<T>,
): Promise<T> {
  const transfer = work.transfers.begin(source.shown);
  let both: Both | undefined;
  // anew where a download begins again
  const start = async ({ sizeBytes }: Described) => {
    await both?.discard();
    both = new Both(source, work);
    transfer.start(sizeBytes);
  };
  const take = async (bytes: Uint8Array) => {
    transfer.advance(bytes.length);
    await both?.take(bytes);
  };
  try {
    const described = await bytesOf(source, work, { start, take });
    if (both === undefined) throw new Error("nothing came");
    return await use(await both.end(), described);
  } finally {
    transfer.end();
    await both?.discard();
  }
}

interface Forms {
  readonly packed: Read;
  /** Where the source is declared as packed. */
  readonly unpacked?: Read;
}

let made = 0;

/** The bytes as they lie there, and unpacked where they are declared so. */
class Both implements Sink<Forms> {
  private readonly packed: Reading;
  private readonly unpacked?: Unpacking<Read>;

  constructor(source: Source, { temp, mirror, maxUnpackedBytes, asking }: Work) {
    const name = `.${process.pid}-${made++}.part`;
    const kept = source.raw && !source.unpacked && !source.isFile ? join(temp, name) : undefined;
    this.packed = new Reading(mirror === undefined ? kept : join(mirror, name));
    if (!source.unpacked) return;
    this.unpacked = new Unpacking(
      new Reading(source.raw ? join(temp, `${name}.unpacked`) : undefined),
      maxUnpackedBytes,
      asking.env,
    );
  }

  async take(bytes: Uint8Array): Promise<void> {
    await Promise.all([this.packed.take(bytes), this.unpacked?.take(bytes)]);
  }

  async end(): Promise<Forms> {
    const [packed, unpacked] = await Promise.all([this.packed.end(), this.unpacked?.end()]);
    return unpacked ? { packed, unpacked } : { packed };
  }

  async discard(): Promise<void> {
    await Promise.all([this.packed.discard(), this.unpacked?.discard()]);
  }
}

/** Checks what was read, and says it as the lock does. */
async function judged(source: Source, forms: Forms, { etag, lastModified }: Described, work: Work): Promise<Found> {
  const { packed, unpacked } = forms;
  const image = unpacked ?? packed;
  const format = imageFormat(source, image.inspection, work);
  for (const { algorithm, hex } of source.digests) {
    if (packed.bytes[algorithm] !== hex)
      throw new Error(
        `has the ${algorithm} ${packed.bytes[algorithm]}, and the code gives ${hex}; one of them is wrong`,
      );
  }
  const upstream = await publishedFor(source, work);
  if (upstream) checkPublished(upstream, packed.bytes);
  const file = image.file ?? source.location;
  const raw = source.raw ? await rawForm(file, image.bytes, work) : undefined;
  return {
    ...format,
    ...packed.bytes,
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { lastModified }),
    ...(upstream ? { upstream } : {}),
    ...(unpacked ? { unpacked: unpacked.bytes } : {}),
    ...(raw ? { raw } : {}),
  };
}

async function mirror({ file, bytes }: Read, { mirror }: Work): Promise<void> {
  if (mirror !== undefined && file !== undefined) await rename(file, join(mirror, bytes.sha512));
}
