const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { WORK, ensureDirectory, ensureSources, node, versionOf } = require("../provider/scripts/build");

const ROOT = path.resolve(__dirname, "..");

/** The manifest that jsii compiles by: it refuses the `file:` and `npm:` dependencies of the published ones. */
function jsiiManifest(manifest) {
  const peers = manifest.peerDependencies;
  const staged = {
    name: manifest.name,
    version: manifest.version,
    description: manifest.description,
    license: manifest.license,
    // jsii demands both; nothing is published from here.
    author: { name: "none", organization: true },
    repository: { type: "git", url: "https://example.invalid/none.git" },
    main: "lib/index.js",
    types: "lib/index.d.ts",
    peerDependencies: peers,
    // jsii asks for the oldest version that the peer range admits.
    devDependencies: Object.fromEntries(
      Object.entries(peers).map(([name, range]) => [name, range.match(/\d+\.\d+\.\d+/)[0]]),
    ),
    jsii: { outdir: "out", targets: {} },
  };
  return JSON.stringify(staged, null, 2);
}

function compile(directory) {
  node(require.resolve("jsii/bin/jsii"), ["--silence-warnings=reserved-word"], {
    cwd: directory,
    // Otherwise its banner about the age of Node hides the errors.
    env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: process.versions.node.split(".")[0] },
  });
}

/**
 * The provider as a jsii module: it takes seconds, and changes only with the schema. It lies in a `node_modules`, since
 * jest would find two packages of the same name anywhere else.
 */
function ensureProviderModule() {
  const target = path.join(WORK, "node_modules", "@cdktf", "provider-openstack");
  fs.mkdirSync(path.dirname(target), { recursive: true });
  const manifest = jsiiManifest(require("../provider/package.json"));
  ensureDirectory(
    target,
    (scratch) => {
      const directory = path.join(scratch, "jsii");
      fs.cpSync(ensureSources(console.log), path.join(directory, "lib"), { recursive: true });
      fs.writeFileSync(path.join(directory, "package.json"), manifest);
      compile(directory);
      console.log("jsii: compiled the provider");
      return directory;
    },
    [manifest, `jsii@${versionOf("jsii")}`],
  );
  return target;
}

function compileLibrary(directory, provider) {
  fs.cpSync(path.join(ROOT, "lib"), path.join(directory, "lib"), { recursive: true });
  fs.writeFileSync(path.join(directory, "package.json"), jsiiManifest(require("../package.json")));
  const modules = path.join(directory, "node_modules");
  const installed = ["cdktf", "constructs", "@types/node"].map((name) => [
    name,
    path.dirname(require.resolve(`${name}/package.json`)),
  ]);
  for (const [name, location] of [...installed, ["@cdktf/provider-openstack", provider]]) {
    fs.mkdirSync(path.dirname(path.join(modules, name)), { recursive: true });
    fs.symlinkSync(location, path.join(modules, name), "junction");
  }
  compile(directory);
  const assembly = JSON.parse(fs.readFileSync(path.join(directory, ".jsii"), "utf8"));
  return Object.keys(assembly.types ?? {}).length;
}

function main() {
  const staging = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "cdktf-openstack-images-jsii-")));
  try {
    const types = compileLibrary(staging, ensureProviderModule());
    console.log(`jsii: ${types} public types are jsii-legal`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  } finally {
    fs.rmSync(staging, { recursive: true, force: true });
  }
}

main();
