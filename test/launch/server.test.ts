import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { TerraformOutput, TerraformVariable } from "cdktf";
import {
  BootSource,
  DataDisk,
  NetworkInterface,
  NetworkMode,
  PowerState,
  Server,
  type ServerProps,
  UserData,
} from "cdktf-openstack-images";
import { blocks, failure, only, synth } from "../support/synth";
import {
  IMAGE_ID,
  imageOf,
  NETWORK_ID,
  newServer,
  newVolume,
  SERVER,
  SERVER_BLOCK,
  SERVER_ID,
  TRIGGER,
  VOLUME,
  VOLUME_ID,
} from "./samples";

describe("what a server boots from", () => {
  test("is an image on the flavor's disk", () => {
    const result = synth((stack) => newServer(stack));
    expect(only(result, SERVER)).toStrictEqual(SERVER_BLOCK);
    expect(only(result, TRIGGER)).toStrictEqual({ triggers_replace: IMAGE_ID });
    expect(result.warnings).toStrictEqual([]);
  });

  test("is a volume that Nova makes from an image", () => {
    const boot = BootSource.fromNewVolume(imageOf(), { sizeGb: 20, deleteOnTermination: true, volumeType: "ssd" });
    const networkInterfaces = [NetworkInterface.onNetwork(NETWORK_ID)];
    const result = synth((stack) => newServer(stack, { boot, networkInterfaces }));
    expect(only(result, SERVER)).toStrictEqual({
      name: "Web",
      flavor_id: "42",
      block_device: [
        {
          uuid: IMAGE_ID,
          source_type: "image",
          destination_type: "volume",
          boot_index: 0,
          volume_size: 20,
          volume_type: "ssd",
          delete_on_termination: true,
        },
      ],
      network: [{ uuid: NETWORK_ID }],
      lifecycle: { ignore_changes: ["block_device[0].uuid"] },
    });
    expect(only(result, TRIGGER)).toStrictEqual({ triggers_replace: IMAGE_ID });
  });

  test("is a new volume of the cloud's default type, left behind where that is asked for", () => {
    const boot = BootSource.fromNewVolume(imageOf(), { sizeGb: 1, deleteOnTermination: false });
    expect(
      only(
        synth((stack) => newServer(stack, { boot })),
        SERVER,
      ).block_device,
    ).toStrictEqual([
      {
        uuid: IMAGE_ID,
        source_type: "image",
        destination_type: "volume",
        boot_index: 0,
        volume_size: 1,
        delete_on_termination: false,
      },
    ]);
  });

  test.each([
    ["kept by default", {}, false],
    ["removed with the server where that is asked for", { deleteOnTermination: true }, true],
  ])("is a volume that exists, %s", (_, options, deleteOnTermination) => {
    const boot = BootSource.fromVolume({ volumeId: VOLUME_ID }, options);
    const result = synth((stack) => newServer(stack, { boot }));
    expect(only(result, SERVER)).toStrictEqual({
      name: "Web",
      flavor_id: "42",
      block_device: [
        {
          uuid: VOLUME_ID,
          source_type: "volume",
          destination_type: "volume",
          boot_index: 0,
          delete_on_termination: deleteOnTermination,
        },
      ],
    });
    expect(blocks(result, TRIGGER)).toStrictEqual({});
  });

  test("is a volume of the same app, by reference", () => {
    const result = synth((stack) => newServer(stack, { boot: BootSource.fromVolume(newVolume(stack)) }));
    expect(only(result, SERVER).block_device[0].uuid).toBe(`\${${VOLUME}.Data.id}`);
  });
});

describe("a prop of a server", () => {
  const rows: [Partial<ServerProps>, object][] = [
    [{ serverName: "web-1" }, { name: "web-1" }],
    [{ keyPairName: "ops" }, { key_pair: "ops" }],
    [{ securityGroupNames: ["web", "ssh"] }, { security_groups: ["web", "ssh"] }],
    [{ configDrive: true }, { config_drive: true }],
    [{ configDrive: false }, { config_drive: false }],
    [{ metadata: { role: "web", "a.b": "" } }, { metadata: { role: "web", "a.b": "" } }],
    [{ availabilityZone: "az1" }, { availability_zone: "az1" }],
    [{ region: "RegionTwo" }, { region: "RegionTwo" }],
    [{ userData: UserData.fromText("#!/bin/sh\n") }, { user_data: "#!/bin/sh\n" }],
    [{ networkInterfaces: [NetworkInterface.onNetwork(NETWORK_ID)] }, { network: [{ uuid: NETWORK_ID }] }],
    [{ networkMode: NetworkMode.AUTO }, { network_mode: "auto" }],
    [{ networkMode: NetworkMode.NONE }, { network_mode: "none" }],
    [{ availabilityZoneHints: "az1:host-7" }, { availability_zone_hints: "az1:host-7" }],
    [
      { hypervisorHostname: "host-7", networkMode: NetworkMode.NONE },
      { hypervisor_hostname: "host-7", network_mode: "none" },
    ],
    [
      { tags: ["web", "a b"], networkMode: NetworkMode.AUTO },
      { tags: ["web", "a b"], network_mode: "auto" },
    ],
    [{ powerState: PowerState.ACTIVE }, { power_state: "active" }],
    [{ powerState: PowerState.SHUTOFF }, { power_state: "shutoff" }],
    [{ powerState: PowerState.PAUSED }, { power_state: "paused" }],
    [{ powerState: PowerState.SHELVED_OFFLOADED }, { power_state: "shelved_offloaded" }],
    [{ stopBeforeDestroy: true }, { stop_before_destroy: true }],
    [{ stopBeforeDestroy: false }, { stop_before_destroy: false }],
    [{ forceDelete: true }, { force_delete: true }],
    [{ forceDelete: false }, { force_delete: false }],
    [{ detachPortsBeforeDestroy: true }, { vendor_options: { detach_ports_before_destroy: true } }],
    [{ ignoreResizeConfirmation: false }, { vendor_options: { ignore_resize_confirmation: false } }],
    [
      { ignoreResizeConfirmation: true, detachPortsBeforeDestroy: false },
      { vendor_options: { ignore_resize_confirmation: true, detach_ports_before_destroy: false } },
    ],
    [{ createTimeoutMinutes: 60 }, { timeouts: { create: "60m" } }],
    [{ updateTimeoutMinutes: 5 }, { timeouts: { update: "5m" } }],
    [{ deleteTimeoutMinutes: 1 }, { timeouts: { delete: "1m" } }],
    [
      { createTimeoutMinutes: 1, updateTimeoutMinutes: 2, deleteTimeoutMinutes: 3 },
      { timeouts: { create: "1m", update: "2m", delete: "3m" } },
    ],
    [{ dataDisks: [] }, {}],
    [{ networkInterfaces: [] }, { network: [] }],
    [{ tags: [] }, { tags: [] }],
    [{ metadata: {} }, { metadata: {} }],
    [{ securityGroupNames: [] }, { security_groups: [] }],
  ];

  test.each(rows)("%j comes out as one argument", (props, argument) => {
    expect(
      only(
        synth((stack) => newServer(stack, props)),
        SERVER,
      ),
    ).toStrictEqual({ ...SERVER_BLOCK, ...argument });
  });

  test("that is undefined is one that is not given", () => {
    const nothing: Record<keyof Omit<ServerProps, "boot" | "flavor">, undefined> = {
      serverName: undefined,
      dataDisks: undefined,
      onImageChange: undefined,
      networkInterfaces: undefined,
      networkMode: undefined,
      userData: undefined,
      keyPairName: undefined,
      securityGroupNames: undefined,
      adminPassword: undefined,
      configDrive: undefined,
      metadata: undefined,
      tags: undefined,
      availabilityZone: undefined,
      availabilityZoneHints: undefined,
      hypervisorHostname: undefined,
      schedulerHints: undefined,
      powerState: undefined,
      stopBeforeDestroy: undefined,
      forceDelete: undefined,
      detachPortsBeforeDestroy: undefined,
      ignoreResizeConfirmation: undefined,
      createTimeoutMinutes: undefined,
      updateTimeoutMinutes: undefined,
      deleteTimeoutMinutes: undefined,
      provider: undefined,
      region: undefined,
      dependsOn: undefined,
    };
    const { text } = synth((stack) => newServer(stack));
    expect(synth((stack) => newServer(stack, nothing)).text).toBe(text);
  });

  test("is copied: what becomes of a collection later changes nothing", () => {
    const result = synth((stack) => {
      const [securityGroupNames, networkInterfaces] = [["web"], [NetworkInterface.onNetwork(NETWORK_ID)]];
      const [metadata, group]: [Record<string, string>, string[]] = [{ role: "web" }, [SERVER_ID]];
      const [tags, dataDisks] = [["web"], [DataDisk.ephemeral({ sizeGb: 1 })]];
      const schedulerHints = { sameHost: group };
      newServer(stack, { securityGroupNames, networkInterfaces, metadata, tags, dataDisks, schedulerHints });
      for (const each of [securityGroupNames, tags, group]) each.push("late");
      networkInterfaces.pop();
      dataDisks.pop();
      metadata.role = "db";
    });
    const { block_device, lifecycle: _, ...block } = only(result, SERVER);
    expect({ ...block, lifecycle: SERVER_BLOCK.lifecycle }).toStrictEqual({
      ...SERVER_BLOCK,
      security_groups: ["web"],
      network: [{ uuid: NETWORK_ID }],
      metadata: { role: "web" },
      tags: ["web"],
      scheduler_hints: [{ same_host: [SERVER_ID] }],
    });
    expect(block_device).toHaveLength(2);
  });

  test("is text, never a template", () => {
    const text = "${HOME} %{if} $${x}";
    const props = {
      serverName: text,
      keyPairName: text,
      securityGroupNames: [text],
      metadata: { [text]: text },
      availabilityZone: text,
      hypervisorHostname: text,
      tags: [text],
      schedulerHints: { targetCell: text, query: [text], additionalProperties: { [text]: text } },
      networkInterfaces: [NetworkInterface.onNetworkNamed(text)],
      region: text,
    };
    const escaped = "$${HOME} %%{if} $$${x}";
    expect(
      only(
        synth((stack) => newServer(stack, props)),
        SERVER,
      ),
    ).toStrictEqual({
      ...SERVER_BLOCK,
      name: escaped,
      key_pair: escaped,
      security_groups: [escaped],
      metadata: { [escaped]: escaped },
      availability_zone: escaped,
      hypervisor_hostname: escaped,
      tags: [escaped],
      scheduler_hints: [{ target_cell: escaped, query: [escaped], additional_properties: { [escaped]: escaped } }],
      network: [{ name: escaped }],
      region: escaped,
    });
  });

  test("is the provider that the server, and nothing else, is made with", () => {
    const result = synth((stack) => {
      newServer(stack, { provider: new OpenstackProvider(stack, "staging", { alias: "staging" }) });
    });
    expect(only(result, SERVER)).toStrictEqual({ ...SERVER_BLOCK, provider: "openstack.staging" });
    expect(only(result, TRIGGER)).toStrictEqual({ triggers_replace: IMAGE_ID });
  });
});

describe("user data", () => {
  test("is escaped, so that the guest reads it byte for byte", () => {
    const text = '#!/bin/bash\necho "${HOME}" $HOME $$ $${PATH} %{http_code} %% \\n \t é 漢\n';
    const result = synth((stack) => newServer(stack, { userData: UserData.fromText(text) }));
    expect(only(result, SERVER)).toStrictEqual({
      ...SERVER_BLOCK,
      user_data: '#!/bin/bash\necho "$${HOME}" $HOME $$ $$${PATH} %%{http_code} %% \\n \t é 漢\n',
    });
  });

  test("takes values of Terraform between its text", () => {
    const result = synth((stack) => {
      const name = new TerraformVariable(stack, "Name", { type: "string" });
      newServer(stack, { userData: UserData.fromText(`echo \${HOME} ${name.stringValue}\n`) });
    });
    expect(only(result, SERVER).user_data).toBe("echo $${HOME} ${var.Name}\n");
  });
});

describe("the administrator's password", () => {
  const wayOut =
    'pass the variable itself: new TerraformVariable(stack, "Password", { type: "string", sensitive: true }) [SecretNotSensitive at test/Web]';

  test("is a variable that Terraform hides", () => {
    const result = synth((stack) => {
      newServer(stack, {
        adminPassword: new TerraformVariable(stack, "Password", { type: "string", sensitive: true }),
      });
    });
    expect(only(result, SERVER)).toStrictEqual({ ...SERVER_BLOCK, admin_pass: "${var.Password}" });
    expect(result.json.variable).toStrictEqual({ Password: { type: "string", sensitive: true } });
  });

  test("fails when it is a literal, which the message does not repeat", () => {
    const adminPassword = "correct horse" as unknown as TerraformVariable;
    expect(failure((stack) => newServer(stack, { adminPassword }))).toBe(
      `'adminPassword' must be a TerraformVariable with sensitive: true, got something else; ${wayOut}`,
    );
  });

  test.each([
    ["is not sensitive", {}],
    ["is explicitly not sensitive", { sensitive: false }],
  ])("fails when the variable %s", (_, config) => {
    const message = failure((stack) => {
      newServer(stack, { adminPassword: new TerraformVariable(stack, "Password", { type: "string", ...config }) });
    });
    expect(message).toBe(
      `'adminPassword' must be a TerraformVariable with sensitive: true, got one without; ${wayOut}`,
    );
  });

  test("fails when it is a token, whatever stands behind it", () => {
    const message = failure((stack) => {
      const variable = new TerraformVariable(stack, "Password", { type: "string", sensitive: true });
      newServer(stack, { adminPassword: variable.stringValue as unknown as TerraformVariable });
    });
    expect(message).toBe(
      `'adminPassword' must be a TerraformVariable with sensitive: true, got something else; ${wayOut}`,
    );
  });
});

describe("a server", () => {
  test("gives its id, and its resource for what the library does not cover", () => {
    const result = synth((stack) => {
      const server = newServer(stack);
      server.resource.addOverride("image_name", "ubuntu");
      new TerraformOutput(stack, "Id", { value: server.serverId });
    });
    expect(only(result, SERVER)).toStrictEqual({ ...SERVER_BLOCK, image_name: "ubuntu" });
    expect(result.json.output).toStrictEqual({ Id: { value: `\${${SERVER}.Web.id}` } });
  });

  test("of another place is known by its id, without a block", () => {
    const result = synth((stack) => {
      const other = Server.fromServerId(stack, "Other", SERVER_ID);
      expect([other.serverId, Server.isServer(other)]).toStrictEqual([SERVER_ID, false]);
    });
    expect([result.json.resource, result.json.data]).toStrictEqual([undefined, undefined]);
  });

  test("of another place may have an id that only Terraform knows", () => {
    synth((stack) => {
      const id = new TerraformVariable(stack, "Id", { type: "string" }).stringValue;
      expect(Server.fromServerId(stack, "Other", id).serverId).toBe(id);
    });
  });

  test("fails when one of another place is given by its name", () => {
    expect(failure((stack) => Server.fromServerId(stack, "Other", "web"))).toBe(
      `the server's id must be a UUID, got "web"; if this is a name, look it up [NotAUuid at test/Other]`,
    );
  });

  test("is known by a symbol, to another copy of the library too", () => {
    let server: unknown;
    synth((stack) => {
      server = newServer(stack);
    });
    let copy: typeof Server | undefined;
    jest.isolateModules(() => {
      copy = require("../../lib").Server;
    });
    expect(copy).not.toBe(Server);
    expect([Server, copy as typeof Server].map((known) => known.isServer(server))).toStrictEqual([true, true]);
    expect([undefined, null, "Web", {}].map((other) => Server.isServer(other))).toStrictEqual(Array(4).fill(false));
  });
});
