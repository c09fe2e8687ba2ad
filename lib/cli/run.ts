import { packageVersion } from "./package-version";
import { printable } from "./printable";
import { ExitCode, type Output, type Verb } from "./verb";

/** Each is loaded when it is asked for, so that none waits for another. */
const VERBS = new Map<string, () => Promise<Verb>>([
  ["inspect", async () => (await import("./inspect")).INSPECT],
  ["list", async () => (await import("./list")).LIST],
  ["lock", async () => (await import("./lock/lock")).LOCK],
  ["review", async () => (await import("./review/review")).REVIEW],
  ["sanitize", async () => (await import("./sanitize")).SANITIZE],
  ["save", async () => (await import("./save")).SAVE],
]);

/** The streams of the process. What comes from a file or a server cannot steer the terminal. */
const PROCESS: Output = {
  line: (text) => process.stdout.write(`${printable(text)}\n`),
  error: (text) => process.stderr.write(`${printable(text)}\n`),
};

/** Runs `openstack-images` with its arguments, and returns what it is to end with. */
export async function run([name = "", ...words]: readonly string[], output: Output = PROCESS): Promise<ExitCode> {
  if (["--help", "-h", "help"].includes(name)) {
    for (const line of await usage()) output.line(line);
    return ExitCode.FINE;
  }
  if (name === "--version") {
    output.line(packageVersion());
    return ExitCode.FINE;
  }
  try {
    const load = VERBS.get(name);
    if (!load) throw new Error(name === "" ? "it needs a verb" : `there is no verb ${JSON.stringify(name)}`);
    const verb = await load();
    if (words.includes("--help")) {
      output.line(`usage: openstack-images ${verb.usage}`);
      output.line(verb.summary);
      for (const [option, meaning] of Object.entries(verb.options)) output.line(`  ${option.padEnd(20)} ${meaning}`);
      return ExitCode.FINE;
    }
    return await verb.run(words, output);
  } catch (error) {
    output.error(`openstack-images: ${(error as Error).message}; see openstack-images --help`);
    return ExitCode.FAILED;
  }
}

async function usage(): Promise<string[]> {
  const verbs = await Promise.all([...VERBS.values()].map((load) => load()));
  return [
    "usage: openstack-images VERB ...",
    "",
    ...verbs.flatMap((verb) => [`  ${verb.usage}`, `      ${verb.summary}`]),
  ];
}
