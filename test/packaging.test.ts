import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

const ROOT = path.resolve(__dirname, "..");
const PROVIDER = path.join(ROOT, "provider");
const { devDependencies } = require("../package.json");

// A first install fetches cdktf's own dependencies; later ones take them from npm's cache.
jest.setTimeout(300_000);

interface Tarball {
  readonly filename: string;
  readonly files: { readonly path: string }[];
}

describe("the packages, as npm packs them", () => {
  let directory: string;
  let library: Tarball;
  let bindings: Tarball;

  beforeAll(() => {
    directory = mkdtempSync(path.join(tmpdir(), "packaging-"));
    library = pack(ROOT);
    bindings = pack(PROVIDER);
  });

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  function run(command: string, args: string[], cwd = directory): string {
    return execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  }

  function pack(folder: string): Tarball {
    const output = run("npm", ["pack", "--json", "--silent", "--pack-destination", directory], folder);
    // What the prepack script says comes first.
    return JSON.parse(output.slice(output.search(/^\[$/m)))[0];
  }

  /** A project that has both packages, cdktf and constructs installed. */
  function install(): string {
    const project = path.join(directory, "project");
    mkdirSync(project);
    writeFileSync(path.join(project, "package.json"), JSON.stringify({ name: "project", private: true }));
    const tarballs = [library, bindings].map(({ filename }) => path.join(directory, filename));
    const cdk = ["cdktf", "constructs"].map((name) => `${name}@${devDependencies[name]}`);
    const options = ["--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    run("npm", ["install", ...options, ...tarballs, ...cdk], project);
    return project;
  }

  test("hold what is built and documents, and nothing else", () => {
    const other = ({ files }: Tarball, allowed: RegExp[]) =>
      files.map((file) => file.path).filter((file) => !allowed.some((pattern) => pattern.test(file)));
    const documents = /^(package\.json|README\.md|CHANGELOG\.md|LICENSE)$/;
    expect(other(library, [documents, /^dist\/[\w./-]+(?<!\.test)(\.js|\.d\.ts)$/])).toStrictEqual([]);
    expect(other(bindings, [documents, /^lib\/([\w-]+\/)?index\.(js|d\.ts)$/])).toStrictEqual([]);
    expect(library.files.map((file) => file.path)).toEqual(
      expect.arrayContaining(["dist/index.js", "dist/index.d.ts", "package.json"]),
    );
    expect(bindings.files.map((file) => file.path)).toEqual(
      expect.arrayContaining(["lib/provider/index.js", "lib/provider/index.d.ts", "LICENSE", "README.md"]),
    );
  });

  describe("installed in a project", () => {
    let project: string;

    beforeAll(() => {
      project = install();
    });

    test("load by their names", () => {
      const names = ["cdktf-openstack-images", "@cdktf/provider-openstack", "@cdktf/provider-openstack/lib/provider"];
      const script = `console.log(JSON.stringify(${JSON.stringify(names)}.map((name) => typeof require(name))))`;
      expect(JSON.parse(run(process.execPath, ["-e", script], project))).toStrictEqual(["object", "object", "object"]);
    });

    test("bring the command", () => {
      const command = path.join(project, "node_modules/.bin/openstack-images");
      expect(run(command, ["--version"], project)).toBe(`${require("../package.json").version}\n`);
    });

    test.each([
      ["node10", "commonjs"],
      ["node16", "node16"],
      ["bundler", "esnext"],
    ])("have types under module resolution %s", (moduleResolution, module) => {
      const source = [
        'import { Image } from "cdktf-openstack-images";',
        'import { imagesImageV2 } from "@cdktf/provider-openstack";',
        'import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";',
        "export const used: [string, string] = [imagesImageV2.ImagesImageV2.tfResourceType, OpenstackProvider.tfResourceType];",
        "export type Resource = Image['resource'];",
        "// @ts-expect-error fails when the types are not found and all is any",
        "export const wrong: number = imagesImageV2.ImagesImageV2.tfResourceType;",
      ];
      writeFileSync(path.join(project, "app.ts"), source.join("\n"));
      const compilerOptions = {
        moduleResolution,
        module,
        target: "es2022",
        strict: true,
        skipLibCheck: true,
        types: [],
      };
      const config = { compilerOptions: { ...compilerOptions, noEmit: true }, files: ["app.ts"] };
      writeFileSync(path.join(project, "tsconfig.json"), JSON.stringify(config));
      const tsc = spawnSync(process.execPath, [require.resolve("typescript/bin/tsc")], {
        cwd: project,
        encoding: "utf8",
      });
      expect({ status: tsc.status, messages: tsc.stdout }).toStrictEqual({ status: 0, messages: "" });
    });
  });
});
