import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { environment } from "./cloud";

const POLL_MS = 300;
const WAIT_S = 90;

/** An `openstack` process that takes command after command: to start one takes longer than most commands do. */
export class Shell {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly printed = { stdout: "", stderr: "" };
  private wake: () => void = () => {};
  private hasEnded = false;
  private last: Promise<unknown> = Promise.resolve();

  constructor(cloud: string, region = "RegionOne") {
    // which know tags of attachments, hints and groups
    const versions = { OS_COMPUTE_API_VERSION: "2.100", OS_VOLUME_API_VERSION: "3.60" };
    // else the end of an answer overtakes it
    const env = environment({ OS_CLOUD: cloud, OS_REGION_NAME: region, ...versions, PYTHONUNBUFFERED: "1" });
    this.child = spawn("openstack", [], { env });
    for (const stream of ["stdout", "stderr"] as const) {
      this.child[stream].on("data", (data) => {
        this.printed[stream] += data;
        this.wake();
      });
    }
    this.child.on("close", () => {
      this.hasEnded = true;
      this.wake();
    });
  }

  /** What a command prints; it fails when the command does. The words have no spaces in them: `openstack` would drop the quotes. */
  text(command: string): Promise<string> {
    const answer = this.last.then(() => this.ask(command));
    this.last = answer.catch(() => undefined);
    return answer;
  }

  /** What a command answers. */
  async json<T = Record<string, unknown>>(command: string): Promise<T> {
    return JSON.parse(await this.text(`${command} -f json`));
  }

  /** Asks until the answer is right. */
  async until<T>(command: string, isRight: (answer: T) => boolean): Promise<T> {
    return this.poll(
      command,
      () => this.json<T>(command),
      (answer) => isRight(answer),
    );
  }

  /** The servers' consoles, by the name or id of the server, once each shows its text. */
  async consoles(texts: Record<string, string>): Promise<Record<string, string>> {
    const logs = Object.entries(texts).map(async ([server, text]) => {
      const command = `console log show ${server}`;
      // a server that has just started has no console yet
      const log = await this.poll(
        `${command}, for "${text}"`,
        () => this.text(command).catch(() => ""),
        (said) => said.includes(text),
      );
      return [server, log] as const;
    });
    return Object.fromEntries(await Promise.all(logs));
  }

  close(): void {
    this.child.stdin.end();
    this.child.kill();
  }

  private async poll<T>(what: string, ask: () => Promise<T>, isRight: (answer: T) => boolean): Promise<T> {
    const end = Date.now() + WAIT_S * 1000;
    for (;;) {
      const answer = await ask();
      if (isRight(answer)) return answer;
      if (Date.now() > end) throw new Error(`${what}: still ${JSON.stringify(answer)} after ${WAIT_S} s`);
      await new Promise((done) => setTimeout(done, POLL_MS));
    }
  }

  private async ask(command: string): Promise<string> {
    this.child.stdin.write(`${command}\n!sh -c 'echo ${END}; echo ${END} >&2'\n`);
    while (!this.printed.stdout.includes(END) || !this.printed.stderr.includes(END)) {
      if (this.hasEnded) throw new Error(`openstack ended at: ${command}\n${this.printed.stderr}`);
      await new Promise<void>((done) => {
        this.wake = done;
      });
    }
    const { stdout, stderr } = this.printed;
    this.printed.stdout = "";
    this.printed.stderr = "";
    const error = stderr.replace(END, "").trim();
    if (error) throw new Error(`openstack ${command}\n${error}`);
    return stdout.replace(END, "").trim();
  }
}

const END = "----end-of-answer----";

/** A shell for the tests of a file, not of a `describe`: what that does last may still need it. */
export function shellOf(cloud: string, region?: string): Shell {
  const shell = new Shell(cloud, region);
  afterAll(() => shell.close());
  return shell;
}
