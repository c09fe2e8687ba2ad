import { config, type PlanCase } from "../case";
import { cloudOf } from "../cloud";
import { IMAGE, MEMBER, project, uuid } from "../ids";
import { applied, held, image, member, server, volume } from "../resources";

const golden = image("golden");
const shared = image("golden", { visibility: "shared" });
const state = applied(golden);
const OTHER_BYTES = {
  checksum: "0cc175b9c0f1b6a831c399e269772661",
  os_hash_value: "5".repeat(128),
  size: 624951297,
  updated_at: "2026-03-01T03:12:00Z",
};

/** What somebody changed behind Terraform's back; a canned cloud answers, since a real one keeps the bytes of an image. */
export const DRIFT: readonly PlanCase[] = [
  {
    name: "drift-content",
    description: "The bytes of an image are others than those that were uploaded, on the same id; nothing is planned.",
    expects: ["OSI-IMG-021"],
    blocks: true,
    state,
    config: config([golden]),
    cloud: cloudOf(state, { golden: OTHER_BYTES }),
  },
  {
    name: "drift-digest-alone",
    description: "Only the digest moved: same size, same checksum.",
    expects: ["OSI-IMG-021"],
    blocks: true,
    state,
    config: config([golden]),
    cloud: cloudOf(state, { golden: { os_hash_value: "5".repeat(128) } }),
  },
  {
    name: "drift-size-alone",
    description: "Only the size moved.",
    expects: ["OSI-IMG-021"],
    blocks: true,
    state,
    config: config([golden]),
    cloud: cloudOf(state, { golden: { size: 1 } }),
  },
  {
    name: "drift-content-beside-update",
    description: "Other bytes, while the change at hand only adds a tag.",
    expects: ["OSI-IMG-021"],
    blocks: true,
    state,
    config: config([image("golden", { tags: ["lts"] })]),
    cloud: cloudOf(state, { golden: OTHER_BYTES }),
  },
  {
    name: "drift-owner",
    description: "An image belongs to another project.",
    expects: ["OSI-IMG-022"],
    blocks: false,
    state,
    config: config([golden]),
    cloud: cloudOf(state, { golden: { owner: project("somebody else") } }),
  },
  {
    name: "drift-visibility-put-back",
    description: "Somebody published an image; the plan makes it private again.",
    expects: ["OSI-IMG-028"],
    blocks: false,
    state,
    config: config([golden]),
    cloud: cloudOf(state, { golden: { visibility: "public" } }),
  },
  {
    name: "drift-protection-put-back",
    description: "Somebody protected an image that is declared unprotected: the plan lifts it.",
    expects: ["OSI-IMG-009", "OSI-IMG-028"],
    blocks: false,
    state,
    config: config([golden]),
    cloud: cloudOf(state, { golden: { protected: true } }),
  },
  {
    name: "drift-image-gone",
    description: "An image was deleted: it is made again, and the server that refers to it is rebuilt.",
    expects: ["OSI-SRV-001", "OSI-IMG-028"],
    blocks: true,
    state: applied(golden, server("web")),
    config: config([golden, server("web")]),
    cloud: cloudOf(applied(golden, server("web")), { golden: null }),
  },
  {
    name: "drift-image-renamed-server-by-name",
    description: "Somebody renamed the image of a server that holds its name: the next plan rebuilds it.",
    expects: ["OSI-SRV-001", "OSI-IMG-028"],
    blocks: true,
    state: applied(golden, server("web", { image_id: undefined, image_name: "golden" })),
    config: config([golden, server("web", { image_id: undefined, image_name: "golden" })]),
    cloud: cloudOf(applied(golden, server("web", { image_id: undefined, image_name: "golden" })), {
      golden: { name: "golden-old" },
    }),
  },
  {
    name: "drift-server-rebuilt-outside",
    description: "Somebody rebuilt a server with another image; the plan rebuilds it with the declared one.",
    expects: ["OSI-SRV-001", "OSI-IMG-028"],
    blocks: true,
    state: applied(golden, server("web")),
    config: config([golden, server("web")]),
    cloud: cloudOf(applied(golden, server("web")), { web: { image: { id: uuid("jammy") } } }),
  },
  {
    name: "drift-member-gone",
    description:
      "Glance answers 404 for a member of an image that is no longer shared: it is to be added again, which is refused.",
    expects: ["OSI-IMG-006", "OSI-IMG-028"],
    blocks: true,
    state: applied(golden, member("staging")),
    config: config([golden, member("staging")]),
    cloud: cloudOf(applied(golden, member("staging")), { staging: null }),
  },
  {
    name: "drift-member-status",
    description: "A project rejected a shared image; nothing is planned.",
    expects: ["OSI-IMG-028"],
    blocks: false,
    state: applied(shared, member("staging")),
    config: config([shared, member("staging")]),
    cloud: cloudOf(applied(shared, member("staging")), { staging: { status: "rejected" } }),
  },
  {
    name: "drift-volume-grown",
    description: "Somebody grew a volume; the plan would shrink it, which Cinder refuses.",
    expects: ["OSI-IMG-028"],
    blocks: false,
    state: applied(golden, volume("data")),
    config: config([golden, volume("data")]),
    cloud: cloudOf(applied(golden, volume("data")), { data: { size: 40 } }),
  },
  {
    name: "drift-noise",
    description: "Only the hour and the path of an image moved, and it has no tags rather than none at all.",
    expects: [],
    blocks: false,
    state: [{ ...state[0], attributes: { ...state[0].attributes, tags: null } }],
    config: config([golden]),
    cloud: cloudOf(state, { golden: { updated_at: "2026-03-01T03:12:00Z", file: "/v2/images/x/file" } }),
  },
  {
    name: "drift-noise-of-server",
    description: "Right after a server was made: it has no tags rather than none at all.",
    expects: [],
    blocks: false,
    state: [...applied(golden), held(server("web"), { attributes: { tags: null } })],
    config: config([golden, server("web")]),
    cloud: cloudOf(applied(golden, server("web"))),
  },
  {
    name: "drift-nothing",
    description: "Everything is read again and is as it was.",
    expects: [],
    blocks: false,
    state: applied(shared, member("staging"), volume("data"), server("web")),
    config: config([shared, member("staging"), volume("data"), server("web")]),
    cloud: cloudOf(applied(shared, member("staging"), volume("data"), server("web"))),
  },
  {
    name: "drift-moved",
    description: "An image and its member get other addresses while nothing in the cloud moved.",
    expects: [],
    blocks: false,
    state: applied(shared, member("staging")),
    config: config(
      [
        image("gold", { name: "golden", visibility: "shared" }),
        member("stage", { image_id: uuid("golden"), member_id: project("staging") }),
      ],
      {
        moved: [
          { from: `${IMAGE}.golden`, to: `${IMAGE}.gold` },
          { from: `${MEMBER}.staging`, to: `${MEMBER}.stage` },
        ],
      },
    ),
    cloud: cloudOf(applied(shared, member("staging"))),
  },
];
