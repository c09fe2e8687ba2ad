import { relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { LOCK_FILE, type Lock, LockUnusable, readLock } from "../content/lock-file";
import { bytesShown } from "./bytes-shown";
import { defaultFile } from "./cloud/default-file";
import { download, isThere, type Measured, measure } from "./cloud/part";
import { type StoredImage, storedImage } from "./cloud/stored-image";
import { interruptible } from "./interruptible";
import { OpenstackCommand } from "./openstack-command";
import { ExitCode, type Output, type Verb } from "./verb";

const USAGE = "save IMAGE [--to FILE] [--cloud NAME] [--unverified]";

/** Downloads an image. */
export const SAVE: Verb = {
  usage: USAGE,
  summary: "downloads an image, by its id or name, and compares its bytes with what the cloud and the lock say",
  options: {
    "--to FILE": "where; else the image's name, with its format as ending",
    "--cloud NAME": "the one of clouds.yaml; else that of OS_CLOUD",
    "--unverified": "though the cloud has no digest of it",
  },
  async run(words, output) {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { to: { type: "string" }, cloud: { type: "string" }, unverified: { type: "boolean" } },
    });
    if (positionals.length !== 1 || positionals[0] === "" || values.to === "") {
      throw new Error(`save needs one image: openstack-images ${USAGE}`);
    }
    const openstack = new OpenstackCommand(values.cloud);
    const image = await storedImage(openstack, positionals[0]);
    failUnlessFit(image, values.unverified === true);
    const saving = new Saving(openstack, image, resolve(values.to ?? defaultFile(image)), lockToCompare(), output);
    await interruptible((signal) => saving.run(signal));
    return ExitCode.FINE;
  },
};

function failUnlessFit({ id, status, digest }: StoredImage, mayBeUnverified: boolean): void {
  if (status !== "active") throw new Error(`image ${id} is ${status}; only one that is active can be downloaded`);
  if (digest?.hash !== undefined || mayBeUnverified) return;
  throw new Error(
    digest
      ? `image ${id} has its os_hash_value by ${digest.algorithm}, which this command does not know; to save it all the same, add --unverified`
      : `image ${id} has neither os_hash_value nor checksum to verify it with; to save it all the same, add --unverified`,
  );
}

/** The lock, or why there is none to compare with: an image that is about to be lost is saved all the same. */
interface LockToCompare {
  readonly lock: Lock;
  readonly problem?: string;
}

function lockToCompare(): LockToCompare {
  try {
    return { lock: readLock(LOCK_FILE) };
  } catch (error) {
    if (!(error instanceof LockUnusable)) throw error;
    return { lock: {}, problem: error.message };
  }
}

class Saving {
  private readonly shown: string;

  constructor(
    private readonly openstack: OpenstackCommand,
    private readonly image: StoredImage,
    private readonly path: string,
    private readonly compared: LockToCompare,
    private readonly output: Output,
  ) {
    const below = relative(process.cwd(), path);
    this.shown = below.startsWith("..") ? path : below;
  }

  async run(signal: AbortSignal): Promise<void> {
    if (isThere(this.path)) return this.compare(signal);
    const { id, name, sizeBytes } = this.image;
    const size = sizeBytes === undefined ? "" : `, ${bytesShown(sizeBytes)}`;
    this.output.line(`saving ${name === undefined ? "" : `${JSON.stringify(name)} `}(${id}${size}) to ${this.shown}`);
    const measured = await download(this.openstack, this.image, this.path, signal, async (part) => {
      const read = await measure(part, this.hashes(), signal);
      const wrong = this.difference(read);
      if (wrong) throw new Error(`the bytes that came are not the image's, and were removed: ${wrong}`);
      return read;
    });
    this.output.line(`saved ${this.shown}`);
    this.report(measured);
  }

  /** A file that is there is left as it is. */
  private async compare(signal: AbortSignal): Promise<void> {
    const wayOut = "give another file with --to";
    const { id, digest } = this.image;
    if (digest?.hash === undefined) {
      throw new Error(`${this.shown} is there, and nothing says whether it is image ${id}; ${wayOut}`);
    }
    const measured = await measure(this.path, this.hashes(), signal);
    const wrong = this.difference(measured);
    if (wrong) throw new Error(`${this.shown} is there, and is not image ${id}: ${wrong}; ${wayOut}`);
    this.output.line(`${this.shown} is there already, and is image ${id}`);
    this.report(measured);
  }

  /** A lock has SHA-512, whatever the cloud has. */
  private hashes(): string[] {
    return [...new Set([...(this.image.digest?.hash ? [this.image.digest.hash] : []), ...this.lockHashes()])];
  }

  private lockHashes(): string[] {
    return Object.keys(this.compared.lock).length > 0 ? ["sha512"] : [];
  }

  private difference({ sizeBytes, digests }: Measured): string | undefined {
    const { digest, sizeBytes: expected = sizeBytes } = this.image;
    if (digest?.hash === undefined) {
      return sizeBytes === expected ? undefined : `${expected} bytes expected, got ${sizeBytes}`;
    }
    const got = digests[digest.hash];
    return got === digest.hex
      ? undefined
      : `${digest.attribute} (${digest.algorithm}) ${digest.hex} expected, got ${got}`;
  }

  private report({ digests }: Measured): void {
    const { digest } = this.image;
    if (digest?.hash === undefined) {
      this.output.line("  not verified: the cloud has no digest of it that this command knows");
    } else {
      const limit = digest.hash === "md5" ? "; MD5 tells a broken copy, not a forged one" : "";
      this.output.line(`  ${digest.attribute} (${digest.algorithm}) ${digest.hex}, as in the cloud${limit}`);
    }
    const { problem } = this.compared;
    if (problem !== undefined) this.output.line(`  not compared with the lock: ${problem}`);
    if (this.lockHashes().length === 0) return;
    const source = lockedSource(this.compared.lock, digests.sha512);
    this.output.line(
      source ? `  as ${LOCK_FILE} has it for ${source}` : `  ${LOCK_FILE} has no image with these bytes`,
    );
  }
}

/** The source in a lock that has these bytes: as they are served, unpacked, or as the raw disk. */
function lockedSource(lock: Lock, sha512?: string): string | undefined {
  return Object.keys(lock).find((source) => {
    const { unpacked, raw, ...served } = lock[source];
    return [served, unpacked, raw].some((bytes) => bytes?.sha512 === sha512);
  });
}
