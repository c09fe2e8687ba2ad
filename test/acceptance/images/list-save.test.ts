import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeLock } from "../../../lib/content/lock-file";
import { lockedImage } from "../../content/locked-image";
import { COMMAND } from "../support/app";
import { environment, run } from "../support/cloud";
import { failureOf } from "../support/failure";
import { imageFile } from "../support/image-file";
import { saw } from "../support/proof";
import { type Shell, shellOf } from "../support/shell";

const NOWHERE = "00000000-0000-4000-8000-000000000000";

interface Listed {
  readonly projectId: string;
  readonly images: {
    readonly id: string;
    readonly name: string | null;
    readonly access: string;
    readonly hidden: boolean;
    readonly diskFormat: string;
    readonly sizeBytes: number;
    readonly minDiskGb: number;
    readonly createdAt: string;
  }[];
}

const admin = shellOf("admin");
const demo = shellOf("demo");
const second = shellOf("second");

describe("the commands list and save", () => {
  const folder = mkdtempSync(join(tmpdir(), "list-save-"));
  const work = mkdtempSync(join(tmpdir(), "saved-"));
  const file = join(folder, "disk.qcow2");
  const ids: Record<string, string> = {};
  const projects: Record<string, string> = {};
  let sha512 = "";

  const command = (...words: string[]) => run(process.execPath, [COMMAND, ...words], { cwd: work, env: environment() });
  /** Creates an image of the file's bytes, in the project of the shell. */
  async function create(shell: Shell, key: string, options: string, name = key): Promise<void> {
    const words = `image create --disk-format qcow2 --container-format bare --file ${file} ${options} ${name}`;
    ids[key] = (await shell.json<{ id: string }>(words)).id;
  }
  /** What a project lists of what this suite made. */
  async function listed(cloud: string, ...options: string[]): Promise<Record<string, string>> {
    const { projectId, images }: Listed = JSON.parse(command("list", "--json", "--cloud", cloud, ...options));
    expect(projectId).toBe(projects[cloud]);
    const made = images.filter(({ name }) => name?.startsWith("x-"));
    return Object.fromEntries(made.map(({ name, access, hidden }) => [name, hidden ? `${access}, hidden` : access]));
  }

  beforeAll(async () => {
    sha512 = imageFile(file, "list-save");
    for (const name of ["admin", "demo", "second"]) {
      projects[name] = (await admin.json<{ id: string }>(`project show ${name}`)).id;
    }
    await create(admin, "x-Public", "--public --min-disk 1");
    await create(admin, "x-Community", "--community");
    await create(demo, "x-Own", "--private --min-disk 2");
    await create(demo, "x-Hidden", "--private");
    await create(demo, "x-Accepted", "--shared");
    await create(demo, "x-Pending", "--shared");
    await create(demo, "x-Twice", "--private");
    await create(demo, "x-Twice-2", "--private", "x-Twice");
    await demo.text(`image set --hidden ${ids["x-Hidden"]}`);
    for (const key of ["x-Accepted", "x-Pending"]) await demo.text(`image add project ${ids[key]} ${projects.second}`);
    await second.text(`image set --accept ${ids["x-Accepted"]}`);
  });
  afterAll(async () => {
    await admin.text(`image delete ${Object.values(ids).join(" ")}`);
    for (const one of [folder, work]) rmSync(one, { recursive: true });
  });

  test("a project lists what it can boot", async () => {
    const all = { "x-Public": "public", "x-Community": "community" };
    const own = { "x-Own": "own", "x-Accepted": "own", "x-Pending": "own", "x-Twice": "own" };
    expect(await listed("demo")).toStrictEqual({ ...all, ...own });
    expect(await listed("demo", "--hidden")).toStrictEqual({ ...all, ...own, "x-Hidden": "own, hidden" });
    expect(await listed("second")).toStrictEqual({ ...all, "x-Accepted": "shared" });
    // an administrator's image list has all of them
    expect(await listed("admin")).toStrictEqual({ "x-Public": "own", "x-Community": "own" });

    const { images }: Listed = JSON.parse(command("list", "--json", "--cloud", "demo"));
    const shown = await demo.json<{ size: number; created_at: string }>(`image show ${ids["x-Own"]}`);
    expect(images.find(({ name }) => name === "x-Own")).toMatchObject({
      id: ids["x-Own"],
      diskFormat: "qcow2",
      sizeBytes: shown.size,
      minDiskGb: 2,
      createdAt: shown.created_at,
    });
    expect(command("list", "--cloud", "second")).toMatch(
      new RegExp(`^x-Accepted +${ids["x-Accepted"]} +shared +qcow2 +\\S+ \\w+ +- +\\S+$`, "m"),
    );
    saw(
      "command list",
      "openstack-images list of two projects and an administrator: images of each visibility, hidden, accepted, pending",
      "own, public, community and accepted ones, hidden ones with --hidden; an administrator's without those of others; size, smallest disk and time as in image show",
    );
  });

  test("an image is saved as it was uploaded", () => {
    const bytes = readFileSync(file);
    const saved = command("save", "x-Own", "--cloud", "demo");
    expect(saved).toContain(`os_hash_value (sha512) ${sha512}, as in the cloud`);
    expect(readFileSync(join(work, "x-Own.qcow2")).equals(bytes)).toBe(true);
    expect(command("save", "x-Own", "--cloud", "demo")).toContain(
      `x-Own.qcow2 is there already, and is image ${ids["x-Own"]}`,
    );

    const lock = join(work, "images.lock.json");
    writeLock(lock, { "disk.qcow2": lockedImage(bytes) });
    writeFileSync(join(work, "again.part"), "mine");
    const again = command("save", ids["x-Accepted"], "--to", "again", "--cloud", "second");
    expect(again).toContain("as images.lock.json has it for disk.qcow2");
    expect(readFileSync(join(work, "again")).equals(bytes)).toBe(true);
    rmSync(lock);
    expect(command("save", "x-Hidden", "--cloud", "demo")).toContain("saved x-Hidden.qcow2");
    expect(readdirSync(work).sort()).toStrictEqual(["again", "again.part", "x-Hidden.qcow2", "x-Own.qcow2"]);
    saw(
      "command save",
      "openstack-images save of an own, a shared and a hidden image, by name and id; again; with a lock; beside a file that looks like a part",
      "the bytes that were uploaded; already there; the lock's entry is named; nothing half is left, and the other file stays",
    );
  });

  test("fails when the name is not clear, the image is out of reach, or another file is there", () => {
    const ambiguous = failureOf(() => command("save", "x-Twice", "--cloud", "demo"));
    expect(ambiguous).toContain('2 images have the name "x-Twice"; give the id of one:');
    for (const key of ["x-Twice", "x-Twice-2"]) expect(ambiguous).toContain(ids[key]);
    expect(failureOf(() => command("save", "x-Own", "--cloud", "second"))).toContain(
      'there is no image with the id or name "x-Own"',
    );
    expect(failureOf(() => command("save", NOWHERE, "--cloud", "demo"))).toContain(`No Image found for ${NOWHERE}`);
    writeFileSync(join(work, "mine"), "mine");
    expect(failureOf(() => command("save", "x-Own", "--to", "mine", "--cloud", "demo"))).toContain(
      `mine is there, and is not image ${ids["x-Own"]}`,
    );
    expect(readFileSync(join(work, "mine"), "utf8")).toBe("mine");
    expect(failureOf(() => command("list", "--cloud", "nowhere"))).toContain("Cloud nowhere was not found");
    saw(
      ["command save", "command list"],
      "a name that two images have; another project's image; an id of none; a file with other bytes; a cloud that is not in clouds.yaml",
      "each ends with 1 and says why; the file is as it was",
    );
  });
});
