import { isAbsolute, relative, resolve, sep } from "node:path";
import { type Digest, DigestAlgorithm, DigestPin } from "../content/digest";
import { fileDigest, inspectFile } from "../content/local-file";
import { InvalidInput, shown } from "../core/errors";
import { hcl, quoted } from "../core/hcl";
import { ifKnown, isKnown } from "../core/known";
import { deferred, literal } from "../core/literal";
import { App, type IConstruct, TerraformStack } from "../framework";
import type { DiskFormat } from "./disk-format";
import type { CheckedSource, ImageContent } from "./image-content";

/** A path shapes what is read at synth, so Terraform cannot be left to know it. */
export function checkPath(scope: IConstruct, path: string): void {
  if (isKnown(path)) return;
  throw new InvalidInput(
    "SourcePathUnknown",
    scope,
    "the source's path must be known at synth, got a token; pass a plain string",
  );
}

/** A file, that the provider uploads. */
export function fileContent(
  scope: IConstruct,
  { source, diskFormat, digest: given, pin }: CheckedSource,
): ImageContent {
  const path = source.location;
  const appFolder = process.cwd();
  const absolute = resolve(appFolder, path);
  const file = readable(scope, path, () => inspectFile(absolute));
  if (!file && !given) {
    throw new InvalidInput(
      "SourceFileMissing",
      scope,
      `the source's file must exist at synth, got ${shown(path)} (${absolute}); its path is relative to the app's folder; ` +
        "give 'digest' when the file is only where Terraform runs",
    );
  }
  if (file?.sizeBytes === 0) {
    throw new InvalidInput(
      "SourceFileEmpty",
      scope,
      `the source's file must not be empty, got ${shown(path)}; write it first`,
    );
  }
  if (file) checkFormat(scope, path, file.head, diskFormat);
  const digest = file ? comparedDigest(scope, path, absolute, appFolder, given) : given;
  const emitted = emittedPath(scope, path, absolute);
  return {
    arguments: { localFilePath: emitted, verifyChecksum: source.verifyChecksum },
    isDownloaded: false,
    storedDigest: digest,
    trigger: pin === DigestPin.REPLACE ? digest?.hex : undefined,
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

/** The digest of a file that is here, which must be the one given. */
function comparedDigest(scope: IConstruct, path: string, absolute: string, appFolder: string, given?: Digest): Digest {
  const algorithm = given?.algorithm ?? DigestAlgorithm.SHA512;
  const hex = readable(scope, path, () => fileDigest(absolute, algorithm, appFolder));
  ifKnown(given?.hex, (expected) => {
    if (expected === hex) return;
    throw new InvalidInput(
      "DigestMismatch",
      scope,
      `the source's file ${shown(path)} must have the ${algorithm} digest given, ${expected}, got ${hex}; put the right file there, or ` +
        "change 'digest' to this one",
    );
  });
  return given ?? { algorithm, hex };
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

function checkFormat(scope: IConstruct, path: string, head: Buffer, format: DiskFormat): void {
  if (head.subarray(0, 4).toString("latin1") !== "QFI\xfb" || !["raw", "iso"].includes(format.value)) return;
  throw new InvalidInput(
    "DiskFormatWrong",
    scope,
    `'diskFormat' must say what the bytes are, got ${shown(format.value)} for ${shown(path)}, which begins as qcow2 does (a new name ` +
      `or dd converts nothing); use DiskFormat.QCOW2, or convert it: qemu-img convert -O raw ${path} ${path}.raw`,
  );
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
