import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeLock } from "../../lib/content/lock-file";
import { bytesOf, lockedImage } from "../content/locked-image";
import { COMMAND, command, until } from "./command";
import { digest, FakeOpenstack, type GlanceImage, glanceImage, idOf } from "./openstack";

const SEE = "; see openstack-images --help";
const BYTES = "abc";
const SHA512 = digest("sha512", BYTES);
const MD5 = digest("md5", BYTES);
const HASHED = { os_hash_algo: "sha512", os_hash_value: SHA512 };
const VERIFIED = `  os_hash_value (sha512) ${SHA512}, as in the cloud`;

// each starts up to four processes, on machines that may be busy
jest.setTimeout(60_000);

let fake: FakeOpenstack;
let leave: () => void;

beforeEach(() => {
  fake = new FakeOpenstack();
  leave = fake.enter();
});
afterEach(() => leave());

/** The cloud has these images, and the first is saved as these bytes or so. */
function cloud(images: GlanceImage[], save: object = { bytes: BYTES }): void {
  fake.is({ images, saves: { [images[0]?.id ?? ""]: save } });
}

const web = (image: Partial<GlanceImage> = HASHED) => glanceImage(1, { name: "web", ...image });

/** What is in the working directory. */
const files = () =>
  Object.fromEntries(readdirSync(fake.work).map((name) => [name, readFileSync(join(fake.work, name), "latin1")]));

const failed = (message: string, ...lines: string[]) => ({
  code: 1,
  lines,
  errors: [`openstack-images: ${message}${SEE}`],
});

const saving = (image: string, file: string) => `saving ${image} to ${file}`;
const SAVING = saving(`"web" (${idOf(1)}, 3 bytes)`, "web.qcow2");

describe("an image is saved", () => {
  test("by its name, and its bytes are what the cloud has", async () => {
    cloud([web()]);
    expect(await command("save", "web")).toStrictEqual({
      code: 0,
      errors: [],
      lines: [SAVING, "saved web.qcow2", VERIFIED],
    });
    expect(files()).toStrictEqual({ "web.qcow2": BYTES });
    expect(fake.starts).toStrictEqual([
      "image list --all --name=web -f json",
      `image show ${idOf(1)} -f json`,
      expect.stringMatching(`^image save --file=${fake.work}/openstack-images-\\w{6}/web.qcow2 ${idOf(1)}$`),
    ]);
  });

  test("by its id, from a cloud by name, to a file elsewhere", async () => {
    cloud([web({ ...HASHED, size: undefined })]);
    const file = join(fake.folder, "-disk");
    expect(await command("save", idOf(1), "--cloud=site", `--to=${file}`)).toStrictEqual({
      code: 0,
      errors: [],
      lines: [saving(`"web" (${idOf(1)})`, file), `saved ${file}`, VERIFIED],
    });
    expect(readFileSync(file, "utf8")).toBe(BYTES);
    expect(fake.starts).toStrictEqual([
      `--os-cloud=site image show ${idOf(1)} -f json`,
      expect.stringMatching(
        `^--os-cloud=site image save --file=${fake.folder}/openstack-images-\\w{6}/-disk ${idOf(1)}$`,
      ),
    ]);
  });

  test("by the name of a hidden one, when no other has it", async () => {
    cloud([web({ ...HASHED, os_hidden: true })]);
    expect(await command("save", "web")).toMatchObject({ code: 0, errors: [] });
  });

  test.each([
    ["md5", "md5"],
    ["sha1", "sha1"],
    ["sha256", "sha256"],
    ["sha384", "sha384"],
    ["sha512_256", "sha512-256"],
    ["sha3_256", "sha3-256"],
    ["blake2b", "blake2b512"],
    ["blake2s", "blake2s256"],
  ])("from a cloud that has %s", async (algorithm, hash) => {
    const hex = digest(hash, BYTES);
    cloud([web({ os_hash_algo: algorithm, os_hash_value: hex.toUpperCase() })]);
    const { code, lines } = await command("save", idOf(1));
    const limit = algorithm === "md5" ? "; MD5 tells a broken copy, not a forged one" : "";
    expect({ code, line: lines[2] }).toStrictEqual({
      code: 0,
      line: `  os_hash_value (${algorithm}) ${hex}, as in the cloud${limit}`,
    });
  });

  test("with the checksum, where there is no other digest", async () => {
    cloud([web({ checksum: MD5 })]);
    expect(await command("save", idOf(1))).toStrictEqual({
      code: 0,
      errors: [],
      lines: [
        SAVING,
        "saved web.qcow2",
        `  checksum (md5) ${MD5}, as in the cloud; MD5 tells a broken copy, not a forged one`,
      ],
    });
  });

  test.each([
    ["neither digest nor checksum", {}],
    ["a digest that nobody knows", { os_hash_algo: "shake_128", os_hash_value: "00" }],
  ])("unverified with %s, when asked to", async (_, image) => {
    cloud([web(image)]);
    expect(await command("save", idOf(1), "--unverified")).toStrictEqual({
      code: 0,
      errors: [],
      lines: [SAVING, "saved web.qcow2", "  not verified: the cloud has no digest of it that this command knows"],
    });
  });

  test("anew, where an earlier run was killed", async () => {
    cloud([web()]);
    mkdirSync("openstack-images-Killed");
    writeFileSync("openstack-images-Killed/web.qcow2", "ab and other bytes");
    expect(await command("save", "web")).toMatchObject({ code: 0, errors: [] });
    expect(readFileSync("web.qcow2", "utf8")).toBe(BYTES);
  });

  test("once: a file with its bytes is left as it is", async () => {
    cloud([web()]);
    writeFileSync("web.qcow2", BYTES);
    expect(await command("save", "web")).toStrictEqual({
      code: 0,
      errors: [],
      lines: [`web.qcow2 is there already, and is image ${idOf(1)}`, VERIFIED],
    });
    expect(fake.starts.filter((words) => words.includes("image save"))).toStrictEqual([]);
  });

  test.each([
    ["known", 3, "\rdownloaded 66 % of 3 bytes"],
    ["not known", undefined, "\rdownloaded 2 bytes"],
  ])("with a meter on a terminal, the size being %s", async (_, size, downloaded) => {
    cloud([web({ ...HASHED, size })], { bytes: "ab", later: "c" });
    process.stderr.isTTY = true;
    try {
      const { errors } = await command("save", "web");
      expect(errors).toContain(downloaded);
      expect(errors).toContain("\rchecking 100 % of 3 bytes");
    } finally {
      process.stderr.isTTY = false;
    }
  });
});

describe("the lock", () => {
  test.each([
    ["as they are served", lockedImage(BYTES)],
    ["unpacked", lockedImage("packed", { unpacked: bytesOf(BYTES) })],
    ["as the raw disk", lockedImage("converted", { raw: bytesOf(BYTES) })],
  ])("is named when it has the bytes %s", async (_, entry) => {
    cloud([web({ checksum: MD5 })]);
    writeLock("images.lock.json", { "https://a.example/other": lockedImage("other"), "https://a.example/web": entry });
    const { code, lines } = await command("save", "web");
    expect({ code, lines: lines.slice(3) }).toStrictEqual({
      code: 0,
      lines: ["  as images.lock.json has it for https://a.example/web"],
    });
  });

  test("is named when it does not have the bytes", async () => {
    cloud([web()]);
    writeLock("images.lock.json", { "https://a.example/other": lockedImage("other") });
    const { code, lines } = await command("save", "web");
    expect({ code, lines: lines.slice(2) }).toStrictEqual({
      code: 0,
      lines: [VERIFIED, "  images.lock.json has no image with these bytes"],
    });
  });

  test.each([
    [
      "has conflict markers",
      "<<<<<<< ours\n",
      "has the conflict markers of a merge; take either side, then run openstack-images lock",
    ],
    [
      "is of a version to come",
      '{"lockVersion":99,"images":{}}',
      "is of version 99, and this package knows 1; update cdktf-openstack-images",
    ],
  ])("stops nothing when it %s: the image is saved, and a note says why it was not compared", async (_, text, why) => {
    cloud([web()]);
    writeFileSync("images.lock.json", text);
    expect(await command("save", "web")).toStrictEqual({
      code: 0,
      errors: [],
      lines: [SAVING, "saved web.qcow2", VERIFIED, `  not compared with the lock: images.lock.json ${why}`],
    });
    expect(files()).toStrictEqual({ "images.lock.json": text, "web.qcow2": BYTES });
  });
});

describe("nothing is left, and it fails when", () => {
  afterEach(() => expect(files()).toStrictEqual({}));

  test.each([
    ["several images have", "web", `2 images have the name "web"; give the id of one: ${idOf(1)}, ${idOf(2)}`],
    [
      "no image has",
      "in:web,web",
      `there is no image with the id or name "in:web,web"; openstack-images list says what there is`,
    ],
  ])("%s the name", async (_, name, message) => {
    cloud([web(), glanceImage(2, { name: "web" })]);
    expect(await command("save", name)).toStrictEqual(failed(message));
  });

  test("the id is of no image", async () => {
    cloud([]);
    expect(await command("save", idOf(3))).toStrictEqual(
      failed(`openstack image show ${idOf(3)} ended with 1: No Image found for ${idOf(3)}`),
    );
  });

  test("the cloud answers with what is no image", async () => {
    fake.is({ fails: { "image show": { stdout: "[]" } } });
    expect(await command("save", idOf(3))).toStrictEqual(failed("openstack image show answers with what is no image"));
  });

  test("the image has no bytes yet", async () => {
    cloud([web({ status: "queued" })]);
    expect(await command("save", "web")).toStrictEqual(
      failed(`image ${idOf(1)} is queued; only one that is active can be downloaded`),
    );
  });

  test.each([
    ["there is neither digest nor checksum", {}, "has neither os_hash_value nor checksum to verify it with"],
    [
      "somebody gave the image properties that look like digests",
      { hash_algo: "sha512", hash_value: SHA512 },
      "has neither os_hash_value nor checksum to verify it with",
    ],
    [
      "nobody knows the algorithm",
      { os_hash_algo: "shake_128", os_hash_value: "00" },
      "has its os_hash_value by shake_128, which this command does not know",
    ],
  ])("%s", async (_, image, problem) => {
    cloud([{ ...web({}), ...image }]);
    expect(await command("save", "web")).toStrictEqual(
      failed(`image ${idOf(1)} ${problem}; to save it all the same, add --unverified`),
    );
  });

  test("other bytes come", async () => {
    cloud([web()], { bytes: "abd" });
    const got = digest("sha512", "abd");
    const message = `the bytes that came are not the image's, and were removed: os_hash_value (sha512) ${SHA512} expected, got ${got}`;
    expect(await command("save", "web")).toStrictEqual(failed(message, SAVING));
  });

  test("fewer bytes come, and there is only their number", async () => {
    cloud([web({})], { bytes: "ab" });
    const message = "the bytes that came are not the image's, and were removed: 3 bytes expected, got 2";
    expect(await command("save", "web", "--unverified")).toStrictEqual(failed(message, SAVING));
  });

  test("the bytes never end", async () => {
    cloud([web()], { endless: true });
    const message = "the cloud sends more than the 3 bytes that it says there are";
    expect(await command("save", "web")).toStrictEqual(failed(message, SAVING));
  });

  test("the disk gets full", async () => {
    const stderr = "Unable to download image: [Errno 28] No space left on device";
    cloud([web()], { bytes: "a", code: 1, stderr });
    expect(await command("save", "web")).toStrictEqual(failed(`openstack image save ended with 1: ${stderr}`, SAVING));
  });

  test("the disk is too small", async () => {
    cloud([web({ ...HASHED, size: 2 ** 52 })]);
    expect(await command("save", "web")).toStrictEqual({
      code: 1,
      lines: [saving(`"web" (${idOf(1)}, 4.0 PiB)`, "web.qcow2")],
      errors: [
        expect.stringMatching(
          /^openstack-images: the image has 4\.0 PiB, and in \S+ are \S+ \w+ free; give a file elsewhere with --to; /,
        ),
      ],
    });
    expect(fake.starts).toHaveLength(2);
  });

  test("there is no such folder", async () => {
    cloud([web()]);
    const message = `there is no folder ${fake.work}/missing`;
    expect(await command("save", "web", "--to", "missing/disk")).toStrictEqual(
      failed(message, saving(`"web" (${idOf(1)}, 3 bytes)`, "missing/disk")),
    );
  });

  test("there is no openstack command", async () => {
    process.env.PATH = fake.work;
    expect(await command("save", "web")).toMatchObject({
      code: 1,
      errors: [expect.stringContaining("there is no command openstack in the PATH")],
    });
  });

  test("the command cannot be started", async () => {
    const bin = join(fake.folder, "bin");
    chmodSync(join(bin, "openstack"), 0o644);
    process.env.PATH = bin;
    expect(await command("save", "web")).toStrictEqual(
      failed("the command openstack cannot be started: spawn openstack EACCES"),
    );
  });

  test("the command answers no JSON", async () => {
    fake.is({ fails: { "image list": { stdout: "Hello" } } });
    expect(await command("save", "web")).toStrictEqual(failed("openstack image list answers what is no JSON"));
  });

  test.each([[[]], [["a", "b"]], [[""]], [["a", "--to="]]])("it is called with %j", async (words) => {
    expect(await command("save", ...words)).toStrictEqual(
      failed("save needs one image: openstack-images save IMAGE [--to FILE] [--cloud NAME] [--unverified]"),
    );
  });
});

describe("what is there is not overwritten, and it fails when", () => {
  test("a file has other bytes", async () => {
    cloud([web()]);
    writeFileSync("web.qcow2", "mine");
    const wrong = `os_hash_value (sha512) ${SHA512} expected, got ${digest("sha512", "mine")}`;
    expect(await command("save", "web")).toStrictEqual(
      failed(`web.qcow2 is there, and is not image ${idOf(1)}: ${wrong}; give another file with --to`),
    );
    expect(files()).toStrictEqual({ "web.qcow2": "mine" });
  });

  test("a file is there, and nothing says what the image's bytes are", async () => {
    cloud([web({})]);
    writeFileSync("web.qcow2", BYTES);
    expect(await command("save", "web", "--unverified")).toStrictEqual(
      failed(`web.qcow2 is there, and nothing says whether it is image ${idOf(1)}; give another file with --to`),
    );
  });

  test("a folder has the name, or a link that leads nowhere", async () => {
    cloud([web()]);
    mkdirSync("folder");
    symlinkSync("nowhere", "link");
    for (const name of ["folder", "link"]) {
      const message = `${join(fake.work, name)} is there, and is no file`;
      expect(await command("save", "web", "--to", name)).toStrictEqual(failed(message));
    }
  });

  test("a file comes while the image is downloaded", async () => {
    cloud([web()], { bytes: BYTES, creates: join(fake.work, "web.qcow2") });
    const message = `${fake.work}/web.qcow2 has come while the image was downloaded; give another file with --to`;
    expect(await command("save", "web")).toStrictEqual(failed(message, SAVING));
    expect(files()).toStrictEqual({ "web.qcow2": "mine" });
  });
});

test.each([
  ["../../etc/passwd", "etc-passwd.qcow2"],
  [".profile", "profile.qcow2"],
  ["-rf", "rf.qcow2"],
  ["a\n\u001b[2J\u202eb", "a[2Jb.qcow2"],
  ["web.qcow2", "web.qcow2"],
  ["..", `${idOf(1)}.qcow2`],
  ["ä".repeat(200), `${"ä".repeat(124)}.qcow2`],
  ["C:\\disk one", "C:-disk one.qcow2"],
])("the file of the image %j is %s", async (name, file) => {
  cloud([glanceImage(1, { name, ...HASHED })]);
  expect(await command("save", idOf(1))).toMatchObject({ code: 0, errors: [] });
  expect(files()).toStrictEqual({ [file]: BYTES });
});

test("the file of an image without name and format is its id", async () => {
  cloud([{ ...glanceImage(1, HASHED), disk_format: undefined }]);
  await command("save", idOf(1));
  expect(files()).toStrictEqual({ [idOf(1)]: BYTES });
});

describe("a signal", () => {
  let child: ChildProcess | undefined;
  afterEach(() => child?.kill("SIGKILL"));

  const isRunning = (pid: number) => {
    try {
      // one that has ended and is not yet waited for counts as ended
      return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
    } catch {
      return false;
    }
  };

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s ends the download, leaves nothing, and the code is %d", async (signal, expected) => {
    cloud([web()], { bytes: "a", hangs: true });
    child = spawn(process.execPath, [...COMMAND, "save", "web"], { cwd: fake.work, env: process.env, stdio: "ignore" });
    const ended = once(child, "exit");
    const pidFile = join(fake.folder, "pid");
    await until(() => existsSync(pidFile) && readFileSync(pidFile, "utf8") !== "");
    const pid = Number(readFileSync(pidFile, "utf8"));
    expect(readdirSync(fake.work)).toStrictEqual([expect.stringMatching(/^openstack-images-/)]);
    child.kill(signal);
    const [code] = await ended;
    expect({ code, files: files(), isRunning: isRunning(pid) }).toStrictEqual({
      code: expected,
      files: {},
      isRunning: false,
    });
  });
});
