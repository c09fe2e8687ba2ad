import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const { fill, sourceFiles } = require("./configure");
const { SERVICES } = require("./services");
const { runSteps } = require("./steps");

interface Step {
  readonly needs?: string[];
  readonly run: () => unknown;
}
interface Service {
  readonly name: string;
  readonly command: string[];
}

const lines = (folder: string, name: string) => readFileSync(join(__dirname, folder, name), "utf8").split("\n");

describe("steps", () => {
  /** Steps by what each needs; one of them may fail. */
  function graph(needs: Record<string, string[]>, fails?: string) {
    const begun: string[] = [];
    const steps: Record<string, Step> = {};
    for (const [name, needed] of Object.entries(needs)) {
      steps[name] = {
        needs: needed,
        run: async () => {
          begun.push(name);
          await Promise.resolve();
          if (name === fails) throw new Error("broken");
        },
      };
    }
    return { begun, steps };
  }

  test("run once each, after what they need", async () => {
    const { begun, steps } = graph({ last: ["left", "right"], left: ["first"], right: ["first"], first: [] });
    const printed: string[] = [];
    await runSteps(steps, (line: string) => printed.push(line));
    expect(begun).toStrictEqual(["first", "left", "right", "last"]);
    expect(printed).toHaveLength(4);
  });

  test("fails when one fails, with its name, and begins nothing that needs it", async () => {
    const { begun, steps } = graph({ last: ["left"], left: ["first"], first: [] }, "left");
    await expect(runSteps(steps, () => {})).rejects.toMatchObject({ message: "broken", step: "left" });
    expect(begun).toStrictEqual(["first", "left"]);
  });

  test("fails when a step that is needed is not there", async () => {
    await expect(runSteps(graph({ last: ["nobody"] }).steps, () => {})).rejects.toThrow("no step nobody");
  });
});

describe("what the cloud is started by", () => {
  test.each<string>(sourceFiles())("every value of %s is known", (file) => {
    expect(fill(file)).not.toMatch(/\{\{|undefined/);
  });

  test("the profile images is a part of full", () => {
    const names = (profile: string) => SERVICES[profile].map(({ name }: Service) => name);
    expect(names("full")).toEqual(expect.arrayContaining(names("images")));
  });
});

describe("the locks", () => {
  const pins = (name: string) =>
    lines("requirements", name)
      .map((line) => /^[\w.-]+==\S+/.exec(line)?.[0])
      .filter((pin) => pin !== undefined);

  test("images has the versions of full", () => {
    expect(pins("images.txt").length).toBeGreaterThan(100);
    expect(pins("full.txt")).toEqual(expect.arrayContaining(pins("images.txt")));
  });

  test.each(["full.txt", "images.txt", "uv.txt"])("every package of %s has a hash", (name) => {
    const packages = lines("requirements", name)
      .join("\n")
      .split(/^(?=\S)/m);
    for (const one of packages) expect(one).toMatch(/^[\w.-]+==\S+.*\n\s+--hash=sha256:[0-9a-f]{64}/);
  });
});

describe("a word that a command does not know", () => {
  const command = (...words: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(__dirname, "main.js"), ...words], {
      encoding: "utf8",
    });
    return { status, stdout, said: stderr.split("\n")[0] };
  };

  test.each([
    ["down", "--wpie", "cloud:down does not take '--wpie'; it takes --wipe"],
    ["reset", "--all", "cloud:reset does not take '--all'"],
    ["up", "nonsense", "cloud:up does not take 'nonsense'; it takes images or full"],
  ])("cloud:%s %s changes nothing", (verb, word, said) => {
    expect(command(verb, word)).toStrictEqual({ status: 1, stdout: "", said });
  });

  test("--help says how it is used, and does nothing", () => {
    expect(command("down", "--help")).toMatchObject({ status: 0, said: "" });
  });
});
