import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { TerraformVariable } from "cdktf";
import { Flavor, type FlavorLookupOptions } from "cdktf-openstack-images";
import { blocks, failure, only, synth } from "../support/synth";
import { FLAVOR, foundIsPublic, IMAGE_ID, newServer, SERVER } from "./samples";

const BLOCK = { name: "Web", image_id: IMAGE_ID, lifecycle: { ignore_changes: ["image_id"] } };

test("a flavor by its id comes out as an id, and is not looked up", () => {
  const result = synth((stack) => newServer(stack, { flavor: Flavor.fromFlavorId("any text") }));
  expect(only(result, SERVER)).toStrictEqual({ ...BLOCK, flavor_id: "any text" });
  expect(blocks(result, FLAVOR)).toStrictEqual({});
});

test("a flavor by its name comes out as a name, and is not looked up", () => {
  const result = synth((stack) => newServer(stack, { flavor: Flavor.fromFlavorName("m1.small") }));
  expect(only(result, SERVER)).toStrictEqual({ ...BLOCK, flavor_name: "m1.small" });
  expect(blocks(result, FLAVOR)).toStrictEqual({});
});

test("what is known of a flavor does not come out", () => {
  const known = { ramMb: 512, diskGb: 0 };
  const [byId, byName] = [Flavor.fromFlavorId("42", known), Flavor.fromFlavorName("m1.small", known)];
  expect([byId, byName].map(({ ramMb, diskGb }) => ({ ramMb, diskGb }))).toStrictEqual([known, known]);
  expect(
    only(
      synth((stack) => newServer(stack, { flavor: byId })),
      SERVER,
    ),
  ).toStrictEqual({ ...BLOCK, flavor_id: "42" });
  expect(
    only(
      synth((stack) => newServer(stack, { flavor: byName })),
      SERVER,
    ),
  ).toStrictEqual({
    ...BLOCK,
    flavor_name: "m1.small",
  });
});

test.each([
  [{ ramMb: 0 }, "'ramMb' must be a whole number, 1 or more, got 0"],
  [{ ramMb: 0.5 }, "'ramMb' must be a whole number, 1 or more, got 0.5"],
  [{ diskGb: -1 }, "'diskGb' must be a whole number, 0 or more, got -1"],
  [{ diskGb: 1.5 }, "'diskGb' must be a whole number, 0 or more, got 1.5"],
])("fails when a flavor is said to have %j", (attributes, message) => {
  const flavor = Flavor.fromFlavorId("42", attributes);
  expect(failure((stack) => newServer(stack, { flavor }))).toBe(
    `the flavor's ${message}; write it as a number, rounded up [AmountNotWhole at test/Web]`,
  );
});

describe("a flavor by lookup", () => {
  const looked = (options: FlavorLookupOptions) =>
    synth((stack) => newServer(stack, { flavor: Flavor.fromLookup(stack, "Small", options) }));

  test("is found by its name, and taken by its id", () => {
    const result = looked({ flavorName: "m1.small" });
    expect(blocks(result, FLAVOR)).toStrictEqual({ Small: { name: "m1.small" } });
    expect(only(result, SERVER)).toStrictEqual({ ...BLOCK, flavor_id: `\${${FLAVOR}.Small.id}` });
  });

  test("is found by its id", () => {
    expect(only(looked({ flavorId: "42" }), FLAVOR)).toStrictEqual({ flavor_id: "42" });
  });

  test("takes a region", () => {
    expect(only(looked({ flavorId: "42", region: "RegionTwo" }), FLAVOR)).toStrictEqual({
      flavor_id: "42",
      region: "RegionTwo",
    });
  });

  test("has a name that is text, never a template", () => {
    expect(only(looked({ flavorName: "${a} %{b}" }), FLAVOR)).toStrictEqual({ name: "$${a} %%{b}" });
  });

  test("takes a provider, and waits for what it is told to", () => {
    const result = synth((stack) => {
      const provider = new OpenstackProvider(stack, "staging", { alias: "staging" });
      const server = newServer(stack);
      Flavor.fromLookup(stack, "Small", { flavorName: "m1.small", provider, dependsOn: [server.resource] });
    });
    expect(only(result, FLAVOR)).toStrictEqual({
      name: "m1.small",
      provider: "openstack.staging",
      depends_on: [`${SERVER}.Web`],
    });
  });

  test("tells its memory and disk to whoever asks", () => {
    const result = synth((stack) => {
      const flavor = Flavor.fromLookup(stack, "Small", { flavorName: "m1.small" });
      new TerraformVariable(stack, "Ram", { type: "number", default: flavor.ramMb });
      new TerraformVariable(stack, "Disk", { type: "number", default: flavor.diskGb });
    });
    expect(result.json.variable).toStrictEqual({
      Ram: { type: "number", default: `\${${FLAVOR}.Small.ram}` },
      Disk: { type: "number", default: `\${${FLAVOR}.Small.disk}` },
    });
  });

  test.each<[FlavorLookupOptions, object]>([
    [{ ramMb: 2048 }, { ram: 2048 }],
    [{ diskGb: 20 }, { disk: 20 }],
    [{ vcpus: 2 }, { vcpus: 2 }],
    [{ minRamMb: 1024 }, { min_ram: 1024 }],
    [{ minDiskGb: 10 }, { min_disk: 10 }],
    [{ swapMb: 512 }, { swap: 512 }],
    [{ rxTxFactor: 1.5 }, { rx_tx_factor: 1.5 }],
    [{ isPublic: true }, { is_public: true, ...foundIsPublic("true") }],
    [{ isPublic: false }, { is_public: false, ...foundIsPublic("false") }],
    [{ description: "of the ${web}" }, { description: "of the $${web}" }],
  ])("is found by %j alone", (options, argument) => {
    expect(only(looked(options), FLAVOR)).toStrictEqual(argument);
  });

  test("is found by all but its id together", () => {
    const options = {
      flavorName: "m1.small",
      ramMb: 2048,
      diskGb: 20,
      vcpus: 2,
      minRamMb: 1,
      minDiskGb: 1,
      swapMb: 1,
      rxTxFactor: 1,
      isPublic: true,
      description: "small",
      region: "RegionTwo",
    };
    expect(only(looked(options), FLAVOR)).toStrictEqual({
      name: "m1.small",
      ram: 2048,
      disk: 20,
      vcpus: 2,
      min_ram: 1,
      min_disk: 1,
      swap: 1,
      rx_tx_factor: 1,
      is_public: true,
      description: "small",
      region: "RegionTwo",
      ...foundIsPublic("true"),
    });
  });

  const NOTHING: Record<keyof FlavorLookupOptions, undefined> = {
    flavorId: undefined,
    flavorName: undefined,
    ramMb: undefined,
    diskGb: undefined,
    vcpus: undefined,
    minRamMb: undefined,
    minDiskGb: undefined,
    swapMb: undefined,
    rxTxFactor: undefined,
    isPublic: undefined,
    description: undefined,
    provider: undefined,
    region: undefined,
    dependsOn: undefined,
  };

  test("has no argument for what is undefined", () => {
    expect(only(looked({ ...NOTHING, flavorId: "42" }), FLAVOR)).toStrictEqual({ flavor_id: "42" });
    expect(only(looked({ ...NOTHING, vcpus: 2 }), FLAVOR)).toStrictEqual({ vcpus: 2 });
  });

  test.each<[string, FlavorLookupOptions, string]>([
    ["nothing to look for is", {}, "neither"],
    ["nothing but undefined is", NOTHING, "neither"],
    ["nothing but a region is", { region: "RegionTwo" }, "neither"],
    ["both name and id are", { flavorName: "m1.small", flavorId: "42" }, "both"],
    ["an id and an amount are", { vcpus: 2, flavorId: "42" }, "both"],
    ["an id and a flag are", { isPublic: false, flavorId: "42" }, "both"],
  ])("fails when %s given", (_, options, got) => {
    expect(failure((stack) => Flavor.fromLookup(stack, "Small", options))).toBe(
      `'flavorId' must be given, or what else to look for, got ${got}; { flavorName: ... } finds one by its name ` +
        "[FlavorLookupAmbiguous at test/Small]",
    );
  });

  test.each(["flavorName", "flavorId", "description"])("fails when %s is empty", (prop) => {
    expect(failure((stack) => Flavor.fromLookup(stack, "Small", { [prop]: "" }))).toBe(
      `'${prop}' must have a character that is no space, got ""; give it one, or leave it out [NameEmpty at test/Small]`,
    );
  });

  test.each(["ramMb", "diskGb", "vcpus", "swapMb", "minRamMb", "minDiskGb"])(
    "fails when '%s' is nothing, which the provider takes for any",
    (prop) => {
      for (const amount of [0, -1, 1.5]) {
        expect(failure((stack) => Flavor.fromLookup(stack, "Small", { [prop]: amount }))).toBe(
          `'${prop}' must be a whole number, 1 or more, got ${amount}; write it as a number, rounded up ` +
            "[AmountNotWhole at test/Small]",
        );
      }
    },
  );
});

test.each([0, -1, NaN])(
  "fails when the share of bandwidth of a flavor by lookup is %d, of which 0 is any to the provider",
  (rxTxFactor) => {
    expect(failure((stack) => Flavor.fromLookup(stack, "Small", { rxTxFactor }))).toContain("'rxTxFactor' must ");
  },
);

describe("a flavor without lookup", () => {
  test.each([
    ["id", Flavor.fromFlavorId("")],
    ["name", Flavor.fromFlavorName("")],
  ])("fails when its %s is empty", (_, flavor) => {
    expect(failure((stack) => newServer(stack, { flavor }))).toContain("[NameEmpty at test/Web]");
  });
});
