// What goes wrong on its way to Glance, and the same put right.
import type { TerraformStack } from "cdktf";
import { Digest, DiskFormat, Image, ImageSource, ImageVisibility } from "cdktf-openstack-images";
import { md5, sha256, sha512 } from "./digests";

/** @param isWrong whether each fails; else each is as it should be */
export function failures(stack: TerraformStack, base: string, folder: string, isWrong: boolean): void {
  const disk = `${base}/disk.qcow2`;
  const qcow2 = (wrong: DiskFormat) => (isWrong ? wrong : DiskFormat.QCOW2);
  const createTimeoutMinutes = isWrong ? 1 : 5;

  // the bytes are not what is declared
  new Image(stack, "x-Format-Url", { source: ImageSource.fromUrl(disk), diskFormat: qcow2(DiskFormat.VMDK) });
  // of a file that is here, the synth says so
  new Image(stack, "x-Format-File", {
    source: ImageSource.fromFile(`${folder}/disk.qcow2`),
    diskFormat: process.env.MISDECLARED ? DiskFormat.VDI : DiskFormat.QCOW2,
  });
  new Image(stack, "x-Format-Web", {
    source: ImageSource.fromWebDownload(disk),
    diskFormat: qcow2(DiskFormat.VHDX),
    createTimeoutMinutes,
  });
  new Image(stack, "x-Unsafe", { source: ImageSource.fromFile(`${folder}/${isWrong ? "backed" : "disk"}.qcow2`) });

  // the bytes do not come; the files are put there meanwhile
  new Image(stack, "x-Missing-Url", { source: ImageSource.fromUrl(`${base}/missing.qcow2`) });
  new Image(stack, "x-Missing-Web", {
    source: ImageSource.fromWebDownload(`${base}/missing.qcow2`),
    createTimeoutMinutes,
  });
  const type = isWrong ? "text/plain" : "application/gzip";
  new Image(stack, "x-Untold", {
    source: ImageSource.fromUrl(`${base}/disk.raw.gz?type=${type}`, { decompress: true }),
  });
  const name = isWrong ? "disk.raw.bz2" : "disk.raw.gz";
  new Image(stack, "x-Untold-Name", {
    source: ImageSource.fromUrl(`${base}/${name}?type=application/octet-stream&name=${name}`, { decompress: true }),
  });

  // other bytes come than declared; the right ones are put there meanwhile
  const digest = Digest.sha512(sha512(`${folder}/disk.qcow2`));
  new Image(stack, "x-Forged-Url", { source: ImageSource.fromUrl(`${base}/forged.qcow2`, { digest }) });
  new Image(stack, "x-Forged-Web", { source: ImageSource.fromWebDownload(`${base}/forged.qcow2`, { digest }) });
  const byMd5 = { digest: Digest.md5(md5(`${folder}/disk.qcow2`)) };
  new Image(stack, "x-Forged-Url-Md5", { source: ImageSource.fromUrl(`${base}/forged.qcow2`, byMd5) });
  new Image(stack, "x-Forged-Web-Md5", { source: ImageSource.fromWebDownload(`${base}/forged.qcow2`, byMd5) });
  const storedDigest = Digest.sha512(sha512(`${folder}/disk.raw`));
  new Image(stack, "x-Forged-Unpacked", {
    source: ImageSource.fromUrl(`${base}/forged.raw.gz?type=application/gzip`, { decompress: true, storedDigest }),
  });
  // xz under the name of gzip, which the cloud does not unpack
  new Image(stack, "x-Forged-Cloud", {
    source: ImageSource.fromWebDownload(`${base}/sham.raw.gz`, { decompressedByCloud: true, storedDigest }),
  });
  // a SHA-256 that nobody compares
  const other = sha256(`${folder}/disk.${isWrong ? "raw" : "qcow2"}`);
  new Image(stack, "x-Sha256", {
    source: ImageSource.fromUrl(disk, { digest: Digest.sha256(other), storedDigest: isWrong ? undefined : digest }),
  });

  // the cloud does not let it
  const source = ImageSource.fromFile(`${folder}/disk.raw`);
  new Image(stack, "x-Public", { source, visibility: isWrong ? ImageVisibility.PUBLIC : ImageVisibility.PRIVATE });
  new Image(stack, "x-Region", { source, region: isWrong ? "Nowhere" : "RegionOne" });
}
