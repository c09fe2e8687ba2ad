import { config, type PlanCase } from "../case";
import { MEMBER, project, uuid } from "../ids";
import { applied, held, image, member } from "../resources";

const shared = image("golden", { visibility: "shared" });

/** Who gains access, and what changes nothing of it. */
export const HARMLESS_MEMBERS: readonly PlanCase[] = [
  {
    name: "member-added",
    description: "A project gains access to a shared image.",
    expects: ["OSI-IMG-007"],
    blocks: false,
    state: applied(shared),
    config: config([shared, member("staging")]),
  },
  {
    name: "members-added-by-for-each",
    description: "Two projects more, of a for_each.",
    expects: ["OSI-IMG-007"],
    blocks: false,
    state: [...applied(shared), held(member("all", { member_id: project("a") }), { key: project("a") })],
    config: config([
      shared,
      member("all", {
        for_each: `\${toset(${JSON.stringify(["a", "b", "c"].map(project))})}`,
        member_id: "${each.key}",
      }),
    ]),
  },
  {
    name: "image-created-shared-with-member",
    description: "A new shared image with its digest and a member.",
    expects: ["OSI-IMG-007"],
    blocks: false,
    state: [],
    config: config([shared, member("staging")]),
  },
  {
    name: "member-of-image-elsewhere",
    description: "A member of an image that another stack tends: its visibility is not in the plan.",
    expects: ["OSI-IMG-007"],
    blocks: false,
    state: [],
    config: config([member("staging", { image_id: uuid("elsewhere") })]),
  },
  {
    name: "member-status-declared",
    description: "The status of a member is declared from now on, as it is.",
    expects: [],
    blocks: false,
    state: applied(shared, member("staging")),
    config: config([shared, member("staging", { status: "accepted" })]),
  },
  {
    name: "member-moved",
    description: "A member gets another address.",
    expects: [],
    blocks: false,
    state: applied(shared, member("staging")),
    config: config([shared, member("stage", { member_id: project("staging") })], {
      moved: [{ from: `${MEMBER}.staging`, to: `${MEMBER}.stage` }],
    }),
  },
  {
    name: "acceptance-created",
    description: "A project accepts an image of another one.",
    expects: [],
    blocks: false,
    state: [],
    config: config([
      {
        type: "openstack_images_image_access_accept_v2",
        name: "golden",
        args: { image_id: uuid("elsewhere"), status: "accepted" },
      },
    ]),
  },
];
