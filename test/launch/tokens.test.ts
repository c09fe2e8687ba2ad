import { BlockstorageVolumeV3 } from "@cdktf/provider-openstack/lib/blockstorage-volume-v3";
import { ComputeKeypairV2 } from "@cdktf/provider-openstack/lib/compute-keypair-v2";
import type { TerraformStack } from "cdktf";
import {
  BootSource,
  DataDisk,
  Flavor,
  type FlavorAttributes,
  type FlavorLookupOptions,
  type ImageChange,
  NetworkInterface,
  NetworkMode,
  type NetworkOptions,
  type PowerState,
  type ServerProps,
  UserData,
} from "cdktf-openstack-images";
import { type Block, failure, only, synth } from "../support/synth";
import { Later, type Table, testCoverage, testTable } from "./later";
import {
  FLAVOR,
  foundIsPublic,
  IMAGE_ID,
  imageOf,
  NETWORK_ID,
  newServer,
  newVolume,
  SERVER,
  SERVER_BLOCK,
  VOLUME_ID,
} from "./samples";

const MINUTES = "${var.Amount}m";
const NO_NETWORK = () => ({ networkMode: NetworkMode.NONE });
const ROOT = {
  uuid: IMAGE_ID,
  source_type: "image",
  destination_type: "local",
  boot_index: 0,
  delete_on_termination: true,
};
const ON_VOLUME = { destination_type: "volume", boot_index: -1, delete_on_termination: false };

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
    dataDisks: [
      ({ text }) => ({ dataDisks: [DataDisk.fromVolume({ volumeId: text })] }),
      {
        block_device: [ROOT, { ...ROOT, uuid: "${var.Text}", source_type: "volume", ...ON_VOLUME }],
        lifecycle: { ignore_changes: ["image_id", "block_device[0].uuid"] },
      },
    ],
    tags: [({ list }) => ({ tags: list, ...NO_NETWORK() }), { tags: "${var.List}", network_mode: "none" }],
    availabilityZoneHints: [
      ({ text }) => ({ availabilityZoneHints: `${text}:host` }),
      { availability_zone_hints: "${var.Text}:host" },
    ],
    hypervisorHostname: [
      ({ text }) => ({ hypervisorHostname: text, ...NO_NETWORK() }),
      { hypervisor_hostname: "${var.Text}", network_mode: "none" },
    ],
    schedulerHints: [
      ({ text }) => ({ schedulerHints: { group: text } }),
      { scheduler_hints: [{ group: "${var.Text}" }] },
    ],
    stopBeforeDestroy: [({ flag }) => ({ stopBeforeDestroy: flag }), { stop_before_destroy: "${var.Flag}" }],
    forceDelete: [({ flag }) => ({ forceDelete: flag }), { force_delete: "${var.Flag}" }],
    detachPortsBeforeDestroy: [
      ({ flag }) => ({ detachPortsBeforeDestroy: flag }),
      { vendor_options: { detach_ports_before_destroy: "${var.Flag}" } },
    ],
    ignoreResizeConfirmation: [
      ({ flag }) => ({ ignoreResizeConfirmation: flag }),
      { vendor_options: { ignore_resize_confirmation: "${var.Flag}" } },
    ],
    createTimeoutMinutes: [({ amount }) => ({ createTimeoutMinutes: amount }), { timeouts: { create: MINUTES } }],
    updateTimeoutMinutes: [({ amount }) => ({ updateTimeoutMinutes: amount }), { timeouts: { update: MINUTES } }],
    deleteTimeoutMinutes: [({ amount }) => ({ deleteTimeoutMinutes: amount }), { timeouts: { delete: MINUTES } }],
    networkInterfaces: [
      ({ text }) => ({
        networkInterfaces: [
          NetworkInterface.onNetwork(text),
          NetworkInterface.onNetworkNamed(text),
          NetworkInterface.fromPort(text),
        ],
      }),
      { network: [{ uuid: "${var.Text}" }, { name: "${var.Text}" }, { port: "${var.Text}" }] },
    ],
  };
  const rendered = (given: (later: Later) => Partial<ServerProps>) =>
    only(
      synth((stack) => newServer(stack, given(new Later(stack)))),
      SERVER,
    );

  testTable(table, rendered, SERVER_BLOCK);
  testCoverage("ServerProps", table, ["onImageChange", "networkMode", "powerState"]);

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

  test("fails when 'networkMode' is a token, which is no choice", () => {
    expect(failure((stack) => newServer(stack, { networkMode: new Later(stack).text as NetworkMode }))).toBe(
      "'networkMode' must be known at synth and one of auto, none, got a value that only Terraform knows; use one of these " +
        "[ChoiceUnknown at test/Web]",
    );
  });

  test("takes a power state that only Terraform knows", () => {
    expect(rendered(({ text }) => ({ powerState: text as PowerState }))).toStrictEqual({
      ...SERVER_BLOCK,
      power_state: "${var.Text}",
    });
  });

  test("takes two availability zones for a mistake, also when only Terraform knows them", () => {
    const message = failure((stack) => {
      const { text } = new Later(stack);
      newServer(stack, { availabilityZone: text, availabilityZoneHints: text });
    });
    expect(message).toContain(
      "got a value that only Terraform knows and a value that only Terraform knows; leave one out",
    );
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

test("what raw resources compute may stand wherever a variable may", () => {
  const result = synth((stack) => {
    const key = new ComputeKeypairV2(stack, "Key", { name: "ops" });
    const raw = new BlockstorageVolumeV3(stack, "Raw", { size: 1 });
    newServer(stack, {
      boot: BootSource.fromVolume({ volumeId: raw.id }),
      dataDisks: [DataDisk.newVolume({ sizeGb: raw.size, deleteOnTermination: false })],
      flavor: Flavor.fromFlavorName(key.name),
      keyPairName: key.name,
      metadata: raw.metadata,
      schedulerHints: { sameHost: [key.userId] },
      userData: UserData.fromText(`key=${key.fingerprint} size=${raw.size}`),
    });
  });
  const [key, raw] = ["openstack_compute_keypair_v2.Key", "openstack_blockstorage_volume_v3.Raw"];
  const { block_device, ...block } = only(result, SERVER);
  expect(block).toStrictEqual({
    name: "Web",
    flavor_name: `\${${key}.name}`,
    key_pair: `\${${key}.name}`,
    metadata: `\${${raw}.metadata}`,
    scheduler_hints: [{ same_host: [`\${${key}.user_id}`] }],
    user_data: `key=\${${key}.fingerprint} size=\${${raw}.size}`,
  });
  expect(block_device.map(({ uuid, volume_size }: Block) => [uuid, volume_size])).toStrictEqual([
    [`\${${raw}.id}`, undefined],
    [undefined, `\${${raw}.size}`],
  ]);
});

describe("a network interface", () => {
  const table: Table<NetworkOptions> = {
    fixedIpV4: [({ text }) => ({ fixedIpV4: text }), { fixed_ip_v4: "${var.Text}" }],
    accessNetwork: [({ flag }) => ({ accessNetwork: flag }), { access_network: "${var.Flag}" }],
  };
  const rendered = (given: (later: Later) => NetworkOptions) =>
    only(
      synth((stack) => {
        newServer(stack, { networkInterfaces: [NetworkInterface.onNetwork(NETWORK_ID, given(new Later(stack)))] });
      }),
      SERVER,
    ).network[0];

  testTable(table, rendered, { uuid: NETWORK_ID });
  testCoverage("NetworkOptions", table);
});

describe("a flavor by lookup", () => {
  const table: Table<FlavorLookupOptions> = {
    flavorName: [({ text }) => ({ flavorName: text }), { name: "${var.Text}" }],
    flavorId: [({ text }) => ({ flavorId: text }), { flavor_id: "${var.Text}" }],
    ramMb: [({ amount }) => ({ ramMb: amount }), { ram: "${var.Amount}" }],
    diskGb: [({ amount }) => ({ diskGb: amount }), { disk: "${var.Amount}" }],
    vcpus: [({ amount }) => ({ vcpus: amount }), { vcpus: "${var.Amount}" }],
    minRamMb: [({ amount }) => ({ minRamMb: amount }), { min_ram: "${var.Amount}" }],
    minDiskGb: [({ amount }) => ({ minDiskGb: amount }), { min_disk: "${var.Amount}" }],
    swapMb: [({ amount }) => ({ swapMb: amount }), { swap: "${var.Amount}" }],
    rxTxFactor: [({ amount }) => ({ rxTxFactor: amount }), { rx_tx_factor: "${var.Amount}" }],
    isPublic: [({ flag }) => ({ isPublic: flag }), { is_public: "${var.Flag}", ...foundIsPublic("var.Flag") }],
    description: [({ text }) => ({ description: text }), { description: "${var.Text}" }],
    region: [({ text }) => ({ flavorId: "42", region: text }), { flavor_id: "42", region: "${var.Text}" }],
  };
  const rendered = (given: (later: Later) => FlavorLookupOptions) =>
    only(
      synth((stack) => Flavor.fromLookup(stack, "Small", given(new Later(stack)))),
      FLAVOR,
    );

  testTable(table, rendered, {});
  testCoverage("FlavorLookupOptions", table);
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
  testCoverage("FlavorAttributes", table);
});
