// Images by each way that bytes get to Glance, from the files in FILES that URL_BASE serves. STEP is "wrong" for what fails, "later" for
// all that changes, "check" for other digests where they are only compared, "file" for files with wrong digests.
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { App, LocalBackend, TerraformStack, TerraformVariable } from "cdktf";
import { Digest, DigestPin, DiskFormat, Image, ImageSource } from "cdktf-openstack-images";
import { md5, sha256, sha512 } from "./digests";
import { failures } from "./failures";

const { URL_BASE = "http://127.0.0.1", FILES = ".", STEP = "right", LATE = "", USERNAME = "reader" } = process.env;
const isLater = STEP === "later" || STEP === "check";
const app = new App();
const stack = new TerraformStack(app, "content");
new LocalBackend(stack, { path: "../../../terraform.content.tfstate" });
new OpenstackProvider(stack, "openstack", { cloud: "demo" });
failures(stack, URL_BASE, FILES, STEP === "wrong");

const at = (name: string) => `${FILES}/${name}`;
const url = (name: string) => `${URL_BASE}/${name}`;

// every kind with every digest; one.qcow2 gets other bytes
const stored = Digest.sha512(sha512(at("one.qcow2")));
const digests = {
  Sha512: { digest: stored },
  Sha256: { digest: Digest.sha256(sha256(at("one.qcow2"))), storedDigest: stored },
  Md5: { digest: Digest.md5(md5(at("one.qcow2"))) },
};
for (const [id, options] of Object.entries(digests)) {
  const sources = {
    Url: ImageSource.fromUrl(url("one.qcow2"), options),
    Web: ImageSource.fromWebDownload(url("one.qcow2"), options),
    File: ImageSource.fromFile(at("one.qcow2"), options),
  };
  for (const [kind, source] of Object.entries(sources)) {
    new Image(stack, `x-${kind}-${id}`, {
      imageName: `x-${kind}-${id} \${literal} %{literal}`,
      source,
      properties: { note: 'a "quoted" ${HOME} %{if} \\ value' },
    });
  }
}
new Image(stack, "x-File-Computed", { source: ImageSource.fromFile(at("one.qcow2")) });

// only compared; disk.qcow2 stays as it is
const disk = Digest.sha512(sha512(at("disk.qcow2")));
const checked = { digest: STEP === "check" ? stored : disk, digestPin: DigestPin.CHECK };
new Image(stack, "x-Url-Check", { source: ImageSource.fromUrl(url("disk.qcow2"), checked) });
new Image(stack, "x-Web-Check", { source: ImageSource.fromWebDownload(url("disk.qcow2"), checked) });
new Image(stack, "x-File-Check", {
  source: ImageSource.fromFile(at("checked.qcow2"), { digestPin: DigestPin.CHECK }),
});
// only compared at first
const pinned = { digest: disk, digestPin: isLater ? DigestPin.REPLACE : DigestPin.CHECK };
new Image(stack, "x-Url-Pin", { source: ImageSource.fromUrl(url("disk.qcow2"), pinned) });
new Image(stack, "x-Web-Pin", { source: ImageSource.fromWebDownload(url("disk.qcow2"), pinned) });
new Image(stack, "x-File-Pin", { source: ImageSource.fromFile(at("disk.qcow2"), pinned) });

// packed, and unpacked by the machine that runs Terraform: told by the type, or by the name
const raw = Digest.sha512(sha512(at("disk.raw")));
const packings = {
  gz: "application/gzip",
  xz: "application/x-xz",
  bz2: "application/x-bzip2",
  zst: "application/zstd",
};
for (const [ending, type] of Object.entries(packings)) {
  const options = { decompress: true, digest: Digest.sha512(sha512(at(`disk.raw.${ending}`))), storedDigest: raw };
  const file = url(`disk.raw.${ending}`);
  new Image(stack, `x-Typed-${ending}`, { source: ImageSource.fromUrl(`${file}?type=${type}`, options) });
  // the provider does not go by this name
  if (ending === "bz2") continue;
  const named = `${file}?type=application/octet-stream&name=disk.raw.${ending}`;
  new Image(stack, `x-Named-${ending}`, { source: ImageSource.fromUrl(named, options) });
}
// by Glance
for (const ending of ["gz", "zip"]) {
  const packed = Digest.sha512(sha512(at(`disk.raw.${ending}`)));
  const options = { decompressedByCloud: true, digest: packed, storedDigest: raw };
  new Image(stack, `x-Cloud-${ending}`, { source: ImageSource.fromWebDownload(url(`disk.raw.${ending}`), options) });
}
// by nobody at first, as its ending does not tell it
new Image(stack, "x-Unpacks", {
  source: ImageSource.fromUrl(url("packed.raw?type=application/gzip"), isLater ? { decompress: true } : {}),
});

const password = new TerraformVariable(stack, "mirror_password", { type: "string", sensitive: true });
new Image(stack, "x-Private", {
  source: ImageSource.fromUrl(url("private/disk.qcow2"), { username: USERNAME, password }),
});
new Image(stack, "x-Unverified-Url", {
  source: ImageSource.fromUrl(url("disk.qcow2"), { verifyChecksum: isLater }),
});
new Image(stack, "x-Unverified-File", {
  source: ImageSource.fromFile(at("disk.qcow2"), { verifyChecksum: isLater }),
});
new Image(stack, "x-OtherUrl", { source: ImageSource.fromUrl(url(isLater ? "again/disk.qcow2" : "disk.qcow2")) });
new Image(stack, "x-OtherWay", {
  source: isLater ? ImageSource.fromWebDownload(url("disk.qcow2")) : ImageSource.fromUrl(url("disk.qcow2")),
});

// a file that comes after the synth
if (LATE) new Image(stack, "x-Late", { source: ImageSource.fromFile(at("late.raw"), { digest: raw }) });
if (STEP === "file") wrongDigests();
app.synth();

/** Throws what each of the digests is refused with. */
function wrongDigests(): void {
  const wrong = {
    sha512: Digest.sha512(sha512(at("one.qcow2"))),
    sha256: Digest.sha256(sha256(at("one.qcow2"))),
    md5: Digest.md5(md5(at("one.qcow2"))),
  };
  const messages = Object.entries(wrong).map(([id, digest]) => {
    try {
      new Image(stack, id, { source: ImageSource.fromFile(at("disk.raw"), { digest }), diskFormat: DiskFormat.RAW });
      return `${id}: taken`;
    } catch (error) {
      return `${id}: ${(error as Error).message}`;
    }
  });
  throw new Error(messages.join("\n"));
}
