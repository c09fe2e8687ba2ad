import { existsSync } from "node:fs";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { type Digest, DigestAlgorithm, DigestPin } from "../content/digest";
import type { Inspection } from "../content/inspection/inspection";
import { inspectLocalFile } from "../content/inspection/local";
import { fileDigest } from "../content/local-file";
import { LOCK_FILE, updateCommand } from "../content/lock-file";
import { InvalidInput, shown } from "../core/errors";
import { hcl, quoted } from "../core/hcl";
import { ifKnown, isKnown } from "../core/known";
import { deferred, literal } from "../core/literal";
import { App, type IConstruct, TerraformStack } from "../framework";
import type { CheckedSource, ImageContent } from "./image-content";
import { lockKey } from "./locked-image";
import { isLocking } from "./locking";
import type { GivenSource } from "./source";

/** A path shapes what is read at synth, so Terraform cannot be left to know it. */
export function checkPath(scope: IConstruct, path: string): void {
  if (isKnown(path)) return;
  throw new InvalidInput(
    "SourcePathUnknown",
    scope,
    "the source's path must be known at synth, got a token; pass a plain string",
  );
}

/** What the bytes of a file are; undefined when it is not on this machine. */
export function inspectedFile(scope: IConstruct, path: string): Inspection | undefined {
  const absolute = resolve(process.cwd(), path);
  if (!existsSync(absolute)) return undefined;
  const inspection = readable(scope, path, () => inspectLocalFile(absolute));
  if (inspection.format !== "empty") return inspection;
  throw new InvalidInput(
    "SourceFileEmpty",
    scope,
    `the source's file must not be empty, got ${shown(path)}; write it first`,
  );
}

/** A file, that the provider uploads. */
export function fileContent(scope: IConstruct, checked: CheckedSource): ImageContent {
  const { source, digest: given, locked, pin, hasFixedId, file } = checked;
  const path = source.location;
  const absolute = resolve(process.cwd(), path);
  // one that only another machine has may be locked
  if (!file && !given && !isLocking(scope)) {
    throw new InvalidInput(
      "SourceFileMissing",
      scope,
      `the source's file must exist at synth, got ${shown(path)} (${absolute}); its path is relative to the app's folder; ` +
        "give 'digest' when the file is only where Terraform runs",
    );
  }
  const digest = file ? comparedDigest(scope, source, absolute, given) : given;
  const emitted = emittedPath(scope, path, absolute);
  return {
    arguments: { localFilePath: emitted, verifyChecksum: source.verifyChecksum },
    isDownloaded: false,
    storedDigests: digest ? [digest] : [],
    // of what is only checked too, once it is locked: a trigger that comes with the change itself would replace nothing
    trigger: pin === DigestPin.REPLACE || (locked && !hasFixedId) ? digest?.hex : undefined,
    isPinned: pin === DigestPin.REPLACE,
    sizeBytes: file?.sizeBytes,
    precondition: given && {
      // a condition must refer to something, which an absolute path does not
      condition: hcl`path.module != "" && fileexists(${emitted})`,
      errorMessage: literal(
        `SourceFileMissing: ${scope.node.path} uploads ${path}, which is not on this machine; put it there, as seen from the folder ` +
          "that the app runs in",
      ),
    },
  };
}

/** The digest of a file that is here, which must be the one given or locked. */
function comparedDigest(scope: IConstruct, source: GivenSource, absolute: string, expected?: Digest): Digest {
  const path = source.location;
  const algorithm = expected?.algorithm ?? DigestAlgorithm.SHA512;
  const hex = readable(scope, path, () => fileDigest(absolute, algorithm, process.cwd()));
  const [said, wayOut] = source.digest
    ? ["given", "change 'digest' to this one"]
    : [`that ${LOCK_FILE} says`, `run ${updateCommand(lockKey(source))}`];
  ifKnown(expected?.hex, (right) => {
    if (right === hex) return;
    throw new InvalidInput(
      "DigestMismatch",
      scope,
      `the source's file ${shown(path)} must have the ${algorithm} digest ${said}, ${right}, got ${hex}; put the right file there, or ${wayOut}`,
    );
  });
  return expected ?? { algorithm, hex };
}

function readable<T>(scope: IConstruct, path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new InvalidInput(
      "SourceFileUnreadable",
      scope,
      `the source's file must be readable, got ${shown(path)}: ${(error as Error).message}; it must be a file, with the right to read it, and stay as it is meanwhile`,
    );
  }
}

/** The path as Terraform finds it: from the stack's folder, so that it is the same wherever the repository lies. */
function emittedPath(scope: IConstruct, path: string, absolute: string): string {
  if (isAbsolute(path)) return path;
  const stackFolder = resolve(App.of(scope).outdir, "stacks", TerraformStack.of(scope).node.id);
  const fromStack = relative(stackFolder, absolute).split(sep).join("/");
  return deferred((context) =>
    context.suppressBraces ? `"\${path.module}/${quoted(fromStack).slice(1)}` : `\${path.module}/${literal(fromStack)}`,
  );
}
