import { config, idOf, type PlanCase } from "../case";
import { IMAGE, SERVER, uuid } from "../ids";
import { applied, held, image, NEW, pinned, server, serverOnVolume, terraformData } from "../resources";

const golden = image("golden");
const rebuilt = ["OSI-SRV-001"];

/** Servers that lose their root disk, or are gone, or keep a secret in the plan. */
export const SERVERS: readonly PlanCase[] = [
  {
    name: "server-rebuilt-by-image-id",
    description: "The literal image id of a server becomes another: Nova rebuilds it, Terraform says update in place.",
    expects: rebuilt,
    blocks: true,
    state: applied(server("web", { image_id: uuid("jammy") })),
    config: config([server("web", { image_id: uuid("noble") })]),
  },
  {
    name: "server-rebuilt-by-image-name",
    description: "A server that boots an image by name gets another name.",
    expects: rebuilt,
    blocks: true,
    state: applied(server("web", { image_id: undefined, image_name: "jammy" })),
    config: config([server("web", { image_id: undefined, image_name: "noble" })]),
  },
  {
    name: "server-rebuilt-by-personality",
    description: "A file that Nova injects goes elsewhere, which only a rebuild can do.",
    expects: rebuilt,
    blocks: true,
    state: applied(golden, server("web", { personality: { file: "/etc/motd", content: "hello" } })),
    config: config([golden, server("web", { personality: { file: "/etc/issue", content: "hello" } })]),
  },
  {
    name: "server-rebuilt-by-personality-removed",
    description: "The files that Nova injected are no longer declared.",
    expects: rebuilt,
    blocks: true,
    state: applied(golden, server("web", { personality: { file: "/etc/motd", content: "hello" } })),
    config: config([golden, server("web")]),
  },
  {
    name: "server-rebuilt-by-replaced-image",
    description:
      "An image gets other bytes, and so a new id that is not known yet; the server that refers to it is rebuilt.",
    expects: [...rebuilt, "OSI-IMG-010"],
    blocks: true,
    state: applied(golden, server("web")),
    config: config([image("golden", { image_source_url: pinned(NEW) }), server("web")]),
  },
  {
    name: "server-rebuilt-create-before-destroy",
    description:
      "The same with create_before_destroy: the new image is there first, the root disk is lost all the same.",
    expects: [...rebuilt, "OSI-IMG-010"],
    blocks: true,
    state: applied(golden, server("web")),
    config: config([
      image("golden", { image_source_url: pinned(NEW), lifecycle: { create_before_destroy: true } }),
      server("web"),
    ]),
  },
  {
    name: "servers-rebuilt-by-count",
    description: "Three servers of a count are rebuilt by one replaced image.",
    expects: [...rebuilt, "OSI-IMG-010"],
    blocks: true,
    state: [
      ...applied(golden),
      ...[0, 1, 2].map((key) => held(server("web", { name: "web-${count.index}" }), { key })),
    ],
    config: config([
      image("golden", { image_source_url: pinned(NEW) }),
      server("web", { count: 3, name: "web-${count.index}" }),
    ]),
  },
  {
    name: "servers-rebuilt-by-for-each",
    description: "Of two servers of a for_each one gets another image.",
    expects: rebuilt,
    blocks: true,
    state: ["blue", "green"].map((key) =>
      held(server("web", { name: "${each.key}", image_id: uuid("jammy") }), { key }),
    ),
    config: config([
      server("web", {
        for_each: { blue: uuid("jammy"), green: uuid("noble") },
        name: "${each.key}",
        image_id: "${each.value}",
      }),
    ]),
  },
  {
    name: "server-rebuilt-in-module",
    description:
      "An image of the root and a server of a module that gets its id: the edge goes through the module's variable.",
    expects: [...rebuilt, "OSI-IMG-010"],
    blocks: true,
    state: [
      ...applied(golden),
      held(server("web", { image_id: idOf("golden") }), { module: "module.app", dependencies: [`${IMAGE}.golden`] }),
    ],
    config: config([image("golden", { image_source_url: pinned(NEW) })], {
      module: { app: { source: "./app", image_id: idOf("golden") } },
    }),
    modules: {
      app: config([server("web", { image_id: "${var.image_id}" })], { variable: { image_id: { type: "string" } } }),
    },
  },
  {
    name: "server-rebuilt-by-image-of-module",
    description: "A module makes the image, the root boots from its output.",
    expects: [...rebuilt, "OSI-IMG-010"],
    blocks: true,
    state: [
      held(golden, { module: "module.catalogue" }),
      held(server("web", { image_id: uuid("golden") }), { dependencies: [`module.catalogue.${IMAGE}.golden`] }),
    ],
    config: config([server("web", { image_id: "${module.catalogue.golden_id}" })], {
      module: { catalogue: { source: "./catalogue" } },
    }),
    modules: {
      catalogue: config([image("golden", { image_source_url: pinned(NEW) })], {
        output: { golden_id: { value: idOf("golden") } },
      }),
    },
  },
  {
    name: "server-rebuilt-by-unknown-image",
    description: "The image id comes from a value that is only known at apply.",
    expects: rebuilt,
    blocks: true,
    state: applied(server("web", { image_id: uuid("jammy") })),
    config: config([
      terraformData("choice", { input: uuid("noble") }),
      server("web", { image_id: "${terraform_data.choice.output}" }),
    ]),
  },
  {
    name: "server-replaced-by-boot-volume-image",
    description:
      "A server with a root volume of its own is replaced with its image, and the volume is deleted with it.",
    expects: ["OSI-SRV-002", "OSI-VOL-003", "OSI-IMG-010"],
    blocks: true,
    state: applied(golden, serverOnVolume("web")),
    config: config([image("golden", { image_source_url: pinned(NEW) }), serverOnVolume("web")]),
  },
  {
    name: "server-replaced-volume-kept",
    description: "The same where Nova keeps the volume: the server is replaced, its root volume stays behind.",
    expects: ["OSI-SRV-002"],
    blocks: true,
    state: applied(serverOnVolume("web", { uuid: uuid("jammy"), delete_on_termination: false })),
    config: config([serverOnVolume("web", { uuid: uuid("noble"), delete_on_termination: false })]),
  },
  {
    name: "server-replaced-by-user-data",
    description: "User data from a file changes; a server cannot take other user data.",
    expects: ["OSI-SRV-002"],
    blocks: true,
    state: applied(golden, server("web", { user_data: "#cloud-config\n" })),
    config: config([golden, server("web", { user_data: "${var.user_data}" })], {
      variable: { user_data: { type: "string", default: "#cloud-config\npackages: [nginx]\n" } },
    }),
  },
  {
    name: "server-replaced-by-trigger",
    description:
      "replace_triggered_by a value that changes with the image: create_before_destroy, so the order is turned round.",
    expects: ["OSI-SRV-002"],
    blocks: true,
    state: applied(
      terraformData("trigger", { triggers_replace: uuid("jammy") }),
      server("web", { image_id: uuid("jammy") }),
    ),
    config: config([
      terraformData("trigger", { triggers_replace: uuid("noble") }),
      server("web", {
        image_id: uuid("noble"),
        lifecycle: {
          ignore_changes: ["image_id"],
          replace_triggered_by: ["terraform_data.trigger"],
          create_before_destroy: true,
        },
      }),
    ]),
  },
  {
    name: "server-replaced-tainted",
    description: "A server whose creation failed half way is replaced.",
    expects: ["OSI-SRV-002"],
    blocks: true,
    state: [...applied(golden), held(server("web"), { isTainted: true })],
    config: config([golden, server("web")]),
  },
  {
    name: "server-replaced-on-request",
    description: "terraform plan -replace of a server with a root volume that ends with it.",
    expects: ["OSI-SRV-002", "OSI-VOL-003"],
    blocks: true,
    state: applied(golden, serverOnVolume("web")),
    config: config([golden, serverOnVolume("web")]),
    planArguments: [`-replace=${SERVER}.web`],
  },
  {
    name: "server-moved-and-rebuilt",
    description: "A server gets another address, and another image in the same change.",
    expects: rebuilt,
    blocks: true,
    state: applied(server("old", { name: "web", image_id: uuid("jammy") })),
    config: config([server("web", { image_id: uuid("noble") })], {
      moved: [{ from: `${SERVER}.old`, to: `${SERVER}.web` }],
    }),
  },
  {
    name: "server-renamed-without-moved",
    description: "A server gets another address and nobody says that it moved: one is deleted and one is made.",
    expects: ["OSI-SRV-003"],
    blocks: true,
    state: applied(golden, server("old", { name: "web" })),
    config: config([golden, server("web")]),
  },
  {
    name: "server-destroyed",
    description: "A server with a root volume that ends with it is taken out of the configuration.",
    expects: ["OSI-SRV-003", "OSI-VOL-003"],
    blocks: true,
    state: applied(golden, serverOnVolume("web")),
    config: config([golden]),
  },
  {
    name: "servers-destroyed-by-count",
    description: "A count goes from three to one.",
    expects: ["OSI-SRV-003"],
    blocks: true,
    state: [
      ...applied(golden),
      ...[0, 1, 2].map((key) => held(server("web", { name: "web-${count.index}" }), { key })),
    ],
    config: config([golden, server("web", { count: 1, name: "web-${count.index}" })]),
  },
  {
    name: "server-deposed-destroyed",
    description:
      "What a failed create-before-destroy left behind is deleted, under the address of the server that stays.",
    expects: ["OSI-SRV-003"],
    blocks: true,
    state: [
      ...applied(golden, server("web")),
      held(server("web"), { deposed: "1f2e3d4c", attributes: { id: uuid("web before") } }),
    ],
    config: config([golden, server("web")]),
  },
  {
    name: "stack-destroyed",
    description: "terraform plan -destroy of an image and the server that boots from it.",
    expects: ["OSI-SRV-003", "OSI-IMG-027"],
    blocks: true,
    state: applied(golden, server("web")),
    config: config([golden, server("web")]),
    planArguments: ["-destroy"],
  },
];
