import { config, type PlanCase } from "../case";
import { IMAGE, uuid } from "../ids";
import { applied, held, image, NEW, pinned, server, serverOnVolume, volume } from "../resources";

const golden = image("golden");
const shared = image("golden", { visibility: "shared" });
const community = image("golden", { visibility: "community" });
const publicImage = image("golden", { visibility: "public" });
const guarded = image("golden", { protected: true });
const onJammy = server("web", { image_id: uuid("jammy") });

/** Images that are renamed, shown to more, deleted, or made harder to boot. */
export const IMAGES: readonly PlanCase[] = [
  {
    name: "image-renamed-server-follows",
    description: "An image that stays where it is gets another name, and a server refers to it by name: it is rebuilt.",
    expects: ["OSI-SRV-001", "OSI-SRV-004", "OSI-IMG-001"],
    blocks: true,
    state: applied(
      golden,
      server("web", { image_id: undefined, image_name: "${openstack_images_image_v2.golden.name}" }),
    ),
    config: config([
      image("golden", { name: "golden-2026" }),
      server("web", { image_id: undefined, image_name: "${openstack_images_image_v2.golden.name}" }),
    ]),
  },
  {
    name: "image-renamed-server-by-literal-name",
    description:
      "The server holds the old name as a literal: nothing is planned for it now, and its next creation or rebuild finds no image.",
    expects: ["OSI-SRV-004", "OSI-IMG-001"],
    blocks: true,
    state: applied(golden, server("web", { image_id: undefined, image_name: "golden" })),
    config: config([
      image("golden", { name: "golden-2026" }),
      server("web", { image_id: undefined, image_name: "golden" }),
    ]),
  },
  ...(["public", "community", "shared"] as const).map((visibility) => ({
    name: `image-renamed-${visibility}`,
    description: `A ${visibility} image gets another name: whoever looks it up by the old one finds nothing, or something else.`,
    expects: ["OSI-IMG-001"],
    blocks: true,
    state: applied(image("golden", { visibility })),
    config: config([image("golden", { visibility, name: "golden-2026" })]),
  })),
  {
    name: "image-renamed-and-published",
    description: "A private image gets another name and becomes public in the same change.",
    expects: ["OSI-IMG-001", "OSI-IMG-004"],
    blocks: true,
    state: applied(golden),
    config: config([image("golden", { visibility: "public", name: "golden-2026" })]),
  },
  {
    name: "protected-image-replaced",
    description:
      "A protected image gets other bytes: its volume is deleted first, then the image's deletion is refused.",
    expects: ["OSI-IMG-002", "OSI-VOL-001", "OSI-IMG-010"],
    blocks: true,
    state: applied(guarded, volume("data")),
    config: config([image("golden", { protected: true, image_source_url: pinned(NEW) }), volume("data")]),
  },
  {
    name: "protected-image-unprotected-and-replaced",
    description:
      "Protection is lifted and the bytes change in one change; the provider deletes before it could unprotect.",
    expects: ["OSI-IMG-002", "OSI-IMG-010"],
    blocks: true,
    state: applied(guarded),
    config: config([image("golden", { protected: false, image_source_url: pinned(NEW) })]),
  },
  {
    name: "protected-image-create-before-destroy",
    description: "A protected image is replaced with create_before_destroy: the old one stays deposed.",
    expects: ["OSI-IMG-002", "OSI-IMG-010"],
    blocks: true,
    state: applied(guarded),
    config: config([
      image("golden", { protected: true, image_source_url: pinned(NEW), lifecycle: { create_before_destroy: true } }),
    ]),
  },
  {
    name: "protected-image-destroyed",
    description: "A protected image is taken out of the configuration.",
    expects: ["OSI-IMG-002", "OSI-IMG-027"],
    blocks: true,
    state: applied(guarded),
    config: config([]),
  },
  {
    name: "image-deleted-literal-id-of-server",
    description: "An image is taken out while a server of the stack keeps its id as a literal.",
    expects: ["OSI-IMG-003", "OSI-IMG-027"],
    blocks: true,
    state: applied(image("jammy"), onJammy),
    config: config([onJammy]),
  },
  {
    name: "image-deleted-literal-id-of-volume",
    description: "An image is taken out while a volume was made from its id.",
    expects: ["OSI-IMG-003", "OSI-IMG-027"],
    blocks: true,
    state: applied(image("jammy"), volume("data", { image_id: uuid("jammy") })),
    config: config([volume("data", { image_id: uuid("jammy") })]),
  },
  {
    name: "image-replaced-literal-id-of-block-device",
    description: "An image is replaced while a server's root volume was made from its old id, which is a literal.",
    expects: ["OSI-IMG-003", "OSI-IMG-010"],
    blocks: true,
    state: applied(image("jammy"), serverOnVolume("web", { uuid: uuid("jammy") })),
    config: config([image("jammy", { image_source_url: pinned(NEW) }), serverOnVolume("web", { uuid: uuid("jammy") })]),
  },
  {
    name: "image-replaced-server-ignores",
    description:
      "An image is replaced while its server ignores changes of the image: the old one goes while it runs from it.",
    expects: ["OSI-IMG-003", "OSI-IMG-010"],
    blocks: true,
    state: applied(golden, server("web")),
    config: config([
      image("golden", { image_source_url: pinned(NEW), lifecycle: { create_before_destroy: true } }),
      server("web", { lifecycle: { ignore_changes: ["image_id"] } }),
    ]),
  },
  {
    name: "image-destroyed-private",
    description: "A private image that nothing of the stack uses is taken out.",
    expects: ["OSI-IMG-027"],
    blocks: false,
    state: applied(golden),
    config: config([]),
  },
  ...(["public", "community", "shared"] as const).map((visibility) => ({
    name: `image-destroyed-${visibility}`,
    description: `A ${visibility} image is taken out: other projects may boot from it.`,
    expects: ["OSI-IMG-027"],
    blocks: true,
    state: applied(image("golden", { visibility })),
    config: config([]),
  })),
  {
    name: "images-destroyed-by-key",
    description: "One of two public images of a for_each is gone.",
    expects: ["OSI-IMG-027"],
    blocks: true,
    state: ["noble", "jammy"].map((key) => held(image("lts", { name: "${each.key}", visibility: "public" }), { key })),
    config: config([image("lts", { for_each: '${toset(["noble"])}', name: "${each.key}", visibility: "public" })]),
  },
  {
    name: "image-deposed-destroyed",
    description: "An image that a failed replacement left behind is deleted while a server still holds its id.",
    expects: ["OSI-IMG-003"],
    blocks: true,
    state: [
      ...applied(golden, onJammy),
      held(golden, { deposed: "1f2e3d4c", attributes: { id: uuid("jammy"), image_id: uuid("jammy") } }),
    ],
    config: config([golden, onJammy]),
  },
  {
    name: "image-published",
    description: "A private image becomes public.",
    expects: ["OSI-IMG-004"],
    blocks: true,
    state: applied(golden),
    config: config([publicImage]),
  },
  {
    name: "image-published-from-community",
    description: "A community image becomes public, so that every project has it in its list.",
    expects: ["OSI-IMG-004"],
    blocks: true,
    state: applied(community),
    config: config([publicImage]),
  },
  {
    name: "image-to-community",
    description: "A private image becomes one that every project may boot, though it is in no list.",
    expects: ["OSI-IMG-004"],
    blocks: false,
    state: applied(golden),
    config: config([community]),
  },
  {
    name: "image-to-shared",
    description: "A private image may have members from now on; it has none.",
    expects: ["OSI-IMG-004"],
    blocks: false,
    state: applied(golden),
    config: config([shared]),
  },
  {
    name: "image-created-public",
    description: "A new image is public from the start.",
    expects: ["OSI-IMG-004"],
    blocks: false,
    state: [],
    config: config([publicImage]),
  },
  {
    name: "images-published-by-count",
    description: "Two images of a count become public.",
    expects: ["OSI-IMG-004"],
    blocks: true,
    state: [0, 1].map((key) => held(image("golden", { name: "golden-${count.index}" }), { key })),
    config: config([image("golden", { count: 2, name: "golden-${count.index}", visibility: "public" })]),
  },
  {
    name: "image-unprotected",
    description: "Protection is lifted, which a later change can use.",
    expects: ["OSI-IMG-009"],
    blocks: false,
    state: applied(guarded),
    config: config([image("golden", { protected: false })]),
  },
  {
    name: "image-unprotected-by-omission",
    description: "The line that protects an image is taken out: the provider's default is false.",
    expects: ["OSI-IMG-009"],
    blocks: false,
    state: applied(guarded),
    config: config([golden]),
  },
  {
    name: "image-minimum-disk-raised",
    description: "The smallest disk goes up; which flavors are big enough cannot be seen.",
    expects: ["OSI-IMG-017"],
    blocks: false,
    state: applied(image("golden", { min_disk_gb: 4 }), server("web")),
    config: config([image("golden", { min_disk_gb: 10 }), server("web")]),
  },
  {
    name: "image-minimum-ram-raised",
    description: "The smallest memory goes up.",
    expects: ["OSI-IMG-017"],
    blocks: false,
    state: applied(golden),
    config: config([image("golden", { min_ram_mb: 4096 })]),
  },
  {
    name: "image-minimum-disk-above-volume",
    description: "The smallest disk goes above the size of a volume that is made from the image.",
    expects: ["OSI-IMG-017"],
    blocks: true,
    state: applied(golden, volume("data", { size: 20 })),
    config: config([image("golden", { min_disk_gb: 40 }), volume("data", { size: 20 })]),
  },
  {
    name: "image-minimum-disk-above-boot-volume",
    description: "The smallest disk goes above the size of a server's root volume.",
    expects: ["OSI-IMG-017"],
    blocks: true,
    state: applied(golden, serverOnVolume("web", { volume_size: 20 })),
    config: config([image("golden", { min_disk_gb: 40 }), serverOnVolume("web", { volume_size: 20 })]),
  },
  {
    name: "image-forgotten",
    description:
      "A removed block lets go of an image: it stays in the cloud, and nobody tends it. Terraform counts 0, 0, 0.",
    expects: ["OSI-IMG-023"],
    blocks: false,
    state: applied(publicImage),
    config: config([], { removed: [{ from: `${IMAGE}.golden`, lifecycle: { destroy: false } }] }),
  },
  {
    name: "image-moved-and-replaced",
    description: "An image gets another address and other bytes.",
    expects: ["OSI-IMG-010"],
    blocks: false,
    state: applied(image("old", { name: "golden" })),
    config: config([image("golden", { image_source_url: pinned(NEW) })], {
      moved: [{ from: `${IMAGE}.old`, to: `${IMAGE}.golden` }],
    }),
  },
  {
    name: "image-replaced-and-published",
    description: "New bytes and public in one change: they would be everybody's before anybody looked.",
    expects: ["OSI-IMG-004", "OSI-IMG-010"],
    blocks: true,
    state: applied(golden),
    config: config([image("golden", { image_source_url: pinned(NEW), visibility: "public" })]),
  },
];
