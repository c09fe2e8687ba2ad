import { config, type PlanCase } from "../case";
import { uuid } from "../ids";
import { applied, image, NEW, server, serverOnVolume, unpinned } from "../resources";

const golden = image("golden");

/** Secrets that stand in the plan in clear, where whoever reads it can read them. */
export const SECRETS: readonly PlanCase[] = [
  {
    name: "secret-provider-password",
    description: "The provider's password is a literal of the configuration; nothing else changes.",
    expects: ["OSI-SRV-005"],
    blocks: true,
    state: applied(golden),
    config: config([golden], { provider: { openstack: { user_name: "images", password: "not-a-real-password" } } }),
  },
  {
    name: "secret-provider-application-credential",
    description: "The secret of an application credential is a literal, which the provider does not call sensitive.",
    expects: ["OSI-SRV-005"],
    blocks: true,
    state: applied(golden),
    config: config([golden], {
      provider: {
        openstack: { application_credential_id: "0a0a", application_credential_secret: "not-a-real-secret" },
      },
    }),
  },
  {
    name: "secret-admin-pass",
    description: "A new server has a literal administrator's password.",
    expects: ["OSI-SRV-005"],
    blocks: true,
    state: applied(golden),
    config: config([golden, server("web", { admin_pass: "not-a-real-password" })]),
  },
  {
    name: "secret-admin-pass-in-module",
    description: "The same in a module.",
    expects: ["OSI-SRV-005"],
    blocks: true,
    state: [],
    config: config([], { module: { app: { source: "./app" } } }),
    modules: { app: config([server("web", { image_id: uuid("noble"), admin_pass: "not-a-real-password" })]) },
  },
  {
    name: "secret-user-data-literal",
    description:
      "User data is a literal: readable in the plan, while the change holds its SHA-1 alone. A warning, as most user data is no secret.",
    expects: ["OSI-SRV-005"],
    blocks: false,
    state: applied(golden),
    config: config([golden, serverOnVolume("web", {}, { user_data: "#cloud-config\npassword: not-real\n" })]),
  },
  {
    name: "secret-url-userinfo",
    description: "The URL of an image holds a user's name and password.",
    expects: ["OSI-SRV-005", "OSI-IMG-012", "OSI-IMG-013"],
    blocks: true,
    state: [],
    config: config([
      image("golden", {
        image_source_url: unpinned(NEW).replace("//", "//robot:not-a-real-password@"),
        visibility: "shared",
      }),
    ]),
  },
  {
    name: "secret-auth-url-userinfo",
    description: "The provider's own URL holds a password.",
    expects: ["OSI-SRV-005"],
    blocks: true,
    state: applied(golden),
    config: config([golden], {
      provider: { openstack: { auth_url: "https://images:not-a-real-password@keystone.example.org/v3" } },
    }),
  },
];
