import { planIn } from "../../lib/review/plan";
import { worldOf } from "../../lib/review/world";
import { type Given, NO_POLICY, planOf, reference } from "../rules/subjects";

const IMAGE = "openstack_images_image_v2";
const SERVER = "openstack_compute_instance_v2";

function world(...plans: object[]) {
  return worldOf(
    plans.map((plan, i) => planIn(JSON.stringify(plan), `${i}.json`)),
    NO_POLICY,
  );
}

/** The addresses and attributes that refer to an image. */
function users(of: ReturnType<typeof world>, address: string): string[] {
  return of.subjects
    .filter((subject) => subject.address === address)
    .flatMap((subject) => of.usesOf(subject).map(({ by, attribute }) => `${by.address} ${attribute}`));
}

const image = (address: string, more: Partial<Given> = {}): Given => ({
  address: `${IMAGE}.${address}`,
  actions: ["create"],
  after: {},
  ...more,
});
const server = (address: string, code: object, more: Partial<Given> = {}): Given => ({
  address: `${SERVER}.${address}`,
  actions: ["create"],
  after: {},
  code,
  ...more,
});

test("a reference is a use, in a block too, and once by each attribute", () => {
  const to = reference(`${IMAGE}.img.id`, `${IMAGE}.img`);
  const plan = planOf([image("img"), server("web", { image_id: to, block_device: [{ uuid: to }, { uuid: to }] })]);
  expect(users(world(plan), `${IMAGE}.img`)).toStrictEqual([`${SERVER}.web image_id`, `${SERVER}.web block_device`]);
});

test("of two that are repeated alike, each means the one with its own key", () => {
  const to = reference(`${IMAGE}.img`, "each.key");
  const plan = planOf([
    image('img["a"]', { index: "a" }),
    image('img["b"]', { index: "b" }),
    server('web["b"]', { image_id: to }, { index: "b" }),
    server("other", { image_id: to }),
  ]);
  expect(users(world(plan), `${IMAGE}.img["a"]`)).toStrictEqual([`${SERVER}.other image_id`]);
  expect(users(world(plan), `${IMAGE}.img["b"]`)).toStrictEqual([
    `${SERVER}.web["b"] image_id`,
    `${SERVER}.other image_id`,
  ]);
});

test("an id is a use, whoever wrote it, in another plan too", () => {
  const known = image("img", { actions: ["delete"], before: { id: "i" }, after: undefined });
  const stays = server("web", {}, { actions: ["no-op"], before: { image_id: "i" }, after: { image_id: "i" } });
  const disk = server("disk", {}, { after: { block_device: [{ uuid: "i" }, { uuid: null }, 3] } });
  const all = world(planOf([known]), planOf([stays, disk]));
  expect(users(all, `${IMAGE}.img`)).toStrictEqual([`${SERVER}.web image_id`, `${SERVER}.disk block_device`]);
});

test("modules are followed through their inputs and outputs", () => {
  const changes = planOf([
    { address: `module.images.${IMAGE}.img`, actions: ["create"], after: {} },
    { address: `module.servers.${SERVER}.web`, actions: ["create"], after: {} },
  ]);
  const configuration = {
    root_module: {
      module_calls: {
        images: {
          module: {
            resources: [{ address: `${IMAGE}.img`, expressions: {} }],
            outputs: { id: { expression: reference(`${IMAGE}.img.id`, `${IMAGE}.img`) } },
          },
        },
        servers: {
          expressions: { image: reference("module.images.id", "module.images") },
          module: { resources: [{ address: `${SERVER}.web`, expressions: { image_id: reference("var.image") } }] },
        },
      },
    },
  };
  expect(users(world({ ...changes, configuration }), `module.images.${IMAGE}.img`)).toStrictEqual([
    `module.servers.${SERVER}.web image_id`,
  ]);
});

test("stacks are followed through their states", () => {
  const images = {
    ...planOf([image("img")]),
    configuration: {
      root_module: {
        resources: [{ address: `${IMAGE}.img`, expressions: {} }],
        outputs: { golden: { expression: reference(`${IMAGE}.img.id`, `${IMAGE}.img`) } },
      },
    },
  };
  const servers = planOf([
    server("web", {
      image_id: reference("data.terraform_remote_state.images.outputs.golden", "data.terraform_remote_state.images"),
    }),
  ]);
  expect(users(world(images, servers), `${IMAGE}.img`)).toStrictEqual([`${SERVER}.web image_id`]);
  expect(
    users(
      world(
        images,
        planOf([server("web", { image_id: reference("data.terraform_remote_state.images.outputs.other") })]),
      ),
      `${IMAGE}.img`,
    ),
  ).toStrictEqual([]);
});

test("modules that call themselves end somewhere", () => {
  const module_calls = {
    a: {
      expressions: { x: reference("var.x", "module.a.x") },
      module: { outputs: { x: { expression: reference("var.x") } } },
    },
  };
  const plan = {
    ...planOf([server("web", { image_id: reference("module.a.x") })]),
    configuration: {
      root_module: {
        resources: [{ address: `${SERVER}.web`, expressions: { image_id: reference("module.a.x") } }],
        module_calls,
      },
    },
  };
  expect(world(plan).subjects).toHaveLength(1);
});
