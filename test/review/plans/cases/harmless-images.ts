import { config, type PlanCase } from "../case";
import { IMAGE } from "../ids";
import { applied, held, image, NEW, OLD, pinned, server, terraformData, unpinned, volume } from "../resources";

const golden = image("golden");
const change = (
  name: string,
  description: string,
  before: object,
  after: object,
  expects: string[] = [],
): PlanCase => ({
  name,
  description,
  expects,
  blocks: false,
  state: applied(image("golden", before as Record<string, unknown>)),
  config: config([image("golden", after as Record<string, unknown>)]),
});

/** Changes of images that may go on. */
export const HARMLESS_IMAGES: readonly PlanCase[] = [
  change("image-unchanged", "Nothing changes.", {}, {}),
  change(
    "image-unchanged-unpinned",
    "Nothing changes, and the URL never had a digest.",
    { image_source_url: unpinned(OLD) },
    { image_source_url: unpinned(OLD) },
  ),
  change(
    "image-renamed-private",
    "A private image that nothing refers to gets another name.",
    {},
    { name: "golden-2026" },
    ["OSI-IMG-001"],
  ),
  change("image-property-added", "A property that nothing boots by.", {}, { properties: { team: "images" } }),
  change(
    "image-property-changed",
    "Such a property changes.",
    { properties: { team: "images" } },
    { properties: { team: "platform" } },
  ),
  change(
    "image-property-removed",
    "One of two such properties goes.",
    { properties: { team: "images", build: "7" } },
    { properties: { team: "images" } },
  ),
  change(
    "image-properties-omitted",
    "All properties are taken out: the provider keeps what there is, without a word in the plan.",
    { properties: { team: "images" } },
    {},
  ),
  change("image-tags-added", "A tag more.", { tags: ["lts"] }, { tags: ["lts", "golden"] }),
  change("image-tags-changed", "Another tag.", { tags: ["lts"] }, { tags: ["golden"] }),
  change("image-minimum-disk-lowered", "A smaller disk is enough.", { min_disk_gb: 10 }, { min_disk_gb: 4 }),
  change("image-minimum-ram-lowered", "Less memory is enough.", { min_ram_mb: 2048 }, { min_ram_mb: 0 }),
  change("image-protected", "An image becomes protected.", {}, { protected: true }),
  change("image-hidden", "An old image leaves the lists.", {}, { hidden: true }, ["OSI-IMG-020"]),
  change("image-shown", "A hidden image is listed again.", { hidden: true }, { hidden: false }, ["OSI-IMG-020"]),
  change(
    "image-narrowed-from-public",
    "A public image becomes private; it has no members.",
    { visibility: "public" },
    {},
  ),
  change("image-narrowed-from-shared", "A shared image without members becomes private.", { visibility: "shared" }, {}),
  change(
    "image-web-download-toggled",
    "web_download goes: nothing is sent.",
    { web_download: true },
    { web_download: false },
  ),
  change(
    "image-cache-path-of-another-home",
    "The cache is left to the provider, which takes the home of whoever plans.",
    { image_cache_path: "/home/alice/.terraform/image_cache" },
    { image_cache_path: undefined },
  ),
  change(
    "image-cache-path-beside-tag",
    "The same noise beside a tag.",
    { image_cache_path: "/home/alice/.terraform/image_cache" },
    { image_cache_path: undefined, tags: ["lts"] },
  ),
  change("image-timeout-changed", "More time for the upload.", {}, { timeouts: { create: "60m" } }),
  change(
    "image-create-before-destroy-alone",
    "Only the order of a later replacement changes.",
    {},
    { lifecycle: { create_before_destroy: true, prevent_destroy: true } },
  ),
  {
    name: "image-beside-image",
    description: "A new build beside the old one, which its server keeps.",
    expects: [],
    blocks: false,
    state: applied(golden, server("web")),
    config: config([golden, image("golden-2", { image_source_url: pinned(NEW) }), server("web")]),
  },
  {
    name: "image-renamed-private-with-dependants",
    description: "A private image gets another name; its server and its volume refer to its id.",
    expects: ["OSI-IMG-001"],
    blocks: false,
    state: applied(golden, server("web"), volume("data")),
    config: config([image("golden", { name: "golden-2026" }), server("web"), volume("data")]),
  },
  {
    name: "image-minimum-disk-raised-below-volume",
    description: "The smallest disk goes up and stays below the volume that is made from it.",
    expects: ["OSI-IMG-017"],
    blocks: false,
    state: applied(golden, volume("data")),
    config: config([image("golden", { min_disk_gb: 10 }), volume("data")]),
  },
  {
    name: "image-moved",
    description: "An image gets another address, by a moved block.",
    expects: [],
    blocks: false,
    state: applied(golden),
    config: config([image("gold", { name: "golden" })], { moved: [{ from: `${IMAGE}.golden`, to: `${IMAGE}.gold` }] }),
  },
  {
    name: "image-moved-into-module",
    description: "A protected image moves into a module.",
    expects: [],
    blocks: false,
    state: applied(image("golden", { protected: true })),
    config: config([], {
      module: { catalogue: { source: "./catalogue" } },
      moved: [{ from: `${IMAGE}.golden`, to: `module.catalogue.${IMAGE}.golden` }],
    }),
    modules: { catalogue: config([image("golden", { protected: true })]) },
  },
  {
    name: "images-from-count-to-for-each",
    description: "Two images of a count become those of a for_each.",
    expects: [],
    blocks: false,
    state: ["noble", "jammy"].map((name, key) => held(image("lts", { name }), { key })),
    config: config([image("lts", { for_each: '${toset(["noble", "jammy"])}', name: "${each.key}" })], {
      moved: ["noble", "jammy"].map((name, key) => ({ from: `${IMAGE}.lts[${key}]`, to: `${IMAGE}.lts["${name}"]` })),
    }),
  },
  {
    name: "images-of-two-regions",
    description: "The same new image in two regions, by two configurations of the provider.",
    expects: [],
    blocks: false,
    state: [],
    config: config([image("west", { provider: "openstack.west" }), image("east", { provider: "openstack.east" })], {
      provider: {
        openstack: [
          { alias: "west", region: "west" },
          { alias: "east", region: "east" },
        ],
      },
    }),
  },
  {
    name: "image-password-from-variable",
    description: "The password of a source becomes another, from a sensitive variable: nothing is sent.",
    expects: [],
    blocks: false,
    state: applied(image("golden", { image_source_username: "robot", image_source_password: "before" })),
    config: config([image("golden", { image_source_username: "robot", image_source_password: "${var.password}" })], {
      variable: { password: { type: "string", sensitive: true } },
    }),
    planArguments: ["-var=password=after"],
  },
  {
    name: "image-hostile-name",
    description:
      "A private image is called what would break a report out of its cage, and has a property that is not a property of objects.",
    expects: ["OSI-IMG-001"],
    blocks: false,
    state: applied(golden),
    config: config([
      image("golden", {
        name: "</details>\n```\n<!-- review --> @everyone [x](javascript:alert(1)) \u202e\u001b[31m",
        properties: JSON.parse('{ "__proto__": "1", "constructor": "| a | b |" }'),
      }),
    ]),
  },
  {
    name: "image-tag-from-apply",
    description: "A tag is only known at apply, which is no question of safety.",
    expects: [],
    blocks: false,
    state: applied(golden),
    config: config([
      terraformData("build", { input: "7" }),
      image("golden", { tags: ["${terraform_data.build.output}"] }),
    ]),
  },
];
