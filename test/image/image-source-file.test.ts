import { createHash } from "node:crypto";

import fs = require("node:fs");

import { join, resolve } from "node:path";
import { TerraformVariable } from "cdktf";
import { Digest, DigestPin, DiskFormat, Image, type ImageProps, ImageSource } from "cdktf-openstack-images";
import { Construct } from "constructs";
import { qcow2 } from "../content/inspection/contents";
import { blocks, failure, newStack, only, type Synthesis, synth, synthApp } from "../support/synth";
import { temporaryDirectory, testWithTerraform } from "../support/terraform";
import { BYTES, inAppFolder, MD5, SHA512 } from "./given";

const TYPE = "openstack_images_image_v2";
const QCOW2 = qcow2();

function fromFile(path: string, props: Partial<ImageProps> = {}) {
  return synth((stack) => new Image(stack, "Base", { source: ImageSource.fromFile(path), ...props }));
}

function failureOf(source: ImageSource, props: Partial<ImageProps> = {}): string {
  return failure((stack) => new Image(stack, "Base", { source, ...props }));
}

function sha512(content: string): string {
  return createHash("sha512").update(content).digest("hex");
}

/** Where Terraform finds the file of a stack's image. */
function found(result: Synthesis): string {
  const path: string = only(result, TYPE).local_file_path;
  return resolve(path.replace("${path.module}", result.stackFolder).replaceAll("$${", "${").replaceAll("%%{", "%{"));
}

describe("a file at hand", () => {
  test("is bound to its SHA-512, visibly in the plan", () => {
    inAppFolder({ "disk.raw": BYTES }, (folder) => {
      const result = synth((stack) => new Image(stack, "Base", { source: ImageSource.fromFile("disk.raw") }), {
        outdir: join(folder, "cdktf.out"),
      });
      const hex = sha512(BYTES);
      const [trigger] = Object.keys(blocks(result, "terraform_data"));
      expect(only(result, "terraform_data")).toStrictEqual({ triggers_replace: hex });
      const { postcondition, ...lifecycle } = only(result, TYPE).lifecycle;
      expect(only(result, TYPE)).toStrictEqual({
        name: "Base",
        container_format: "bare",
        disk_format: "raw",
        visibility: "private",
        image_cache_path: ".terraform/image_cache",
        local_file_path: "${path.module}/../../../disk.raw",
        min_disk_gb: 1,
        lifecycle: { create_before_destroy: true, postcondition, replace_triggered_by: [`terraform_data.${trigger}`] },
      });
      expect(lifecycle.precondition).toBeUndefined();
      expect(postcondition).toHaveLength(1);
      expect(postcondition[0].condition).toContain(`|| contains(["${hex}"], try(`);
      expect(result.warnings).toStrictEqual([]);
    });
  });

  test.each([
    "disk.raw",
    "a/b/disk.raw",
    "with space/disk 1.raw",
    "quo\"te's.raw",
    "${a}/%{b}.raw",
    "dollar$.raw",
    "ü.raw",
  ])("%j is found from the stack's folder", (path) => {
    inAppFolder({ [path]: BYTES }, (folder) => {
      const result = fromFile(path);
      expect(found(result)).toBe(join(folder, path));
      expect(only(result, TYPE).local_file_path).toMatch(/^\$\{path\.module\}\/\.\.\//);
    });
  });

  test("is found when it is beside or above the app's folder", () => {
    inAppFolder({ "app/cdktf.json": "{}", "images/disk.raw": BYTES }, (folder) => {
      process.chdir("app");
      expect(found(fromFile("../images/disk.raw"))).toBe(join(folder, "images/disk.raw"));
      expect(found(fromFile("./../images/./disk.raw"))).toBe(join(folder, "images/disk.raw"));
    });
  });

  test("is found from a stack inside a construct", () => {
    inAppFolder({ "disk.raw": BYTES }, (folder) => {
      const results = synthApp((app) => {
        const stack = newStack(new Construct(app, "Group"), "inner");
        new Image(stack, "Base", { source: ImageSource.fromFile("disk.raw") });
      });
      expect(found(Object.values(results)[0])).toBe(join(folder, "disk.raw"));
    });
  });

  test("stands as it is when its path is absolute", () => {
    inAppFolder({ "${a}.raw": BYTES }, (folder) => {
      expect(only(fromFile(join(folder, "${a}.raw")), TYPE).local_file_path).toBe(join(folder, "$${a}.raw"));
    });
  });

  test("is read once for all images and syntheses while it stays as it is", () => {
    inAppFolder({ "disk.raw": BYTES }, () => {
      fromFile("disk.raw");
      const read = jest.spyOn(fs, "readSync");
      fromFile("disk.raw");
      const large = read.mock.calls.filter(([, buffer]) => (buffer as Buffer).byteLength > 64 * 1024);
      read.mockRestore();
      expect(large).toStrictEqual([]);
    });
  });

  test("leaves nothing in the output but cdktf's own files", () => {
    inAppFolder({ "disk.raw": BYTES }, () => {
      const outdir = temporaryDirectory("out");
      synth((stack) => new Image(stack, "Base", { source: ImageSource.fromFile("disk.raw") }), { outdir });
      expect(fs.readdirSync(outdir, { recursive: true }).sort()).toStrictEqual([
        "manifest.json",
        "stacks",
        "stacks/test",
        "stacks/test/cdk.tf.json",
      ]);
    });
  });

  test("may be pinned by the check alone", () => {
    inAppFolder({ "disk.raw": BYTES }, () => {
      const source = ImageSource.fromFile("disk.raw", { digestPin: DigestPin.CHECK });
      const result = synth((stack) => new Image(stack, "Base", { source }));
      expect(blocks(result, "terraform_data")).toStrictEqual({});
      expect(Object.keys(only(result, TYPE).lifecycle).sort()).toStrictEqual([
        "create_before_destroy",
        "postcondition",
      ]);
    });
  });

  test.each([true, false])("says whether the upload is compared by its MD5 (%s)", (verifyChecksum) => {
    inAppFolder({ "disk.raw": BYTES }, () => {
      const source = ImageSource.fromFile("disk.raw", { verifyChecksum });
      const { verify_checksum, ...others } = only(
        synth((stack) => new Image(stack, "Base", { source })),
        TYPE,
      );
      expect(verify_checksum).toBe(verifyChecksum);
      expect(Object.keys(others)).toStrictEqual(Object.keys(only(fromFile("disk.raw"), TYPE)));
    });
  });

  test("compares what is stored where that differs, and is still bound to its own digest", () => {
    inAppFolder({ "disk.raw": BYTES }, () => {
      const source = ImageSource.fromFile("disk.raw", { storedDigest: Digest.sha512(SHA512) });
      const result = synth((stack) => new Image(stack, "Base", { source }));
      expect(only(result, "terraform_data")).toStrictEqual({ triggers_replace: sha512(BYTES) });
      expect(only(result, TYPE).lifecycle.postcondition[0].condition).toContain(`|| contains(["${SHA512}"], try(`);
    });
  });
});

describe("a file with a digest", () => {
  test("need not be there at synth: the plan then asks for it", () => {
    inAppFolder({}, (folder) => {
      const source = ImageSource.fromFile("images/disk.raw", { digest: Digest.sha512(SHA512) });
      const result = synth((stack) => new Image(stack, "Base", { source }), { outdir: join(folder, "cdktf.out") });
      const [trigger] = Object.keys(blocks(result, "terraform_data"));
      expect(only(result, "terraform_data")).toStrictEqual({ triggers_replace: SHA512 });
      const { precondition, postcondition, ...others } = only(result, TYPE).lifecycle;
      expect(others).toStrictEqual({
        create_before_destroy: true,
        replace_triggered_by: [`terraform_data.${trigger}`],
      });
      expect(precondition).toStrictEqual([
        {
          condition: '${path.module != "" && fileexists("${path.module}/../../../images/disk.raw")}',
          error_message:
            "SourceFileMissing: test/Base uploads images/disk.raw, which is not on this machine; put it there, as seen from the " +
            "folder that the app runs in",
        },
      ]);
      expect(postcondition[0].condition).toContain(`|| contains(["${SHA512}"], try(`);
    });
  });

  test.each([
    ['quo"te.raw', '${path.module != "" && fileexists("${path.module}/../../../quo\\"te.raw")}'],
    ["${a}.raw", '${path.module != "" && fileexists("${path.module}/../../../$${a}.raw")}'],
  ])("%j is asked for under its own name", (path, condition) => {
    inAppFolder({}, (folder) => {
      const source = ImageSource.fromFile(path, { digest: Digest.sha512(SHA512) });
      const result = synth((stack) => new Image(stack, "Base", { source }), { outdir: join(folder, "cdktf.out") });
      expect(only(result, TYPE).lifecycle.precondition[0].condition).toBe(condition);
    });
  });

  test("is asked for under an absolute path", () => {
    const source = ImageSource.fromFile("/images/disk.raw", { digest: Digest.sha512(SHA512) });
    const block = only(
      synth((stack) => new Image(stack, "Base", { source })),
      TYPE,
    );
    expect(block.local_file_path).toBe("/images/disk.raw");
    expect(block.lifecycle.precondition[0].condition).toBe('${path.module != "" && fileexists("/images/disk.raw")}');
  });

  for (const path of ["images/disk.raw", "/images/disk.raw", '/images/a"b ${c}.raw']) {
    testWithTerraform(`at ${path} is accepted by Terraform`, (kit) => {
      const source = ImageSource.fromFile(path, { digest: Digest.sha512(SHA512) });
      expect(kit.validate(synth((stack) => new Image(stack, "Base", { source })).stackFolder)).toStrictEqual([]);
    });
  }

  test("is compared when it is there, whatever the algorithm and case", () => {
    inAppFolder({ "disk.raw": BYTES }, () => {
      const hex = createHash("sha256").update(BYTES).digest("hex");
      const source = ImageSource.fromFile("disk.raw", { digest: Digest.sha256(hex.toUpperCase()) });
      const result = synth((stack) => new Image(stack, "Base", { source }));
      expect(only(result, "terraform_data")).toStrictEqual({ triggers_replace: hex });
    });
  });

  test("has the same Terraform whether the file is there or not", () => {
    const digest = Digest.sha512(sha512(BYTES));
    const synthesized = (folder: string) =>
      synth((stack) => new Image(stack, "Base", { source: ImageSource.fromFile("disk.raw", { digest }) }), {
        outdir: join(folder, "cdktf.out"),
      }).text;
    expect(inAppFolder({}, synthesized)).toBe(inAppFolder({ "disk.raw": BYTES }, synthesized));
  });

  test("fails when the file is there and has another", () => {
    inAppFolder({ "disk.raw": BYTES }, () => {
      const source = ImageSource.fromFile("disk.raw", { digest: Digest.md5(MD5) });
      expect(failureOf(source)).toBe(
        `the source's file "disk.raw" must have the md5 digest given, ${MD5}, got ` +
          `${createHash("md5").update(BYTES).digest("hex")}; put the right file there, or change 'digest' to this one ` +
          "[DigestMismatch at test/Base]",
      );
    });
  });
});

const UNREADABLE_WAY_OUT = "it must be a file, with the right to read it, and stay as it is meanwhile";

describe("fails when the file", () => {
  test("is missing, and there is no digest", () => {
    inAppFolder({}, (folder) => {
      expect(failureOf(ImageSource.fromFile("disk.raw"))).toBe(
        `the source's file must exist at synth, got "disk.raw" (${join(folder, "disk.raw")}); its path is relative to the app's ` +
          "folder; give 'digest' when the file is only where Terraform runs [SourceFileMissing at test/Base]",
      );
    });
  });

  test.each([undefined, Digest.sha512(SHA512)])("is empty (digest %p)", (digest) => {
    inAppFolder({ "disk.raw": "" }, () => {
      expect(failureOf(ImageSource.fromFile("disk.raw", { digest }))).toBe(
        `the source's file must not be empty, got "disk.raw"; write it first [SourceFileEmpty at test/Base]`,
      );
    });
  });

  test("is a folder", () => {
    inAppFolder({ "disk.raw/inside": BYTES }, () => {
      expect(failureOf(ImageSource.fromFile("disk.raw"))).toMatch(
        /^the source's file must be readable, got "disk\.raw": it is not a regular file; it must be a file, with the right to read it, and stay as it is meanwhile \[SourceFileUnreadable at test\/Base\]$/,
      );
    });
  });

  test("may not be read", () => {
    inAppFolder({ "disk.raw": BYTES }, () => {
      const open = jest.spyOn(fs, "openSync").mockImplementation(() => {
        throw new Error("EACCES: permission denied");
      });
      const message = failureOf(ImageSource.fromFile("disk.raw"));
      open.mockRestore();
      expect(message).toBe(
        `the source's file must be readable, got "disk.raw": EACCES: permission denied; ${UNREADABLE_WAY_OUT} ` +
          "[SourceFileUnreadable at test/Base]",
      );
    });
  });

  test.each([DiskFormat.RAW, DiskFormat.ISO, DiskFormat.custom("raw")])("is qcow2 declared as $value", (diskFormat) => {
    inAppFolder({ "disk.img": QCOW2 }, () => {
      expect(failureOf(ImageSource.fromFile("disk.img"), { diskFormat })).toBe(
        `'diskFormat' must say what the bytes are, got "${diskFormat.value}" for "disk.img", which are qcow2 (a new name ` +
          `or dd converts nothing); use DiskFormat.QCOW2${diskFormat.value === "raw" ? ", or convert it: qemu-img convert -f qcow2 -O raw disk.img disk.img.raw" : ""} ` +
          "[DiskFormatWrong at test/Base]",
      );
    });
  });

  test.each([
    ["my disk;x.raw", "'my disk;x.raw' 'my disk;x.raw.raw'"],
    ["-x.raw", "./-x.raw ./-x.raw.raw"],
    ["nbd:x.raw", "./nbd:x.raw ./nbd:x.raw.raw"],
  ])("is converted by a command that can be pasted, as %s", (name, words) => {
    inAppFolder({ [name]: QCOW2 }, () => {
      expect(failureOf(ImageSource.fromFile(name))).toContain(
        `convert it: qemu-img convert -f qcow2 -O raw ${words} [`,
      );
    });
  });

  test("is qcow2 under the name of another format", () => {
    inAppFolder({ "disk.raw": QCOW2 }, () => {
      expect(failureOf(ImageSource.fromFile("disk.raw"))).toContain("[DiskFormatWrong at test/Base]");
    });
  });

  test("is named by what only Terraform knows", () => {
    const message = failure((stack) => {
      const path = new TerraformVariable(stack, "Path", { type: "string" }).stringValue;
      new Image(stack, "Base", { source: ImageSource.fromFile(path), diskFormat: DiskFormat.RAW });
    });
    expect(message).toBe(
      "the source's path must be known at synth, got a token; pass a plain string [SourcePathUnknown at test/Base]",
    );
  });

  test("is named by what only Terraform knows, and its ending does not tell the format", () => {
    const message = failure((stack) => {
      const path = new TerraformVariable(stack, "Path", { type: "string" }).stringValue;
      new Image(stack, "Base", { source: ImageSource.fromFile(`images/${path}`) });
    });
    expect(message).toBe(
      "the source's path must be known at synth, got a token; pass a plain string [SourcePathUnknown at test/Base]",
    );
  });

  test("changes while it is read", () => {
    inAppFolder({ "disk.raw": BYTES }, () => {
      const read = fs.readSync;
      const spy = jest.spyOn(fs, "readSync").mockImplementation(((...args: Parameters<typeof fs.readSync>) => {
        if ((args[1] as Buffer).byteLength > 64 * 1024) {
          spy.mockRestore();
          fs.appendFileSync("disk.raw", "!");
        }
        return read(...args);
      }) as typeof fs.readSync);
      const message = failureOf(ImageSource.fromFile("disk.raw"));
      expect(message).toBe(
        `the source's file must be readable, got "disk.raw": it changed while it was read; ${UNREADABLE_WAY_OUT} ` +
          "[SourceFileUnreadable at test/Base]",
      );
    });
  });
});

test.each([
  ["qcow2", QCOW2, DiskFormat.QCOW2],
  ["a qcow2 in a format with a header of its own", QCOW2, DiskFormat.AMI],
  ["raw that begins like nothing known", Buffer.from("QFI"), DiskFormat.RAW],
])("%s is taken as declared", (_, content, diskFormat) => {
  inAppFolder({ "disk.img": content }, () => {
    expect(only(fromFile("disk.img", { diskFormat }), TYPE).disk_format).toBe(diskFormat.value);
  });
});
