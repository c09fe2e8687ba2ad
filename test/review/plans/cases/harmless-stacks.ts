import { config, idOf, type PlanCase } from "../case";
import { IMAGE } from "../ids";
import { applied, held, image, member, server, terraformData, volume } from "../resources";

const golden = image("golden");

/** Changes around images: outputs, other providers, modules. */
export const HARMLESS_STACKS: readonly PlanCase[] = [
  {
    name: "stack-unchanged",
    description: "An image, a member, servers and a volume, and nothing changes.",
    expects: [],
    blocks: false,
    state: applied(image("golden", { visibility: "shared" }), member("staging"), server("web"), volume("data")),
    config: config([image("golden", { visibility: "shared" }), member("staging"), server("web"), volume("data")]),
  },
  {
    name: "stack-empty",
    description: "Nothing is there and nothing is asked for.",
    expects: [],
    blocks: false,
    state: [],
    config: config([]),
  },
  {
    name: "output-added",
    description: "Only an output is new.",
    expects: [],
    blocks: false,
    state: applied(golden),
    config: config([golden], { output: { golden_id: { value: idOf("golden") } } }),
  },
  {
    name: "output-sensitive",
    description: "An output that nobody is to see.",
    expects: [],
    blocks: false,
    state: applied(golden),
    config: config([golden], {
      output: { token: { value: "${var.token}", sensitive: true } },
      variable: { token: { sensitive: true } },
    }),
    planArguments: ["-var=token=not-a-real-token"],
  },
  {
    name: "other-provider-replaced",
    description: "Something that is no part of a cloud is replaced.",
    expects: [],
    blocks: false,
    state: applied(golden, terraformData("note", { triggers_replace: "a" })),
    config: config([golden, terraformData("note", { triggers_replace: "b" })]),
  },
  {
    name: "other-provider-destroyed",
    description: "Something that is no part of a cloud is deleted.",
    expects: [],
    blocks: false,
    state: applied(golden, terraformData("note", { input: "a" })),
    config: config([golden]),
  },
  {
    name: "trigger-added",
    description: "A trigger for later replacements is added to an image and a server; it triggers none now.",
    expects: [],
    blocks: false,
    state: applied(golden, server("web")),
    config: config([
      terraformData("digest", { triggers_replace: "aaaa" }),
      image("golden", { lifecycle: { replace_triggered_by: ["terraform_data.digest"] } }),
      server("web", { lifecycle: { replace_triggered_by: ["terraform_data.digest"] } }),
    ]),
  },
  {
    name: "module-moved",
    description: "A whole module gets another name.",
    expects: [],
    blocks: false,
    state: [golden, server("web")].map((block) => held(block, { module: "module.app" })),
    config: config([], {
      module: { web: { source: "./app" } },
      moved: [{ from: "module.app", to: "module.web" }],
    }),
    modules: { app: config([golden, server("web")]) },
  },
  {
    name: "check-fails",
    description: "A check block warns that Glance has another os_distro than declared; the plan goes on.",
    expects: [],
    blocks: false,
    state: applied(golden),
    config: config([golden], {
      check: {
        golden: {
          assert: [
            {
              condition: `\${try(${IMAGE}.golden.properties["os_distro"], "") == "ubuntu"}`,
              error_message: "OsPropertiesDiffer: it has other os_* properties in Glance than declared",
            },
          ],
        },
      },
    }),
  },
  {
    name: "credentials-from-variable",
    description: "The provider's password comes from a sensitive variable.",
    expects: [],
    blocks: false,
    state: applied(golden),
    config: config([golden], {
      provider: { openstack: { user_name: "images", password: "${var.password}" } },
      variable: { password: { type: "string", sensitive: true } },
    }),
    planArguments: ["-var=password=not-a-real-password"],
  },
];
