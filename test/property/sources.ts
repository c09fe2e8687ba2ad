import { createHash } from "node:crypto";
import {
  ContainerFormat,
  DigestPin,
  DiskFormat,
  type UploadSourceOptions,
  type UrlSourceOptions,
  type WebDownloadSourceOptions,
} from "cdktf-openstack-images";
import * as fc from "fast-check";
import { Call, Secret, Static, TokenOf } from "./described";
import { name, text } from "./text";
import { anyText, bool, type Fields, type Given, origin, props, without } from "./values";

/** The names of a class's own values: `RAW`, `QCOW2`. */
function namesOf(choices: object): string[] {
  return Object.entries(choices)
    .filter(([, choice]) => choice instanceof (choices as new () => unknown))
    .map(([key]) => key);
}

const AMAZON = ["AMI", "AKI", "ARI"];

function plain(choices: object): string[] {
  return namesOf(choices).filter((key) => !AMAZON.includes(key));
}

/** A format by its constant, or by the word that stands for it. */
function format(type: "DiskFormat" | "ContainerFormat", names: string[]): fc.Arbitrary<Static | Call> {
  const key = fc.constantFrom(...names);
  return fc.oneof(
    { weight: 4, arbitrary: key.map((constant) => new Static(`${type}.${constant}`)) },
    { weight: 1, arbitrary: key.map((constant) => new Call(`${type}.custom`, [constant.toLowerCase()])) },
  );
}

export const anyDiskFormat = format("DiskFormat", namesOf(DiskFormat));
export const anyContainerFormat = format("ContainerFormat", namesOf(ContainerFormat));

/** A disk format, and a container that goes with it or none. */
const formats: fc.Arbitrary<Given> = fc.oneof(
  fc.record({
    diskFormat: format("DiskFormat", plain(DiskFormat)),
    containerFormat: fc.option(format("ContainerFormat", plain(ContainerFormat)), { nil: undefined }),
  }),
  fc.constantFrom(...AMAZON).chain((key) =>
    fc.record({
      diskFormat: format("DiskFormat", [key]),
      containerFormat: fc.option(format("ContainerFormat", [key]), { nil: undefined }),
    }),
  ),
);

const COMPRESSED: Given = { containerFormat: new Static("ContainerFormat.COMPRESSED") };

const digest = fc
  .constantFrom(["sha512", 128] as const, ["sha256", 64] as const, ["md5", 32] as const)
  .chain(([algorithm, digits]) =>
    fc
      .oneof(
        {
          weight: 4,
          arbitrary: fc.string({
            unit: fc.constantFrom(..."0123456789abcdefABCDEF"),
            minLength: digits,
            maxLength: digits,
          }),
        },
        { weight: 1, arbitrary: origin.map((from) => new TokenOf("string", from)) },
      )
      .map((hex) => new Call(`Digest.${algorithm}`, [hex])),
  );

const pinning = { digest, storedDigest: digest, digestPin: fc.constantFrom(...Object.values(DigestPin)) };

const uploadOptions: Fields<UploadSourceOptions> = { ...pinning, verifyChecksum: bool };

const remote = {
  moving: fc.boolean(),
  allowMoving: fc.constant("a reason"),
  checksumsUrl: fc.constant("https://images.test/SHA512SUMS"),
  checksumsKeyring: fc.constant("keys/test.gpg"),
};

const urlOptions: Fields<UrlSourceOptions> = {
  ...uploadOptions,
  ...remote,
  username: anyText,
  password: fc.constant(new Secret()),
  decompress: fc.boolean(),
};

const webDownloadOptions: Fields<WebDownloadSourceOptions> = {
  ...pinning,
  ...remote,
  decompressedByCloud: fc.boolean(),
  storedAs: fc.constant(new Static("DiskFormat.RAW")),
};

/** Text within a URL, in which nothing that has a meaning there, nor what looks like cdktf's token of a number. */
export const urlText = text({ maxLength: 12 })
  .map((value) => value.replace(/[\s#?@:/\\\0]/gu, ""))
  .filter((value) => !value.includes("e+298"));

/** Where an image lies, up to its ending. */
const start = fc
  .tuple(fc.constantFrom("http", "https", "HTTPS"), urlText, urlText)
  .map(([scheme, folder, file]) => `${scheme}://images.test/${folder}/x${file}`);

const query = fc.oneof(
  fc.constant(""),
  urlText.map((value) => `?a=${value}`),
);

function url(...endings: string[]): fc.Arbitrary<string> {
  return fc.tuple(start, fc.constantFrom(...endings), query).map((parts) => parts.join(""));
}

const urlToken = fc
  .tuple(origin, urlText)
  .map(([from, rest]) => new TokenOf("string", from, "https://images.test/", `${rest}.qcow2`));

const KNOWN = [".qcow2", ".raw", ".iso", ".vmdk", ".vhd", ".vhdx", ".vdi", ".QCOW2"];

function packed(...compressions: string[]): string[] {
  return KNOWN.flatMap((ending) => compressions.map((compression) => ending + compression));
}

/** What is unpacked on its way does not stay packed. */
function asItArrives(others: Given, { decompress, decompressedByCloud }: Given): Given {
  return decompress || decompressedByCloud ? without(others, "containerFormat") : others;
}

/** Both or none. */
function withCredentials(options: Given): Given {
  const isWhole = options.username !== undefined && options.password !== undefined;
  return isWhole ? options : without(options, "username", "password");
}

/** A source, with what else the image is given for it. */
function source(
  factory: "fromUrl" | "fromWebDownload" | "fromFile",
  location: fc.Arbitrary<unknown>,
  options: fc.Arbitrary<Given>,
  others: fc.Arbitrary<Given> = fc.constant({}),
): fc.Arbitrary<Given> {
  return fc.tuple(location, options, others).map(([where, how, other]) => ({
    ...asItArrives(other, how),
    source: new Call(`ImageSource.${factory}`, [where, how]),
  }));
}

/** What moves is bound by a digest, or has a reason. */
function withReason(options: Given): Given {
  return options.moving && options.digest === undefined ? { ...options, allowMoving: "a reason" } : options;
}

const forUrl = props(urlOptions).map(withCredentials).map(withReason);
const forWebDownload = props(webDownloadOptions).map(withReason);
const forUpload = props(uploadOptions);
const leftPacked = forUrl.map((options) => without(options, "decompress"));
const unpackedHere = forUrl.map((options) => ({ ...options, decompress: true }));
const unpackedByCloud = forWebDownload.map((options) => ({ ...options, decompressedByCloud: true }));

/** The files of the app's folder, by name; all of them raw but for the first. */
export const FILES: Record<string, Buffer> = {
  "golden.qcow2": Buffer.from("QFI\xfb golden", "latin1"),
  "plain.raw": Buffer.from("plain\0"),
  'od${d} %{if} "quoted" $${x}\té\u{1d4b3}.raw': Buffer.from("odd\0"),
  "folder with spaces/line\nbreak.raw": Buffer.from("nested\0"),
};

/** A file that is here, with its right digest where one is given. */
const fileHere = fc
  .tuple(fc.constantFrom(...Object.keys(FILES)), forUpload, fc.boolean())
  .map(([path, options, isBare]) => {
    const { digest } = options as { digest?: Call };
    const right =
      typeof digest?.args[0] === "string"
        ? {
            digest: new Call(digest.path, [
              createHash(digest.path.slice("Digest.".length)).update(FILES[path]).digest("hex"),
            ]),
          }
        : {};
    return { source: new Call("ImageSource.fromFile", [isBare ? path : `./${path}`, { ...options, ...right }]) };
  });

/** A file that is only where Terraform runs. */
const pathElsewhere = name.map((value) => `elsewhere/${value.replace(/[\0/]/g, "")}x`);

/** A source, and the formats where its ending does not tell them. */
export const sourceAndFormats: fc.Arbitrary<Given> = fc.oneof(
  source("fromUrl", url(...KNOWN), forUrl),
  source("fromUrl", fc.oneof(url(".img"), urlToken), forUrl, formats),
  source("fromUrl", url(...packed(".gz", ".bz2", ".xz", ".zst", ".XZ")), unpackedHere),
  source("fromUrl", url(...packed(".gz", ".zip")), leftPacked, fc.constant(COMPRESSED)),
  source("fromWebDownload", url(...KNOWN), forWebDownload),
  source("fromWebDownload", url(...packed(".gz", ".zip")), unpackedByCloud),
  fileHere,
  source("fromFile", pathElsewhere, props(uploadOptions, "digest"), formats),
);
