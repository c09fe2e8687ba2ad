import { config, type PlanCase } from "../case";
import { applied, held, image, NEW, OLD, pinned, server, terraformData, unpinned } from "../resources";

const golden = image("golden");
const from = (url: string, args = {}) => image("golden", { image_source_url: url, ...args });
const made = (
  name: string,
  description: string,
  expects: string[],
  blocks: boolean,
  url: string,
  args = {},
): PlanCase => ({
  name,
  description,
  expects,
  blocks,
  state: [],
  config: config([from(url, args)]),
});

const FRAGMENT = pinned(NEW).slice(pinned(NEW).indexOf("#"));
const insecure = (name: string, description: string, url: string, args = {}) =>
  made(name, description, ["OSI-IMG-012", "OSI-IMG-013"], true, url, args);

/** Where the bytes come from, and whether anything says which they are. */
export const SOURCES: readonly PlanCase[] = [
  {
    name: "content-by-url",
    description: "Another build of a pinned image, which nothing of the stack uses.",
    expects: ["OSI-IMG-010"],
    blocks: false,
    state: applied(golden),
    config: config([from(pinned(NEW))]),
  },
  {
    name: "content-by-format",
    description: "The same bytes are called raw: the image is replaced.",
    expects: ["OSI-IMG-010"],
    blocks: false,
    state: applied(golden),
    config: config([image("golden", { disk_format: "raw" })]),
  },
  {
    name: "content-by-decompression",
    description: "What lies at the URL is unpacked from now on.",
    expects: ["OSI-IMG-010"],
    blocks: false,
    state: applied(from(`${unpinned(OLD)}.xz${FRAGMENT}`)),
    config: config([from(`${unpinned(OLD)}.xz${FRAGMENT}`, { decompress: true })]),
  },
  {
    name: "content-by-file",
    description: "An image comes from another local file.",
    expects: ["OSI-IMG-010"],
    blocks: false,
    state: applied(from(undefined as unknown as string, { local_file_path: "build/golden-1.qcow2" })),
    config: config([from(undefined as unknown as string, { local_file_path: "build/golden-2.qcow2" })]),
  },
  {
    name: "content-by-trigger",
    description: "The digest of a local file changed, which a terraform_data turns into a replacement.",
    expects: ["OSI-IMG-010"],
    blocks: false,
    state: applied(
      terraformData("digest", { triggers_replace: "aaaa" }),
      from(undefined as unknown as string, { local_file_path: "build/golden.qcow2" }),
    ),
    config: config([
      terraformData("digest", { triggers_replace: "bbbb" }),
      from(undefined as unknown as string, {
        local_file_path: "build/golden.qcow2",
        lifecycle: { replace_triggered_by: ["terraform_data.digest"] },
      }),
    ]),
  },
  {
    name: "content-unpinned",
    description: "A shared image is replaced from a URL that no longer has a digest.",
    expects: ["OSI-IMG-010", "OSI-IMG-012"],
    blocks: true,
    state: applied(image("golden", { visibility: "shared" })),
    config: config([from(unpinned(NEW), { visibility: "shared" })]),
  },
  made(
    "source-moving",
    "A new image from the current build, whichever that is at apply.",
    ["OSI-IMG-011", "OSI-IMG-012"],
    false,
    "https://cloud-images.ubuntu.com/noble/current/noble-server-cloudimg-amd64.img",
  ),
  {
    name: "source-moving-unchanged",
    description:
      "An image from a URL whose bytes change has no changes: what it holds is another build than what lies there.",
    expects: ["OSI-IMG-011"],
    blocks: false,
    state: applied(from("https://images.example.org/debian/latest/debian-amd64.qcow2")),
    config: config([from("https://images.example.org/debian/latest/debian-amd64.qcow2")]),
  },
  made(
    "source-unverified-private",
    "A new private image from a URL without a digest.",
    ["OSI-IMG-012"],
    false,
    unpinned(NEW),
  ),
  made(
    "source-unverified-public",
    "A new public image from a URL without a digest.",
    ["OSI-IMG-004", "OSI-IMG-012"],
    true,
    unpinned(NEW),
    { visibility: "public" },
  ),
  made("source-unverified-community", "The same for a community image.", ["OSI-IMG-012"], true, unpinned(NEW), {
    visibility: "community",
  }),
  insecure("source-http", "The bytes of a new image come over http.", "http://images.example.org/noble.img"),
  insecure(
    "source-metadata-service",
    "Glance itself is to download from the metadata service, which answers with its own credentials.",
    "http://169.254.169.254/latest/meta-data/iam/security-credentials/",
    { web_download: true },
  ),
  insecure("source-address", "The host is an address.", "https://203.0.113.7/noble.img"),
  insecure("source-decimal-address", "The host is 127.0.0.1 as one number.", "https://2130706433/noble.img"),
  insecure("source-hexadecimal-address", "The host is 127.0.0.1 in hexadecimal.", "https://0x7f000001/noble.img"),
  insecure("source-octal-address", "The host is 127.0.0.1 in octal.", "https://0177.0.0.1/noble.img"),
  insecure("source-address-v6", "The host is an address of version 6.", "https://[fd00::7]/noble.img"),
  insecure("source-local-host", "The host is the machine itself.", "https://localhost/noble.img"),
  made(
    "source-port",
    "Glance is to download from a port that is none of the web's.",
    ["OSI-IMG-012", "OSI-IMG-013", "OSI-IMG-014"],
    true,
    "https://images.example.org:8443/noble.img",
    { web_download: true },
  ),
  made(
    "source-web-download-unverified",
    "Glance downloads by itself, and nothing compares what it stored.",
    ["OSI-IMG-012", "OSI-IMG-014"],
    false,
    unpinned(NEW),
    { web_download: true },
  ),
  made(
    "source-web-download-fragment-alone",
    "The URL has a digest, but Glance does not look at it and no condition compares it.",
    ["OSI-IMG-014"],
    false,
    pinned(NEW),
    { web_download: true },
  ),
  ...["vmdk", "vhdx", "vhd", "vdi", "ploop"].map((format) =>
    made(
      `format-${format}`,
      `A new image in a format that readers have had holes in: ${format}.`,
      ["OSI-IMG-016"],
      false,
      pinned(NEW),
      {
        disk_format: format,
      },
    ),
  ),
  made("format-ami", "A new image of Amazon's kind, in three parts.", ["OSI-IMG-016"], false, pinned(NEW), {
    disk_format: "ami",
    container_format: "ami",
  }),
  {
    name: "unknown-visibility",
    description: "Who will see a new image is only known at apply.",
    expects: ["OSI-IMG-026"],
    blocks: false,
    state: [],
    config: config([
      terraformData("choice", { input: "private" }),
      image("golden", { visibility: "${terraform_data.choice.output}" }),
    ]),
  },
  {
    name: "unknown-visibility-of-private-image",
    description: "Whether a private image stays private is only known at apply.",
    expects: ["OSI-IMG-026"],
    blocks: false,
    state: applied(golden),
    config: config([
      terraformData("choice", { input: "private" }),
      image("golden", { visibility: "${terraform_data.choice.output}" }),
    ]),
  },
  {
    name: "unknown-protection",
    description: "Whether a protected image stays protected is only known at apply.",
    expects: ["OSI-IMG-026"],
    blocks: false,
    state: applied(image("golden", { protected: true })),
    config: config([
      terraformData("choice", { input: true }),
      image("golden", { protected: "${terraform_data.choice.output}" }),
    ]),
  },
  {
    name: "unknown-url",
    description: "Where the bytes come from is only known at apply: the image is replaced, and its server rebuilt.",
    expects: ["OSI-IMG-026", "OSI-SRV-001", "OSI-IMG-010"],
    blocks: true,
    state: applied(golden, server("web")),
    config: config([
      terraformData("build", { input: NEW }),
      from("https://images.example.org/noble/${terraform_data.build.output}/noble-amd64.img"),
      server("web"),
    ]),
  },
  {
    name: "images-by-for-each-one-unverified",
    description: "Of two new shared images of a for_each one has no digest.",
    expects: ["OSI-IMG-012"],
    blocks: true,
    state: [
      held(image("lts", { name: "${each.key}", visibility: "shared", image_source_url: pinned(OLD) }), {
        key: "noble",
      }),
    ],
    config: config([
      image("lts", {
        for_each: { noble: pinned(OLD), jammy: unpinned(NEW) },
        name: "${each.key}",
        visibility: "shared",
        image_source_url: "${each.value}",
      }),
    ]),
  },
];
