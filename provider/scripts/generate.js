const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { lazyBlocks } = require("./lazy-blocks");

const PROVIDER = path.resolve(__dirname, "..");

/** The Terraform provider that these bindings are of, and its schema file. */
function pinnedProvider() {
  const { name, version } = require("../package.json").cdktf.provider;
  return { address: name, version, schemaFile: path.join(PROVIDER, `schema-${version}.json`) };
}

/** Writes what `cdktf get` would write, without Terraform or a registry, from the pinned schema. */
async function generateSources(directory) {
  const { address, version, schemaFile } = pinnedProvider();
  const { CodeMaker, TerraformProviderGenerator } = require("@cdktf/provider-generator");
  const { ConstructsMakerProviderTarget, LANGUAGES, TerraformProviderConstraint } = require("@cdktf/commons");

  const schema = JSON.parse(fs.readFileSync(schemaFile, "utf8"));
  // `terraform providers schema -json` leaves it out, and the classes carry it.
  schema.provider_versions = { [address]: version };
  const [, source] = address.match(/^registry\.terraform\.io\/(.+)$/);
  const constraint = new TerraformProviderConstraint(`${source}@${version}`);
  const generator = new TerraformProviderGenerator(new CodeMaker(), schema);
  generator.generate(new ConstructsMakerProviderTarget(constraint, LANGUAGES[0]));

  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "provider-openstack-"));
  try {
    await generator.save(scratch);
    const generated = path.join(scratch, "providers", constraint.name);
    fs.cpSync(generated, directory, {
      recursive: true,
      // index.js is written by the build, and a README for each resource says no more than its class does.
      filter: (file) => !/(lazy-index\.ts|README\.md)$/.test(file),
    });
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/** Makes the nested blocks of all sources in a directory lazy; says how many. */
function makeBlocksLazy(directory) {
  let count = 0;
  for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
    if (!entry.isDirectory()) {
      continue;
    }
    const file = path.join(directory, entry.name, "index.ts");
    const { text, fields } = lazyBlocks(fs.readFileSync(file, "utf8"), path.join(entry.name, "index.ts"));
    fs.writeFileSync(file, text);
    count += fields;
  }
  if (count === 0) {
    throw new Error("no nested block found: the generator writes them in another form than lazyBlocks knows");
  }
  return count;
}

async function main(directory) {
  await generateSources(directory);
  console.log(makeBlocksLazy(directory));
}

module.exports = { generateSources, pinnedProvider };

if (require.main === module) {
  main(process.argv[2]);
}
