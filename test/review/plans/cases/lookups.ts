import { config, idOf, type PlanCase } from "../case";
import { cloudWith, glanceImage } from "../cloud";
import { uuid } from "../ids";
import { applied, held, image, NEW, server, serverOnVolume, terraformData, volume } from "../resources";

const DATA = "data.openstack_images_image_v2";
const found = (build: string, created: string) => ({
  ...glanceImage(applied(image(build))[0].attributes),
  name: "noble",
  created_at: created,
});
const before = found("jammy", "2026-01-20T09:30:00Z");
const after = found("noble", "2026-03-02T09:30:00Z");
const cloud = cloudWith(before, after);
const lookup = { data: { openstack_images_image_v2: { latest: { name: "noble", most_recent: true } } } };
const latest = { image_id: idOf("latest", DATA) };
const onJammy = applied(server("web", { image_id: uuid("jammy") }));
const LOOKED_UP = "A canned Glance has a newer image of that name.";

/** Images that a data source finds: another one tomorrow, with no line of code changed. */
export const LOOKUPS: readonly PlanCase[] = [
  {
    name: "lookup-moved-server",
    description: `The most recent image of a name is another one: a server is rebuilt. ${LOOKED_UP}`,
    expects: ["OSI-SRV-001", "OSI-IMG-024"],
    blocks: true,
    state: onJammy,
    config: config([server("web", latest)], lookup),
    cloud,
  },
  {
    name: "lookup-moved-volume",
    description: `A volume follows the most recent image: it is replaced. ${LOOKED_UP}`,
    expects: ["OSI-VOL-001", "OSI-IMG-024"],
    blocks: true,
    state: applied(volume("data", { image_id: uuid("jammy") })),
    config: config([volume("data", latest)], lookup),
    cloud,
  },
  {
    name: "lookup-moved-boot-volume",
    description: `A server's root volume is made from the most recent image: the server is replaced. ${LOOKED_UP}`,
    expects: ["OSI-SRV-002", "OSI-VOL-003", "OSI-IMG-024"],
    blocks: true,
    state: applied(serverOnVolume("web", { uuid: uuid("jammy") })),
    config: config([serverOnVolume("web", { uuid: idOf("latest", DATA) })], lookup),
    cloud,
  },
  {
    name: "lookup-by-pattern-moved",
    description: `A pattern of names finds another image. ${LOOKED_UP}`,
    expects: ["OSI-SRV-001", "OSI-IMG-024"],
    blocks: true,
    state: onJammy,
    config: config([server("web", latest)], {
      data: { openstack_images_image_v2: { latest: { name_regex: "^nob", most_recent: true } } },
    }),
    cloud,
  },
  {
    name: "lookup-of-ids-moved",
    description: `The first id of a list is another. ${LOOKED_UP}`,
    expects: ["OSI-SRV-001", "OSI-IMG-024"],
    blocks: true,
    state: onJammy,
    config: config([server("web", { image_id: "${data.openstack_images_image_ids_v2.all.ids[0]}" })], {
      data: { openstack_images_image_ids_v2: { all: { name: "noble", sort: "created_at:desc" } } },
    }),
    cloud,
  },
  {
    name: "lookup-moved-in-module",
    description: `The look-up and the servers of a for_each are in a module. ${LOOKED_UP}`,
    expects: ["OSI-SRV-001", "OSI-IMG-024"],
    blocks: true,
    state: ["a", "b"].map((key) =>
      held(server("web", { name: "${each.key}", image_id: uuid("jammy") }), { key, module: "module.app" }),
    ),
    config: config([], { module: { app: { source: "./app" } } }),
    modules: {
      app: config([server("web", { ...latest, for_each: '${toset(["a", "b"])}', name: "${each.key}" })], lookup),
    },
    cloud,
  },
  {
    name: "lookup-moved-through-module",
    description: `The look-up is in the root, the server in a module that gets its id. ${LOOKED_UP}`,
    expects: ["OSI-SRV-001", "OSI-IMG-024"],
    blocks: true,
    state: [held(server("web", { image_id: uuid("jammy") }), { module: "module.app" })],
    config: config([], { ...lookup, module: { app: { source: "./app", ...latest } } }),
    modules: { app: config([server("web", { image_id: "${var.image_id}" })], { variable: { image_id: {} } }) },
    cloud,
  },
  {
    name: "lookup-at-apply",
    description:
      "The look-up waits for a value that is only known at apply, so that the image may be any: the server is rebuilt.",
    expects: ["OSI-SRV-001", "OSI-IMG-024"],
    blocks: true,
    state: onJammy,
    config: config([terraformData("build", { input: NEW }), server("web", latest)], {
      data: { openstack_images_image_v2: { latest: { name: "${terraform_data.build.output}", most_recent: true } } },
    }),
  },
  {
    name: "lookup-unchanged",
    description: "The most recent image is the one that the server has. A canned Glance answers.",
    expects: [],
    blocks: false,
    state: onJammy,
    config: config([server("web", latest)], lookup),
    cloud: cloudWith(before),
  },
  {
    name: "lookup-for-new-server",
    description: "A new server boots from the most recent image. A canned Glance answers.",
    expects: [],
    blocks: false,
    state: [],
    config: config([server("web", latest)], lookup),
    cloud,
  },
  {
    name: "lookup-moved-server-ignores",
    description: `The most recent image is another, and the server ignores that. ${LOOKED_UP}`,
    expects: [],
    blocks: false,
    state: onJammy,
    config: config([server("web", { ...latest, lifecycle: { ignore_changes: ["image_id"] } })], lookup),
    cloud,
  },
];
