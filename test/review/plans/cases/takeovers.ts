import { config, type Declared, idOf, type PlanCase } from "../case";
import { cloudOf } from "../cloud";
import { IMAGE, SERVER, uuid, VOLUME } from "../ids";
import { applied, held, image, member, NEW, pinned, server, volume } from "../resources";

const golden = image("golden");
const bare = image("golden", { image_source_url: undefined });
const inCloud = (...blocks: readonly Declared[]) => ({ ...cloudOf(applied(...blocks)), refresh: false });
const imported = (type: string, name: string) => ({ import: [{ to: `${type}.${name}`, id: uuid(name) }] });
const forgets = (address: string) => ({ removed: [{ from: address, lifecycle: { destroy: false } }] });

/** What Terraform takes over, lets go, or plans only in part. A canned cloud answers where something is imported. */
export const TAKEOVERS: readonly PlanCase[] = [
  {
    name: "image-imported",
    description: "An image that exists is taken over as it is.",
    expects: [],
    blocks: false,
    state: [],
    config: config([bare], imported(IMAGE, "golden")),
    cloud: inCloud(bare),
  },
  {
    name: "image-imported-and-replaced",
    description:
      "An image is taken over with a URL: Terraform does not know where it came from, so that it is uploaded again and the old one deleted.",
    expects: ["OSI-IMG-010", "OSI-IMG-002"],
    blocks: true,
    state: [],
    config: config([image("golden", { protected: true })], imported(IMAGE, "golden")),
    cloud: inCloud(image("golden", { protected: true })),
  },
  {
    name: "image-imported-and-published",
    description: "A private image is taken over and becomes public.",
    expects: ["OSI-IMG-004"],
    blocks: true,
    state: [],
    config: config([image("golden", { image_source_url: undefined, visibility: "public" })], imported(IMAGE, "golden")),
    cloud: inCloud(bare),
  },
  {
    name: "server-imported-and-rebuilt",
    description: "A server is taken over under another image than it has: it is rebuilt.",
    expects: ["OSI-SRV-001"],
    blocks: true,
    state: [],
    config: config([server("web", { image_id: uuid("noble") })], imported(SERVER, "web")),
    cloud: inCloud(server("web", { image_id: uuid("jammy") })),
  },
  {
    name: "server-imported",
    description: "A server is taken over as it is.",
    expects: [],
    blocks: false,
    state: [],
    config: config([server("web", { image_id: uuid("jammy") })], imported(SERVER, "web")),
    cloud: inCloud(server("web", { image_id: uuid("jammy") })),
  },
  {
    name: "volume-imported-and-replaced",
    description:
      "A volume is taken over with the image it was made from, which the provider does not read: it is replaced.",
    expects: ["OSI-VOL-001"],
    blocks: true,
    state: [],
    config: config([volume("data", { image_id: uuid("jammy") })], imported(VOLUME, "data")),
    cloud: inCloud(volume("data", { image_id: uuid("jammy") })),
  },
  {
    name: "server-forgotten",
    description: "A removed block lets go of a server.",
    expects: ["OSI-IMG-023"],
    blocks: false,
    state: applied(golden, server("web")),
    config: config([golden], forgets(`${SERVER}.web`)),
  },
  {
    name: "volume-forgotten",
    description: "A removed block lets go of a volume.",
    expects: ["OSI-IMG-023"],
    blocks: false,
    state: applied(golden, volume("data")),
    config: config([golden], forgets(`${VOLUME}.data`)),
  },
  {
    name: "module-forgotten",
    description: "A removed block lets go of a module with an image and a member.",
    expects: ["OSI-IMG-023"],
    blocks: false,
    state: [image("golden", { visibility: "shared" }), member("staging")].map((block) =>
      held(block, { module: "module.catalogue" }),
    ),
    config: config([], forgets("module.catalogue")),
  },
  {
    name: "image-forgotten-beside-rebuild",
    description: "An image is let go while a server that held its id gets another image.",
    expects: ["OSI-SRV-001", "OSI-IMG-023"],
    blocks: true,
    state: applied(image("jammy"), server("web", { image_id: uuid("jammy") })),
    config: config([server("web", { image_id: uuid("noble") })], forgets(`${IMAGE}.jammy`)),
  },
  {
    name: "plan-errored-by-prevent-destroy",
    description: "A protected image may not be destroyed: Terraform stops, and what it planned up to there is a part.",
    expects: ["OSI-IMG-002", "OSI-IMG-010"],
    blocks: true,
    incomplete: "errored",
    state: applied(image("golden", { protected: true })),
    config: config([
      image("golden", { protected: true, image_source_url: pinned(NEW), lifecycle: { prevent_destroy: true } }),
    ]),
  },
  {
    name: "plan-errored-by-postcondition",
    description: "What Glance holds is not what was declared: the plan of anything fails.",
    expects: [],
    blocks: false,
    incomplete: "errored",
    state: applied(golden, server("web")),
    config: config([
      image("golden", {
        lifecycle: {
          postcondition: [
            { condition: '${self.checksum == "0"}', error_message: "DigestMismatch: it holds other bytes" },
          ],
        },
      }),
      server("web", { name: "www" }),
    ]),
  },
  {
    name: "plan-targeted",
    description:
      "Only one server was planned: what would happen to the rest, such as its other server's rebuild, does not show.",
    expects: [],
    blocks: false,
    incomplete: "targeted",
    state: applied(golden, server("web"), server("db")),
    config: config([golden, server("web", { name: "www" }), server("db", { image_id: uuid("noble") })], {
      output: { id: { value: idOf("golden") } },
    }),
    planArguments: [`-target=${SERVER}.web`],
  },
  {
    name: "plan-targeted-rebuild",
    description: "The one thing that was planned is a rebuild.",
    expects: ["OSI-SRV-001"],
    blocks: true,
    incomplete: "targeted",
    state: applied(golden, server("web"), server("db")),
    config: config([golden, server("web"), server("db", { image_id: uuid("noble") })]),
    planArguments: [`-target=${SERVER}.db`],
  },
];
