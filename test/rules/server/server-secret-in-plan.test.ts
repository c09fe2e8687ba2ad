import { SERVER_SECRET_IN_PLAN } from "../../../lib/rules/server/server-secret-in-plan";
import { found, type Given, literal, reference } from "../subjects";

const SECRET = "c4n4ry";
const server = (code: object, more: Partial<Given> = {}) =>
  found(SERVER_SECRET_IN_PLAN, [
    { address: "openstack_compute_instance_v2.web", actions: ["no-op"], before: {}, after: {}, code, ...more },
  ]);
const image = (code: object, after: object = {}) =>
  found(SERVER_SECRET_IN_PLAN, [{ address: "openstack_images_image_v2.img", actions: ["create"], after, code }]);
const provider = (expressions: object, key = "openstack", more: object = { name: "openstack" }) =>
  found(SERVER_SECRET_IN_PLAN, [], { providers: { [key]: { expressions, ...more } } });
const plain = (address: string, name: string) => `${address}: block: ${name} is in the plan in plain text`;

test("finds the password of a server", () => {
  expect(server({ admin_pass: literal(SECRET) })).toStrictEqual([
    plain("openstack_compute_instance_v2.web", "admin_pass"),
  ]);
});

test("finds user data, which need not be secret", () => {
  expect(server({ user_data: literal(`#cloud-config ${SECRET}`) })).toStrictEqual([
    "openstack_compute_instance_v2.web: warn: user_data is in the plan in plain text, with whatever secrets it holds",
  ]);
});

test("has another way out for user data", () => {
  const subject = {
    type: "openstack_compute_instance_v2",
    configured: { text: (name: string) => (name === "user_data" ? "x" : undefined) },
  };
  const [violation] = SERVER_SECRET_IN_PLAN.check(subject as never, {} as never);
  expect(violation?.fix).toStrictEqual(["keep secrets out of user_data: let the server fetch them"]);
});

test("finds the password of a source", () => {
  expect(image({ image_source_password: literal(SECRET) })).toStrictEqual([
    plain("openstack_images_image_v2.img", "image_source_password"),
  ]);
});

test.each([
  [`https://user:${SECRET}@host/image`],
  [`https://${SECRET}@host`],
  [`HTTP:\\\\user:${SECRET}@host/image`],
  [`https:/user:${SECRET}@host/image`],
])("finds credentials in a URL", (url) => {
  const said = [
    "openstack_images_image_v2.img: block: the user and password in image_source_url are in the plan in plain text",
  ];
  expect(image({ image_source_url: literal(url) })).toStrictEqual(said);
  expect(image({ image_source_url: reference("var.url") }, { image_source_url: url })).toStrictEqual(said);
});

test.each([
  ["https://host/a@b"],
  ["https://host?a@b"],
  ["https://host#a@b"],
  ["host/https://a@b"],
  ["user@host"],
  [""],
])("does not mind the URL %s", (url) => {
  expect(image({ image_source_url: literal(url) }, { image_source_url: url })).toStrictEqual([]);
});

test.each([["password"], ["token"], ["application_credential_secret"]])("finds %s of the provider", (name) => {
  expect(provider({ [name]: literal(SECRET) })).toStrictEqual([plain("provider.openstack", name)]);
  expect(provider({ [name]: literal(SECRET) }, "openstack.eu")).toStrictEqual([plain("provider.openstack.eu", name)]);
});

test("finds credentials in the provider's URL", () => {
  expect(provider({ auth_url: literal(`https://user:${SECRET}@keystone/v3`) })).toStrictEqual([
    "provider.openstack: block: the user and password in auth_url are in the plan in plain text",
  ]);
});

test("finds the provider by its source, whatever the code calls it", () => {
  const full_name = "registry.terraform.io/terraform-provider-openstack/openstack";
  expect(provider({ password: literal(SECRET) }, "os", { name: "os", full_name })).toStrictEqual([
    plain("provider.os", "password"),
  ]);
});

test("leaves other providers alone", () => {
  const full_name = "registry.terraform.io/hashicorp/openstack/x";
  expect(provider({ password: literal(SECRET) }, "x", { name: "x", full_name })).toStrictEqual([]);
  expect(provider({ password: literal(SECRET) }, "x", {})).toStrictEqual([]);
});

test("does not mind references, what is empty, nor other arguments", () => {
  expect(
    server({ admin_pass: reference("var.pass"), user_data: reference("var.data"), name: literal("a") }),
  ).toStrictEqual([]);
  expect(server({ admin_pass: literal(""), user_data: literal("") })).toStrictEqual([]);
  expect(server({}, { after: { admin_pass: SECRET, user_data: "sha1" } })).toStrictEqual([]);
  expect(
    provider({ password: reference("var.pass"), user_name: literal("u"), auth_url: literal("https://keystone/v3") }),
  ).toStrictEqual([]);
  expect(image({ user_data: literal("x"), admin_pass: literal("x"), auth_url: literal("https://a@b") })).toStrictEqual(
    [],
  );
});

test("does not mind a server that is no longer in the code", () => {
  expect(
    found(SERVER_SECRET_IN_PLAN, [
      { address: "openstack_compute_instance_v2.web", actions: ["delete"], before: { admin_pass: SECRET } },
    ]),
  ).toStrictEqual([]);
});
