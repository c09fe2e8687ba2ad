import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type TerraformStack, TerraformVariable, Token } from "cdktf";
import {
  BootSource,
  Flavor,
  type FlavorAttributes,
  type FlavorLookupOptions,
  type ImageChange,
  NetworkInterface,
  type NetworkOptions,
  type NewVolumeOptions,
  type ServerProps,
  UserData,
  type VolumeAttachmentOptions,
  type VolumeProps,
} from "cdktf-openstack-images";
import * as ts from "typescript";
import { type Block, failure, only, synth } from "../support/synth";
import {
  ATTACHMENT,
  FLAVOR,
  IMAGE_ID,
  imageOf,
  NETWORK_ID,
  newServer,
  newVolume,
  SERVER,
  SERVER_BLOCK,
  VOLUME,
  VOLUME_BLOCK,
  VOLUME_ID,
} from "./samples";

/** Values that only Terraform knows, of every type that a prop has. */
class Later {
  constructor(private readonly stack: TerraformStack) {}

  private variable(id: string, type: string): TerraformVariable {
    const found = this.stack.node.tryFindChild(id) as TerraformVariable | undefined;
    return found ?? new TerraformVariable(this.stack, id, { type });
  }

  get text() {
    return this.variable("Text", "string").stringValue;
  }

  get amount() {
    return this.variable("Amount", "number").numberValue;
  }

  get flag() {
    return this.variable("Flag", "bool").booleanValue;
  }

  get list() {
    return this.variable("List", "list(string)").listValue;
  }

  get map() {
    return Token.asStringMap(this.variable("Map", "map(string)").value);
  }

  get secret() {
    return new TerraformVariable(this.stack, "Secret", { type: "string", sensitive: true });
  }
}

/** For each prop how it is given, and what differs in the block. */
type Table<T> = Record<string, readonly [given: (later: Later) => T, argument: Block]>;

function testTable<T>(table: Table<T>, rendered: (build: (later: Later) => T) => Block, block: Block): void {
  test.each(Object.entries(table))("%s as a token stands in the block untouched", (_, [given, argument]) => {
    expect(rendered(given)).toStrictEqual({ ...block, ...argument });
  });
}

const NO_VALUES = ["provider", "dependsOn"];

/** The props of an interface of the library as its source has them, so that a new prop needs a row. */
function propsOf(file: string, name: string): string[] {
  const path = join(__dirname, "..", "..", "lib", file);
  const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2022);
  const found = source.statements.find((node) => ts.isInterfaceDeclaration(node) && node.name.text === name);
  if (!found || !ts.isInterfaceDeclaration(found)) throw new Error(`${file} has no interface ${name}`);
  const inherited = found.heritageClauses ? propsOf("core/openstack-construct.ts", "OpenstackProps") : [];
  return [...inherited, ...found.members.map((member) => (member.name as ts.Identifier).text)];
}

function testCoverage(file: string, name: string, table: object, others: readonly string[] = []): void {
  test(`every prop of ${name} is given as a token`, () => {
    const values = propsOf(file, name).filter((prop) => !NO_VALUES.includes(prop));
    expect([...Object.keys(table), ...others].sort()).toStrictEqual(values.sort());
  });
}

const blockDevice = (values: Block) => ({
  name: "Web",
  flavor_id: "42",
  block_device: [{ destination_type: "volume", boot_index: 0, ...values }],
});

describe("a server", () => {
  const table: Table<Partial<ServerProps>> = {
    serverName: [({ text }) => ({ serverName: text }), { name: "${var.Text}" }],
    keyPairName: [({ text }) => ({ keyPairName: text }), { key_pair: "${var.Text}" }],
    securityGroupNames: [({ list }) => ({ securityGroupNames: list }), { security_groups: "${var.List}" }],
    configDrive: [({ flag }) => ({ configDrive: flag }), { config_drive: "${var.Flag}" }],
    metadata: [({ map }) => ({ metadata: map }), { metadata: "${var.Map}" }],
    availabilityZone: [({ text }) => ({ availabilityZone: text }), { availability_zone: "${var.Text}" }],
    region: [({ text }) => ({ region: text }), { region: "${var.Text}" }],
    adminPassword: [({ secret }) => ({ adminPassword: secret }), { admin_pass: "${var.Secret}" }],
    userData: [({ text }) => ({ userData: UserData.fromText(text) }), { user_data: "${var.Text}" }],
    boot: [
      ({ text }) => ({ boot: BootSource.fromImage({ imageId: text }) }),
      { image_id: "${var.Text}", lifecycle: { ignore_changes: ["image_id"] } },
    ],
    flavor: [({ text }) => ({ flavor: Flavor.fromFlavorId(text) }), { flavor_id: "${var.Text}" }],
    networkInterfaces: [
      ({ text }) => ({ networkInterfaces: [NetworkInterface.onNetwork(text), NetworkInterface.fromPort(text)] }),
      { network: [{ uuid: "${var.Text}" }, { port: "${var.Text}" }] },
    ],
  };
  const rendered = (given: (later: Later) => Partial<ServerProps>) =>
    only(
      synth((stack) => newServer(stack, given(new Later(stack)))),
      SERVER,
    );

  testTable(table, rendered, SERVER_BLOCK);
  testCoverage("launch/server.ts", "ServerProps", table, ["onImageChange"]);

  test("takes tokens within collections and text", () => {
    const given = ({ text }: Later) => ({
      securityGroupNames: ["web", text],
      metadata: { zone: text, role: `web-${text}-\${x}` },
    });
    expect(rendered(given)).toStrictEqual({
      ...SERVER_BLOCK,
      security_groups: ["web", "${var.Text}"],
      metadata: { zone: "${var.Text}", role: "web-${var.Text}-$${x}" },
    });
  });

  test("takes a token as a key", () => {
    expect(rendered(({ text }) => ({ metadata: { [text]: "web" } }))).toStrictEqual({
      ...SERVER_BLOCK,
      metadata: { "${var.Text}": "web" },
    });
  });

  test("takes a flavor's name that only Terraform knows", () => {
    const { flavor_id: _, ...block } = SERVER_BLOCK;
    expect(rendered(({ text }) => ({ flavor: Flavor.fromFlavorName(text) }))).toStrictEqual({
      ...block,
      flavor_name: "${var.Text}",
    });
  });

  test.each<[string, (later: Later, stack: TerraformStack) => void]>([
    ["a server", ({ text }, stack) => newServer(stack, { onImageChange: text as ImageChange })],
    ["a volume", ({ text }, stack) => newVolume(stack, { image: imageOf(), onImageChange: text as ImageChange })],
  ])("fails when the mode of %s is a token, which no lifecycle can take", (_, build) => {
    expect(failure((stack) => build(new Later(stack), stack))).toContain(
      "'onImageChange' must be known at synth and one of IGNORE, REPLACE, REBUILD, got a value that only Terraform knows; " +
        "use one of these [ChoiceUnknown at test/",
    );
  });

  test.each<[string, (later: Later, stack: TerraformStack) => void]>([
    [
      "a server on a volume that exists",
      ({ text }, stack) => {
        newServer(stack, { boot: BootSource.fromVolume({ volumeId: VOLUME_ID }), onImageChange: text as ImageChange });
      },
    ],
    ["a blank volume", ({ text }, stack) => newVolume(stack, { onImageChange: text as ImageChange })],
  ])("fails when the mode of %s is a token, and does not show how cdktf encodes it", (_, build) => {
    const message = failure((stack) => build(new Later(stack), stack));
    expect(message).toMatch(/\[(ImageChangeWithoutImage|ChoiceUnknown) at test\//);
    expect(message).not.toContain("TfToken");
  });
});

describe("a new volume", () => {
  const table: Table<NewVolumeOptions> = {
    sizeGb: [({ amount }) => ({ sizeGb: amount, deleteOnTermination: true }), { volume_size: "${var.Amount}" }],
    deleteOnTermination: [
      ({ flag }) => ({ sizeGb: 20, deleteOnTermination: flag }),
      { delete_on_termination: "${var.Flag}" },
    ],
    volumeType: [
      ({ text }) => ({ sizeGb: 20, deleteOnTermination: true, volumeType: text }),
      { volume_type: "${var.Text}" },
    ],
  };
  const base = { uuid: IMAGE_ID, source_type: "image", volume_size: 20, delete_on_termination: true };

  test.each(Object.entries(table))("'%s' as a token stands in the block untouched", (_, [given, argument]) => {
    const result = synth((stack) => {
      const boot = BootSource.fromNewVolume(imageOf(), given(new Later(stack)));
      newServer(stack, { boot, networkInterfaces: [NetworkInterface.onNetwork(NETWORK_ID)] });
    });
    expect(only(result, SERVER)).toStrictEqual({
      ...blockDevice({ ...base, ...argument }),
      network: [{ uuid: NETWORK_ID }],
      lifecycle: { ignore_changes: ["block_device[0].uuid"] },
    });
  });
  testCoverage("launch/boot-source.ts", "NewVolumeOptions", table);

  test("takes an image's id that only Terraform knows", () => {
    const result = synth((stack) => {
      const image = { imageId: new Later(stack).text };
      newServer(stack, { boot: BootSource.fromNewVolume(image, { sizeGb: 20, deleteOnTermination: true }) });
    });
    expect(only(result, SERVER).block_device[0].uuid).toBe("${var.Text}");
  });

  test("of a size that only Terraform knows is compared with the image there", () => {
    const result = synth((stack) => {
      const { amount } = new Later(stack);
      const boot = BootSource.fromNewVolume(imageOf({ minDiskGb: 4 }), { sizeGb: amount, deleteOnTermination: true });
      newServer(stack, { boot });
    });
    expect(only(result, SERVER).lifecycle.precondition).toStrictEqual([
      {
        condition: "${4 <= var.Amount}",
        error_message:
          "ImageDoesNotFit: the volume's 'sizeGb' must be at least 'minDiskGb' of the image, 4 GiB, got ${var.Amount}, " +
          "for test/Web; take a larger one.",
      },
    ]);
  });
});

describe("a volume that exists", () => {
  const rendered = (boot: (later: Later) => BootSource) =>
    only(
      synth((stack) => newServer(stack, { boot: boot(new Later(stack)) })),
      SERVER,
    );
  const base = { uuid: VOLUME_ID, source_type: "volume", delete_on_termination: false };

  test("'deleteOnTermination' as a token stands in the block untouched", () => {
    const boot = ({ flag }: Later) => BootSource.fromVolume({ volumeId: VOLUME_ID }, { deleteOnTermination: flag });
    expect(rendered(boot)).toStrictEqual(blockDevice({ ...base, delete_on_termination: "${var.Flag}" }));
  });
  testCoverage("launch/boot-source.ts", "ExistingVolumeOptions", { deleteOnTermination: 0 });

  test("has an id that may be known to Terraform only", () => {
    const boot = ({ text }: Later) => BootSource.fromVolume({ volumeId: text });
    expect(rendered(boot)).toStrictEqual(blockDevice({ ...base, uuid: "${var.Text}" }));
  });
});

describe("a network interface", () => {
  const table: Table<NetworkOptions> = {
    fixedIpV4: [({ text }) => ({ fixedIpV4: text }), { fixed_ip_v4: "${var.Text}" }],
  };
  const rendered = (given: (later: Later) => NetworkOptions) =>
    only(
      synth((stack) => {
        newServer(stack, { networkInterfaces: [NetworkInterface.onNetwork(NETWORK_ID, given(new Later(stack)))] });
      }),
      SERVER,
    ).network[0];

  testTable(table, rendered, { uuid: NETWORK_ID });
  testCoverage("launch/network-interface.ts", "NetworkOptions", table);
});

describe("a volume", () => {
  const table: Table<Partial<VolumeProps>> = {
    sizeGb: [({ amount }) => ({ sizeGb: amount }), { size: "${var.Amount}" }],
    volumeName: [({ text }) => ({ volumeName: text }), { name: "${var.Text}" }],
    volumeType: [({ text }) => ({ volumeType: text }), { volume_type: "${var.Text}" }],
    availabilityZone: [({ text }) => ({ availabilityZone: text }), { availability_zone: "${var.Text}" }],
    region: [({ text }) => ({ region: text }), { region: "${var.Text}" }],
    image: [
      ({ text }) => ({ image: { imageId: text } }),
      { image_id: "${var.Text}", lifecycle: { ignore_changes: ["image_id"] } },
    ],
  };
  const rendered = (given: (later: Later) => Partial<VolumeProps>) =>
    only(
      synth((stack) => newVolume(stack, given(new Later(stack)))),
      VOLUME,
    );

  testTable(table, rendered, VOLUME_BLOCK);
  testCoverage("launch/volume.ts", "VolumeProps", table, ["onImageChange"]);
});

describe("an attachment", () => {
  const table: Table<VolumeAttachmentOptions> = {
    region: [({ text }) => ({ region: text }), { region: "${var.Text}" }],
  };
  const attached = (volumeId: (later: Later) => string, given: (later: Later) => VolumeAttachmentOptions) =>
    only(
      synth((stack) => {
        const later = new Later(stack);
        newServer(stack).attachVolume("Data", { volumeId: volumeId(later) }, given(later));
      }),
      ATTACHMENT,
    );
  const block = { instance_id: `\${${SERVER}.Web.id}`, volume_id: VOLUME_ID };

  testTable(table, (given) => attached(() => VOLUME_ID, given), block);
  testCoverage("launch/volume-attachment.ts", "VolumeAttachmentOptions", table);

  test("takes a volume's id that only Terraform knows", () => {
    const volume = ({ text }: Later) => text;
    expect(attached(volume, () => ({}))).toStrictEqual({ ...block, volume_id: "${var.Text}" });
  });
});

describe("a flavor by lookup", () => {
  const table: Table<FlavorLookupOptions> = {
    flavorName: [({ text }) => ({ flavorName: text }), { name: "${var.Text}" }],
    flavorId: [({ text }) => ({ flavorId: text }), { flavor_id: "${var.Text}" }],
    region: [({ text }) => ({ flavorId: "42", region: text }), { flavor_id: "42", region: "${var.Text}" }],
  };
  const rendered = (given: (later: Later) => FlavorLookupOptions) =>
    only(
      synth((stack) => Flavor.fromLookup(stack, "Small", given(new Later(stack)))),
      FLAVOR,
    );

  testTable(table, rendered, {});
  testCoverage("launch/flavor.ts", "FlavorLookupOptions", table);
});

describe("what is known of a flavor", () => {
  const image = imageOf({ minRamMb: 512, minDiskGb: 4 });
  const table: Table<FlavorAttributes> = {
    ramMb: [({ amount }) => ({ ramMb: amount }), ["${512 <= var.Amount}"]],
    diskGb: [({ amount }) => ({ diskGb: amount }), ["${var.Amount == 0 || 4 <= var.Amount}"]],
  };

  test.each(Object.entries(table))("'%s' as a token is compared with the image by Terraform", (_, [given, wanted]) => {
    const result = synth((stack) => {
      const flavor = Flavor.fromFlavorId("42", given(new Later(stack)));
      newServer(stack, { boot: BootSource.fromImage(image), flavor });
    });
    const { precondition } = only(result, SERVER).lifecycle;
    expect(precondition.map(({ condition }: Block) => condition)).toStrictEqual(wanted);
  });
  testCoverage("launch/flavor.ts", "FlavorAttributes", table);
});
