import { config, idOf, type PlanCase } from "../case";
import { uuid, VOLUME } from "../ids";
import {
  applied,
  attachment,
  held,
  image,
  NEW,
  pinned,
  server,
  serverOnVolume,
  terraformData,
  volume,
} from "../resources";

const golden = image("golden");
const replaced = image("golden", { image_source_url: pinned(NEW) });

/** Volumes that lose their data. */
export const VOLUMES: readonly PlanCase[] = [
  {
    name: "volume-replaced-by-image",
    description: "A volume is made from an image that gets other bytes: it is deleted and made again.",
    expects: ["OSI-VOL-001", "OSI-IMG-010"],
    blocks: true,
    state: applied(golden, volume("data")),
    config: config([replaced, volume("data")]),
  },
  {
    name: "volume-replaced-by-literal-id",
    description: "The literal image id of a volume becomes another.",
    expects: ["OSI-VOL-001"],
    blocks: true,
    state: applied(volume("data", { image_id: uuid("jammy") })),
    config: config([volume("data", { image_id: uuid("noble") })]),
  },
  {
    name: "volume-replaced-by-zone",
    description: "A volume moves to another availability zone, which has nothing to do with images.",
    expects: ["OSI-VOL-001"],
    blocks: true,
    state: applied(volume("data", { image_id: undefined, availability_zone: "nova" })),
    config: config([volume("data", { image_id: undefined, availability_zone: "zone-b" })]),
  },
  {
    name: "volume-replaced-by-trigger",
    description: "replace_triggered_by the id of an image while image_id itself is ignored.",
    expects: ["OSI-VOL-001"],
    blocks: true,
    state: applied(
      terraformData("trigger", { triggers_replace: uuid("jammy") }),
      volume("data", { image_id: uuid("jammy") }),
    ),
    config: config([
      terraformData("trigger", { triggers_replace: uuid("noble") }),
      volume("data", {
        image_id: uuid("noble"),
        lifecycle: { ignore_changes: ["image_id"], replace_triggered_by: ["terraform_data.trigger"] },
      }),
    ]),
  },
  {
    name: "volume-replaced-create-before-destroy",
    description: "A volume is replaced by one that is made first.",
    expects: ["OSI-VOL-001"],
    blocks: true,
    state: applied(volume("data", { image_id: uuid("jammy") })),
    config: config([volume("data", { image_id: uuid("noble"), lifecycle: { create_before_destroy: true } })]),
  },
  {
    name: "volumes-replaced-by-for-each",
    description: "Two volumes of a for_each follow one image.",
    expects: ["OSI-VOL-001", "OSI-IMG-010"],
    blocks: true,
    state: [...applied(golden), ...["a", "b"].map((key) => held(volume("data", { name: "${each.key}" }), { key }))],
    config: config([replaced, volume("data", { for_each: '${toset(["a", "b"])}', name: "${each.key}" })]),
  },
  {
    name: "volume-replaced-with-attachment",
    description: "A volume that is attached to a server is replaced, and its attachment with it; the server stays.",
    expects: ["OSI-VOL-001", "OSI-IMG-010"],
    blocks: true,
    state: applied(golden, volume("data"), server("web", { image_id: uuid("jammy") }), attachment("data")),
    config: config([replaced, volume("data"), server("web", { image_id: uuid("jammy") }), attachment("data")]),
  },
  {
    name: "volume-destroyed",
    description: "A volume is taken out of the configuration.",
    expects: ["OSI-VOL-002"],
    blocks: true,
    state: applied(golden, volume("data")),
    config: config([golden]),
  },
  {
    name: "volume-destroyed-with-module",
    description: "A module that held a volume is taken out.",
    expects: ["OSI-VOL-002"],
    blocks: true,
    state: [...applied(golden), held(volume("data"), { module: "module.storage" })],
    config: config([golden]),
  },
  {
    name: "volume-destroyed-by-key",
    description: "One key of a for_each is gone.",
    expects: ["OSI-VOL-002"],
    blocks: true,
    state: ["a", "b"].map((key) => held(volume("data", { name: "${each.key}", image_id: undefined }), { key })),
    config: config([volume("data", { for_each: '${toset(["a"])}', name: "${each.key}", image_id: undefined })]),
  },
  {
    name: "volume-moved-and-replaced",
    description: "A volume gets another address and another image.",
    expects: ["OSI-VOL-001"],
    blocks: true,
    state: applied(volume("old", { name: "data", image_id: uuid("jammy") })),
    config: config([volume("data", { image_id: uuid("noble") })], {
      moved: [{ from: `${VOLUME}.old`, to: `${VOLUME}.data` }],
    }),
  },
  {
    name: "boot-volume-of-its-own-replaced",
    description: "A server boots from a declared volume, which is made from an image that changes: both are replaced.",
    expects: ["OSI-VOL-001", "OSI-SRV-002", "OSI-IMG-010"],
    blocks: true,
    state: applied(
      golden,
      volume("data"),
      serverOnVolume("web", { uuid: idOf("data", VOLUME), source_type: "volume", delete_on_termination: false }),
    ),
    config: config([
      replaced,
      volume("data"),
      serverOnVolume("web", { uuid: idOf("data", VOLUME), source_type: "volume", delete_on_termination: false }),
    ]),
  },
  {
    name: "everything-at-once",
    description:
      "One image of two gets other bytes: a server is rebuilt, another replaced, a volume replaced, while the other image's stay.",
    expects: ["OSI-SRV-001", "OSI-SRV-002", "OSI-VOL-001", "OSI-VOL-003", "OSI-IMG-010"],
    blocks: true,
    state: applied(
      golden,
      image("other"),
      server("web"),
      serverOnVolume("db"),
      volume("data"),
      server("kept", { image_id: idOf("other") }),
    ),
    config: config([
      replaced,
      image("other"),
      server("web"),
      serverOnVolume("db"),
      volume("data"),
      server("kept", { image_id: idOf("other") }),
    ]),
  },
];
