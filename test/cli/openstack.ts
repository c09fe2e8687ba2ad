import { createHash } from "node:crypto";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { temporaryDirectory } from "../support/terraform-process";

export const PROJECT = "a".repeat(32);
export const OTHER_PROJECT = "b".repeat(32);

/** An image as Glance has it. */
export interface GlanceImage {
  readonly id: string;
  readonly name?: string;
  readonly owner?: string;
  readonly visibility?: string;
  readonly status?: string;
  readonly disk_format?: string;
  readonly size?: number;
  readonly min_disk?: number;
  readonly created_at?: string;
  readonly checksum?: string;
  readonly os_hash_algo?: string;
  readonly os_hash_value?: string;
  readonly os_hidden?: boolean;
}

/** How a command fails or answers otherwise: by its first words. */
type Fails = Record<string, { readonly code?: number; readonly stdout?: string; readonly stderr?: string }>;

/** What `image save` writes, by the image's id, and how it goes on. */
type Saves = Record<
  string,
  {
    readonly bytes?: string;
    readonly code?: number;
    readonly stderr?: string;
    readonly hangs?: boolean;
    readonly endless?: boolean;
    /** What follows after a while. */
    readonly later?: string;
    /** A file that somebody else makes meanwhile. */
    readonly creates?: string;
  }
>;

interface Cloud {
  readonly images?: readonly GlanceImage[];
  readonly projectId?: string;
  /** Projects that accepted images, by their ids. */
  readonly acceptedBy?: Record<string, string[]>;
  readonly fails?: Fails;
  readonly saves?: Saves;
}

/** An id that ends in a number. */
export const idOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

/** An active image of the project. */
export function glanceImage(n: number, image: Partial<GlanceImage> = {}): GlanceImage {
  const defaults = { owner: PROJECT, visibility: "private", status: "active", disk_format: "qcow2", min_disk: 0 };
  return { id: idOf(n), ...defaults, size: 3, created_at: "2026-01-02T03:04:05Z", os_hidden: false, ...image };
}

/** A digest as Glance has it. */
export const digest = (algorithm: string, bytes: string): string =>
  createHash(algorithm).update(bytes, "latin1").digest("hex");

/** A folder in which `openstack` answers as a cloud does. It is the working directory until the test ends. */
export class FakeOpenstack {
  readonly folder = temporaryDirectory("openstack");
  private readonly env: NodeJS.ProcessEnv;

  constructor() {
    this.env = {
      PATH: [join(this.folder, "bin"), process.env.PATH].join(delimiter),
      FAKE_OPENSTACK: join(this.folder, "cloud.json"),
      FAKE_OPENSTACK_LOG: join(this.folder, "log"),
      FAKE_OPENSTACK_PID: join(this.folder, "pid"),
    };
    for (const one of ["bin", "work"]) mkdirSync(join(this.folder, one));
    copyFileSync(join(__dirname, "fake-openstack.js"), join(this.folder, "bin/openstack"));
    chmodSync(join(this.folder, "bin/openstack"), 0o755);
  }

  get work(): string {
    return join(this.folder, "work");
  }

  /** Answers so from now on. */
  is(cloud: Cloud): void {
    writeFileSync(join(this.folder, "log"), "");
    writeFileSync(join(this.folder, "cloud.json"), JSON.stringify({ projectId: PROJECT, images: [], ...cloud }));
  }

  /** The words of every start of the command. */
  get starts(): string[] {
    return readFileSync(join(this.folder, "log"), "utf8").split("\n").slice(0, -1);
  }

  /** Puts it first in the PATH; gives what takes it away again. */
  enter(): () => void {
    const before = process.cwd();
    const { PATH } = process.env;
    Object.assign(process.env, this.env);
    process.chdir(this.work);
    return () => {
      process.chdir(before);
      process.env.PATH = PATH;
    };
  }
}
