import { config, idOf, type PlanCase } from "../case";
import { MEMBER, project, uuid } from "../ids";
import { applied, held, image, member, NEW, pinned, terraformData } from "../resources";

const golden = image("golden");
const shared = image("golden", { visibility: "shared" });

/** Who gets access, who loses it, and what cannot work. */
export const MEMBERS: readonly PlanCase[] = [
  {
    name: "member-of-private-image",
    description: "A member for an image whose visibility is left out, and so private: planned clean, refused at apply.",
    expects: ["OSI-IMG-006"],
    blocks: true,
    state: applied(golden),
    config: config([golden, member("staging")]),
  },
  {
    name: "member-of-new-public-image",
    description: "A new public image with a member.",
    expects: ["OSI-IMG-004", "OSI-IMG-006"],
    blocks: true,
    state: [],
    config: config([image("golden", { visibility: "public" }), member("staging")]),
  },
  {
    name: "member-of-community-image-by-literal-id",
    description: "The member's image id is a literal, the image is in the same plan.",
    expects: ["OSI-IMG-006"],
    blocks: true,
    state: applied(image("golden", { visibility: "community" })),
    config: config([image("golden", { visibility: "community" }), member("staging", { image_id: uuid("golden") })]),
  },
  {
    name: "member-of-private-image-in-module",
    description: "The member is made in a module that gets the image's id.",
    expects: ["OSI-IMG-006"],
    blocks: true,
    state: applied(golden),
    config: config([golden], { module: { share: { source: "./share", image_id: idOf("golden") } } }),
    modules: {
      share: config([member("staging", { image_id: "${var.image_id}" })], { variable: { image_id: {} } }),
    },
  },
  ...(["private", "community", "public"] as const).map((visibility) => ({
    name: `members-stranded-by-${visibility}`,
    description: `A shared image becomes ${visibility} while its member stays declared: applies once, and never again.`,
    expects: ["OSI-IMG-005", ...(visibility === "private" ? [] : ["OSI-IMG-004"])],
    blocks: true,
    state: applied(shared, member("staging")),
    config: config([image("golden", { visibility }), member("staging")]),
  })),
  {
    name: "members-stranded-by-for-each",
    description: "The same with three members of a for_each, by an image whose visibility is left out from now on.",
    expects: ["OSI-IMG-005"],
    blocks: true,
    state: [
      ...applied(shared),
      ...["a", "b", "c"].map((key) => held(member("all", { member_id: project(key) }), { key })),
    ],
    config: config([
      golden,
      member("all", {
        for_each: { a: project("a"), b: project("b"), c: project("c") },
        member_id: "${each.value}",
      }),
    ]),
  },
  {
    name: "member-removed",
    description: "A project loses access.",
    expects: ["OSI-IMG-008"],
    blocks: false,
    state: applied(shared, member("staging")),
    config: config([shared]),
  },
  {
    name: "member-replaced-by-project",
    description: "One project loses access, another gains it.",
    expects: ["OSI-IMG-008", "OSI-IMG-007"],
    blocks: false,
    state: applied(shared, member("staging")),
    config: config([shared, member("staging", { member_id: project("production") })]),
  },
  {
    name: "member-pending-again",
    description: "A shared image is replaced: its member is made anew, and must accept anew.",
    expects: ["OSI-IMG-008", "OSI-IMG-010"],
    blocks: false,
    state: applied(shared, member("staging")),
    config: config([image("golden", { visibility: "shared", image_source_url: pinned(NEW) }), member("staging")]),
  },
  {
    name: "member-forgotten",
    description: "A removed block lets go of a member: the project keeps its access, unseen.",
    expects: ["OSI-IMG-023"],
    blocks: false,
    state: applied(shared, member("staging")),
    config: config([shared], { removed: [{ from: `${MEMBER}.staging`, lifecycle: { destroy: false } }] }),
  },
  {
    name: "member-unknown-project",
    description: "Which project gains access is only known at apply.",
    expects: ["OSI-IMG-026", "OSI-IMG-007"],
    blocks: false,
    state: applied(shared),
    config: config([
      shared,
      terraformData("tenant", { input: project("staging") }),
      member("staging", { member_id: "${terraform_data.tenant.output}" }),
    ]),
  },
  {
    name: "members-and-visibility-together",
    description:
      "A shared image becomes private and its member goes in the same change, which works; a project loses access.",
    expects: ["OSI-IMG-008"],
    blocks: false,
    state: applied(shared, member("staging")),
    config: config([golden]),
  },
  {
    name: "shared-image-destroyed-with-member",
    description:
      "A protected shared image goes with its member: the member is gone, and the image's deletion is refused.",
    expects: ["OSI-IMG-002", "OSI-IMG-008", "OSI-IMG-027"],
    blocks: true,
    state: applied(image("golden", { visibility: "shared", protected: true }), member("staging")),
    config: config([]),
  },
];
