import { config, idOf, type PlanCase } from "../case";
import { cloudWith, glanceImage } from "../cloud";
import { IMAGE, SERVER, uuid } from "../ids";
import { applied, held, image, member, NEW, OLD, pinned, server, serverOnVolume } from "../resources";

const golden = image("golden");
const replaced = image("golden", { image_source_url: pinned(NEW) });
const through = (value: string) => ({ locals: { image_id: value } });
const found = glanceImage(applied(image("noble"))[0].attributes);

/** An image and what else stands in the text, in Terraform's own language, where a plan holds expressions otherwise than in JSON. */
const hcl = (build: string, rest: string) => `
resource "${IMAGE}" "golden" {
  name             = "golden"
  container_format = "bare"
  disk_format      = "qcow2"
  image_source_url = "${pinned(build)}"
  image_cache_path = ".terraform/image_cache"
}
${rest}`;

const hclServer = (name: string, rest: string) => `
variable "password" {
  default   = ""
  sensitive = true
}
resource "${SERVER}" "web" {
  name        = "${name}"
  flavor_name = "m1.small"
  image_id    = ${IMAGE}.golden.id
  network {
    uuid = "${uuid("network")}"
  }
${rest}
}
`;

/** The same changes, as configurations say them otherwise: through locals, conditions, dynamic blocks and in Terraform's own language. */
export const SHAPES: readonly PlanCase[] = [
  {
    name: "hcl-server-rebuilt",
    description: "In Terraform's own language: an image gets other bytes and its server is rebuilt.",
    expects: ["OSI-SRV-001", "OSI-IMG-010"],
    blocks: true,
    state: applied(golden, server("web")),
    config: hcl(NEW, hclServer("web", "")),
  },
  {
    name: "hcl-member-of-new-private-image",
    description: "In Terraform's own language: a member of a new image that is private, whose id is not known yet.",
    expects: ["OSI-IMG-006"],
    blocks: true,
    state: [],
    config: hcl(
      NEW,
      `resource "openstack_images_image_access_v2" "staging" {
  image_id  = ${IMAGE}.golden.id
  member_id = "${uuid("staging").replaceAll("-", "")}"
}`,
    ),
  },
  {
    name: "hcl-secret-admin-pass",
    description: "In Terraform's own language: a literal administrator's password of a server that is renamed.",
    expects: ["OSI-SRV-005"],
    blocks: true,
    state: applied(golden, server("web", { admin_pass: "not-a-real-password" })),
    config: hcl(OLD, hclServer("www", '  admin_pass = "not-a-real-password"')),
  },
  {
    name: "hcl-secret-user-data",
    description: "In Terraform's own language: literal user data of a new server.",
    expects: ["OSI-SRV-005"],
    blocks: false,
    state: applied(golden),
    config: hcl(OLD, hclServer("web", '  user_data = "#cloud-config\\npassword: not-real\\n"')),
  },
  {
    name: "hcl-server-renamed",
    description: "In Terraform's own language: a server gets another name, and has its password from a variable.",
    expects: [],
    blocks: false,
    state: applied(golden, server("web", { admin_pass: "not-a-real-password" })),
    config: hcl(OLD, hclServer("www", "  admin_pass = var.password")),
    planArguments: ["-var=password=not-a-real-password"],
  },
  {
    name: "server-created-user-data-from-file",
    description: "User data is read from a file by a function: in JSON that looks like a literal without references.",
    expects: [],
    blocks: false,
    state: applied(golden),
    config: config([golden, server("web", { user_data: '${file("user-data.yaml")}' })]),
    files: { "user-data.yaml": "#cloud-config\n" },
  },
  {
    name: "server-rebuilt-through-local",
    description: "A server refers to an image through a local value, which a plan does not show.",
    expects: ["OSI-SRV-001", "OSI-IMG-010"],
    blocks: true,
    state: applied(golden, server("web")),
    config: config([replaced, server("web", { image_id: "${local.image_id}" })], through(idOf("golden"))),
  },
  {
    name: "server-rebuilt-by-condition",
    description: "A variable decides between two images of the stack.",
    expects: ["OSI-SRV-001"],
    blocks: true,
    state: applied(golden, image("other"), server("web")),
    config: config(
      [golden, image("other"), server("web", { image_id: `\${var.next ? ${IMAGE}.other.id : ${IMAGE}.golden.id}` })],
      { variable: { next: { type: "bool", default: true } } },
    ),
  },
  {
    name: "server-rebuilt-by-index",
    description: "A server boots from the first of a list of images, to which one is added in front.",
    expects: ["OSI-SRV-001"],
    blocks: true,
    state: [
      held(image("lts", { name: "noble" }), {
        key: "noble",
        attributes: { id: uuid("noble"), image_id: uuid("noble") },
      }),
      ...applied(server("web", { image_id: uuid("noble") })),
    ],
    config: config([
      image("lts", { for_each: '${toset(["jammy", "noble"])}', name: "${each.key}" }),
      server("web", { image_id: `\${values(${IMAGE}.lts)[0].id}` }),
    ]),
  },
  {
    name: "server-replaced-by-dynamic-block",
    description: "The root volume of a server stands in a dynamic block, which a plan does not show.",
    expects: ["OSI-SRV-002", "OSI-VOL-003", "OSI-IMG-010"],
    blocks: true,
    state: applied(golden, serverOnVolume("web")),
    config: config([
      replaced,
      server("web", {
        image_id: undefined,
        dynamic: {
          block_device: { for_each: [idOf("golden")], content: { ...device(), uuid: "${block_device.value}" } },
        },
      }),
    ]),
  },
  {
    name: "lookup-moved-through-local",
    description: "The most recent image goes through a local value to a server. A canned Glance has a newer image.",
    // the JSON of a plan has no locals, so nobody can say that it was the lookup
    expects: ["OSI-SRV-001"],
    blocks: true,
    state: applied(server("web", { image_id: uuid("jammy") })),
    config: config([server("web", { image_id: "${local.image_id}" })], {
      data: { [IMAGE]: { latest: { name: "noble", most_recent: true } } },
      ...through(idOf("latest", `data.${IMAGE}`)),
    }),
    cloud: cloudWith(found),
  },
  {
    name: "member-of-private-image-through-local",
    description: "A member of a private image, through a local value; the image's id is known.",
    expects: ["OSI-IMG-006"],
    blocks: true,
    state: applied(golden),
    config: config([golden, member("staging", { image_id: "${local.image_id}" })], through(idOf("golden"))),
  },
  {
    name: "image-deleted-literal-id-in-module",
    description: "An image is taken out while a server of a module keeps its id.",
    expects: ["OSI-IMG-003", "OSI-IMG-027"],
    blocks: true,
    state: [
      ...applied(image("jammy")),
      held(server("web", { image_id: uuid("jammy") }), { module: 'module.app["a"]' }),
    ],
    config: config([], {
      module: { app: { source: "./app", for_each: '${toset(["a"])}', image_id: uuid("jammy") } },
    }),
    modules: { app: config([server("web", { image_id: "${var.image_id}" })], { variable: { image_id: {} } }) },
  },
];

function device() {
  return serverOnVolume("web").args.block_device as object;
}
