import { command } from "./command";
import { FakeOpenstack, glanceImage, idOf, OTHER_PROJECT, PROJECT } from "./openstack";

const GIB = 1024 ** 3;
const SEE = "; see openstack-images --help";
const ESCAPE = String.fromCharCode(27);

// each starts up to four processes, on machines that may be busy
jest.setTimeout(60_000);

const fake = new FakeOpenstack();
let leave: () => void;

beforeEach(() => {
  leave = fake.enter();
});
afterEach(() => leave());

const CLOUD = {
  images: [
    glanceImage(1, { name: "web", size: 2.5 * GIB, min_disk: 10 }),
    glanceImage(2, { name: "web", created_at: "2026-02-03T04:05:06Z", disk_format: "raw", size: 512 }),
    glanceImage(3, { name: "base", visibility: "public", owner: OTHER_PROJECT }),
    glanceImage(4, { name: "lab", visibility: "community", owner: OTHER_PROJECT }),
    glanceImage(5, { name: "given", visibility: "shared", owner: OTHER_PROJECT }),
    glanceImage(6, { name: "old", visibility: "public", owner: OTHER_PROJECT, os_hidden: true }),
    glanceImage(7, { visibility: "shared" }),
    // what an administrator's list has besides
    glanceImage(8, { name: "not-ours", owner: OTHER_PROJECT }),
    glanceImage(9, { name: "not-ours-shared", visibility: "shared", owner: OTHER_PROJECT }),
    glanceImage(10, { name: "empty", status: "queued" }),
  ],
  acceptedBy: { [idOf(5)]: [PROJECT], [idOf(9)]: [OTHER_PROJECT] },
};

test("prints what the project can boot, sorted by name and newest first", async () => {
  fake.is(CLOUD);
  expect(await command("list")).toStrictEqual({
    code: 0,
    errors: [],
    lines: [
      "NAME   ID                                    ACCESS     FORMAT  SIZE       MIN DISK  CREATED",
      "base   00000000-0000-4000-8000-000000000003  public     qcow2   3 bytes    -         2026-01-02T03:04:05Z",
      "given  00000000-0000-4000-8000-000000000005  shared     qcow2   3 bytes    -         2026-01-02T03:04:05Z",
      "lab    00000000-0000-4000-8000-000000000004  community  qcow2   3 bytes    -         2026-01-02T03:04:05Z",
      "web    00000000-0000-4000-8000-000000000002  own        raw     512 bytes  -         2026-02-03T04:05:06Z",
      "web    00000000-0000-4000-8000-000000000001  own        qcow2   2.5 GiB    10 GiB    2026-01-02T03:04:05Z",
      "-      00000000-0000-4000-8000-000000000007  own        qcow2   3 bytes    -         2026-01-02T03:04:05Z",
    ],
  });
  expect(fake.starts).toStrictEqual([
    "token issue -c project_id -f json",
    "image list --all --long --status active -f json",
    "",
  ]);
});

test("passes the name of a cloud on, in each call", async () => {
  fake.is(CLOUD);
  await command("list", "--cloud", "site a");
  expect(fake.starts).toStrictEqual([
    "--os-cloud=site a token issue -c project_id -f json",
    "--os-cloud=site a image list --all --long --status active -f json",
    "--os-cloud=site a",
  ]);
});

test("prints hidden images when asked to", async () => {
  fake.is({ images: CLOUD.images.slice(5, 6).concat(glanceImage(1, { name: "new" })) });
  expect(await command("list", "--hidden")).toStrictEqual({
    code: 0,
    errors: [],
    lines: [
      "NAME  ID                                    ACCESS          FORMAT  SIZE     MIN DISK  CREATED",
      "new   00000000-0000-4000-8000-000000000001  own             qcow2   3 bytes  -         2026-01-02T03:04:05Z",
      "old   00000000-0000-4000-8000-000000000006  public, hidden  qcow2   3 bytes  -         2026-01-02T03:04:05Z",
    ],
  });
});

test("prints one document for machines", async () => {
  fake.is({ images: [...CLOUD.images.slice(0, 1), { ...glanceImage(7), disk_format: undefined, size: undefined }] });
  const { code, lines, errors } = await command("list", "--json");
  expect({ code, errors }).toStrictEqual({ code: 0, errors: [] });
  const common = { access: "own", visibility: "private", ownerProjectId: PROJECT, hidden: false };
  expect(JSON.parse(lines.join("\n"))).toStrictEqual({
    schemaVersion: 1,
    projectId: PROJECT,
    images: [
      {
        id: idOf(1),
        name: "web",
        ...common,
        diskFormat: "qcow2",
        sizeBytes: 2.5 * GIB,
        minDiskGb: 10,
        createdAt: "2026-01-02T03:04:05Z",
      },
      {
        id: idOf(7),
        name: null,
        ...common,
        diskFormat: null,
        sizeBytes: null,
        minDiskGb: 0,
        createdAt: "2026-01-02T03:04:05Z",
      },
    ],
  });
});

test("says so when there is no image", async () => {
  fake.is({});
  expect(await command("list")).toStrictEqual({ code: 0, errors: [], lines: ["no image that the project can boot"] });
  const { lines } = await command("list", "--json");
  expect(JSON.parse(lines.join("\n"))).toStrictEqual({ schemaVersion: 1, projectId: PROJECT, images: [] });
});

test("leaves out an image that is deleted meanwhile", async () => {
  fake.is({ images: [glanceImage(1)], fails: { "image show": { code: 1, stderr: `No Image found for ${idOf(1)}` } } });
  expect(await command("list")).toStrictEqual({ code: 0, errors: [], lines: ["no image that the project can boot"] });
});

test("keeps a shared image whose members the cloud does not tell", async () => {
  fake.is({ images: [CLOUD.images[4]], fails: { "image member": { code: 1, stderr: "HttpException: 403" } } });
  const { code, lines } = await command("list");
  expect({ code, ids: lines.slice(1).map((line) => line.split(/ +/)[1]) }).toStrictEqual({ code: 0, ids: [idOf(5)] });
});

test("steers no terminal with the name of an image", async () => {
  fake.is({ images: [glanceImage(1, { name: `a${ESCAPE}[2Jb\n\u202ec` })] });
  const { lines } = await command("list");
  expect(lines.map((line) => line.slice(0, 27))).toStrictEqual([
    "NAME                       ",
    "a\\u{1b}[2Jb\\u{a}\\u{202e}c  ",
  ]);
});

test.each([
  [
    "the command says no",
    { "token issue": { code: 1, stderr: "The request you have made requires authentication. (HTTP 401)\n\nbye" } },
    "openstack token issue ended with 1: The request you have made requires authentication. (HTTP 401); bye",
  ],
  ["it says nothing about it", { "image list": { code: 2 } }, "openstack image list ended with 2: it says nothing"],
  ["it answers no JSON", { "image list": { stdout: "<html>" } }, "openstack image list answers what is no JSON"],
  ["it answers no list", { "image list": { stdout: '{"a":1}' } }, "openstack image list answers with what is no list"],
  [
    "the credentials are of no project",
    { "token issue": { stdout: "{}" } },
    "the credentials are of no project, and images are a project's",
  ],
  [
    "an id is none",
    { "image list": { stdout: JSON.stringify([{ ID: "x\n!reboot", Project: PROJECT }]) } },
    'the cloud names an image whose id is none: "x\\n!reboot"',
  ],
  [
    "an image is not shown",
    { "image show": { code: 1, stderr: "HttpException: 503" } },
    `openstack image show ${idOf(1)} answers nothing: HttpException: 503`,
  ],
])("fails when %s", async (_, fails, message) => {
  fake.is({ images: [glanceImage(1)], fails });
  expect(await command("list")).toStrictEqual({ code: 1, lines: [], errors: [`openstack-images: ${message}${SEE}`] });
});

test("fails when there is no openstack command", async () => {
  process.env.PATH = fake.work;
  const message =
    "there is no command openstack in the PATH; install it (the package python-openstackclient of PyPI or of your distribution)";
  expect(await command("list")).toStrictEqual({ code: 1, lines: [], errors: [`openstack-images: ${message}${SEE}`] });
});

test("fails when it gets a word too many", async () => {
  const { code, errors } = await command("list", "all");
  expect({ code, errors }).toStrictEqual({
    code: 1,
    errors: [expect.stringMatching(/^openstack-images: Unexpected argument 'all'/)],
  });
});
