import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { run } from "../../lib/cli/run";
import { command } from "./command";
import { digest, FakeOpenstack, glanceImage, idOf } from "./openstack";

const BYTES = "abc";

// each starts up to four processes, on machines that may be busy
jest.setTimeout(60_000);

let fake: FakeOpenstack;
let leave: () => void;

beforeEach(() => {
  fake = new FakeOpenstack();
  leave = fake.enter();
});
afterEach(() => leave());

/** The cloud has an image `web`, which is saved so. */
function cloud(save: object): void {
  const image = glanceImage(1, { name: "web", os_hash_algo: "sha512", os_hash_value: digest("sha512", BYTES) });
  fake.is({ images: [image], saves: { [idOf(1)]: save } });
}

test.each([
  ["comes", { bytes: BYTES }, 0, ["web.qcow2", "web.qcow2.part"]],
  ["does not come", { bytes: "ab", code: 1, stderr: "No space left on device" }, 1, ["web.qcow2.part"]],
])(
  "a file of the user's with an obvious name for the part stays as it is, where the image %s",
  async (_, save, code, left) => {
    cloud(save);
    writeFileSync("web.qcow2.part", "mine");
    expect(await command("save", "web")).toMatchObject({ code });
    expect(readdirSync(".").sort()).toStrictEqual(left);
    expect(readFileSync("web.qcow2.part", "utf8")).toBe("mine");
  },
);

test("two runs at once leave each other's bytes alone", async () => {
  cloud({ bytes: "ab", later: "c" });
  const errors: string[] = [];
  const output = { line: () => {}, error: (text: string) => errors.push(text) };
  const codes = await Promise.all([1, 2].map(() => run(["save", "web"], output)));
  expect(codes).toContain(0);
  // the second to end says so, unless it began when the first had ended
  const message = `${fake.work}/web.qcow2 has come while the image was downloaded; give another file with --to`;
  expect(errors.filter((text) => !text.includes(message))).toStrictEqual([]);
  expect(readdirSync(".")).toStrictEqual(["web.qcow2"]);
  expect(readFileSync("web.qcow2", "utf8")).toBe(BYTES);
});

test("a name as long as names can be is saved to", async () => {
  cloud({ bytes: BYTES });
  mkdirSync("folder");
  const file = `folder/${"x".repeat(255)}`;
  expect(await command("save", "web", "--to", file)).toMatchObject({ code: 0, errors: [] });
  expect(readFileSync(file, "utf8")).toBe(BYTES);
});
