import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { TerraformOutput, TerraformVariable } from "cdktf";
import { BootSource, Flavor, NetworkInterface, Server, type ServerProps, UserData } from "cdktf-openstack-images";
import { blocks, failure, only, synth } from "../support/synth";
import {
  IMAGE_ID,
  imageOf,
  NETWORK_ID,
  newServer,
  newVolume,
  PORT_ID,
  SERVER,
  SERVER_BLOCK,
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
  ];

  test.each(rows)("%j comes out as one argument", (props, argument) => {
    expect(
      only(
        synth((stack) => newServer(stack, props)),
        SERVER,
      ),
    ).toStrictEqual({ ...SERVER_BLOCK, ...argument });
  });

  test("is copied: what becomes of a collection later changes nothing", () => {
    const result = synth((stack) => {
      const [securityGroupNames, networkInterfaces] = [["web"], [NetworkInterface.fromPort(PORT_ID)]];
      const metadata: Record<string, string> = { role: "web" };
      newServer(stack, { securityGroupNames, networkInterfaces, metadata });
      securityGroupNames.push("ssh");
      networkInterfaces.pop();
      metadata.role = "db";
    });
    expect(only(result, SERVER)).toStrictEqual({
      ...SERVER_BLOCK,
      security_groups: ["web"],
      network: [{ port: PORT_ID }],
      metadata: { role: "web" },
    });
  });

  test("is text, never a template", () => {
    const text = "${HOME} %{if} $${x}";
    const props = {
      serverName: text,
      keyPairName: text,
      securityGroupNames: [text],
      metadata: { [text]: text },
      availabilityZone: text,
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

describe("network interfaces", () => {
  test("come out in the order given: ports, and networks with and without an address", () => {
    const networkInterfaces = [
      NetworkInterface.fromPort(PORT_ID),
      NetworkInterface.onNetwork(NETWORK_ID, { fixedIpV4: "192.0.2.7" }),
      NetworkInterface.onNetwork(NETWORK_ID),
    ];
    expect(
      only(
        synth((stack) => newServer(stack, { networkInterfaces })),
        SERVER,
      ),
    ).toStrictEqual({
      ...SERVER_BLOCK,
      network: [{ port: PORT_ID }, { uuid: NETWORK_ID, fixed_ip_v4: "192.0.2.7" }, { uuid: NETWORK_ID }],
    });
  });

  test("fails when a network is given by its name", () => {
    const networkInterfaces = [NetworkInterface.fromPort(PORT_ID), NetworkInterface.onNetwork("lan")];
    expect(failure((stack) => newServer(stack, { networkInterfaces }))).toBe(
      'networkInterfaces[1]: the network\'s id must be a UUID, got "lan"; if this is a name, look it up [NotAUuid at test/Web]',
    );
  });

  test("fails when a port is given by its name", () => {
    expect(failure((stack) => newServer(stack, { networkInterfaces: [NetworkInterface.fromPort("eth0")] }))).toBe(
      'networkInterfaces[0]: the port\'s id must be a UUID, got "eth0"; if this is a name, look it up [NotAUuid at test/Web]',
    );
  });
});

describe("the warning that ports keep their own security groups", () => {
  const onNetwork = NetworkInterface.onNetwork(NETWORK_ID);
  const port = NetworkInterface.fromPort(PORT_ID);
  const warnings = (props: Partial<ServerProps>) => synth((stack) => newServer(stack, props)).warnings;

  test.each([
    ["one port", [port]],
    ["several ports", [port, port]],
  ])("stands at a server with security groups and %s", (_, networkInterfaces) => {
    expect(warnings({ securityGroupNames: ["web"], networkInterfaces })).toStrictEqual([
      {
        path: "test/Web",
        message:
          "SecurityGroupsOfPorts: 'securityGroupNames' is ignored by Nova for ports that exist; give the ports their groups",
      },
    ]);
  });

  test.each<[string, Partial<ServerProps>]>([
    ["a network beside the port", { securityGroupNames: ["web"], networkInterfaces: [port, onNetwork] }],
    ["networks only", { securityGroupNames: ["web"], networkInterfaces: [onNetwork] }],
    ["no interface given", { securityGroupNames: ["web"] }],
    ["an empty list of interfaces", { securityGroupNames: ["web"], networkInterfaces: [] }],
    ["no security group", { networkInterfaces: [port] }],
    ["an empty list of security groups", { securityGroupNames: [], networkInterfaces: [port] }],
  ])("is silent for a server with %s", (_, props) => {
    expect(warnings(props)).toStrictEqual([]);
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

describe("bad input of a server", () => {
  test("fails when the name is empty", () => {
    expect(failure((stack) => newServer(stack, { serverName: " " }))).toBe(
      `'serverName' must have a character that is no space, got " "; give it one, or leave it out [NameEmpty at test/Web]`,
    );
  });

  const named: [string, Partial<ServerProps>][] = [
    ["'keyPairName'", { keyPairName: "" }],
    ["securityGroupNames[1]", { securityGroupNames: ["web", ""] }],
    ["the flavor's id", { flavor: Flavor.fromFlavorId("") }],
    ["the flavor's name", { flavor: Flavor.fromFlavorName("") }],
  ];
  test.each(named)("fails when %s is empty", (what, props) => {
    expect(failure((stack) => newServer(stack, props))).toBe(
      `${what} must have a character that is no space, got ""; give it one, or leave it out [NameEmpty at test/Web]`,
    );
  });

  test.each(["", "lan", "192.0.2.256", "2001:db8::7"])("fails when a fixed address is %j", (fixedIpV4) => {
    const networkInterfaces = [
      NetworkInterface.fromPort(PORT_ID),
      NetworkInterface.onNetwork(NETWORK_ID, { fixedIpV4 }),
    ];
    expect(failure((stack) => newServer(stack, { networkInterfaces }))).toBe(
      `networkInterfaces[1]: 'fixedIpV4' must be an IPv4 address, got ${JSON.stringify(fixedIpV4)}; four numbers with dots ` +
        "between [NotAnIpV4 at test/Web]",
    );
  });

  test("fails when the image is given by its name", () => {
    expect(failure((stack) => newServer(stack, { boot: BootSource.fromImage({ imageId: "ubuntu-24.04" }) }))).toBe(
      `the image's id must be a UUID, got "ubuntu-24.04"; if this is a name, look it up [NotAUuid at test/Web]`,
    );
  });

  test("fails when the image of a new volume is given by its name", () => {
    const boot = BootSource.fromNewVolume({ imageId: "ubuntu" }, { sizeGb: 10, deleteOnTermination: true });
    expect(failure((stack) => newServer(stack, { boot }))).toBe(
      `the image's id must be a UUID, got "ubuntu"; if this is a name, look it up [NotAUuid at test/Web]`,
    );
  });

  test("fails when the volume is given by its name", () => {
    expect(failure((stack) => newServer(stack, { boot: BootSource.fromVolume({ volumeId: "root" }) }))).toBe(
      `the volume's id must be a UUID, got "root"; if this is a name, look it up [NotAUuid at test/Web]`,
    );
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])("fails when the new volume has %d GiB", (sizeGb) => {
    const boot = BootSource.fromNewVolume(imageOf(), { sizeGb, deleteOnTermination: true });
    expect(failure((stack) => newServer(stack, { boot }))).toBe(
      `the new volume's 'sizeGb' must be a whole number, 1 or more, got ${sizeGb}; write it as a number, rounded up [AmountNotWhole at test/Web]`,
    );
  });

  test.each([
    ["no network interfaces", undefined],
    ["an empty list of them", []],
  ])("fails when a new volume has a type and the server %s", (_, networkInterfaces) => {
    const boot = BootSource.fromNewVolume(imageOf(), { sizeGb: 10, deleteOnTermination: true, volumeType: "ssd" });
    expect(failure((stack) => newServer(stack, { boot, networkInterfaces }))).toBe(
      "'networkInterfaces' must be given with the new volume's 'volumeType', got \"ssd\" without any: the version of Nova's API " +
        "that knows the type attaches no network by itself [VolumeTypeWithoutNetwork at test/Web]",
    );
  });

  test("fails when nobody said what becomes of a new volume", () => {
    const options = { sizeGb: 10 } as unknown as { sizeGb: number; deleteOnTermination: boolean };
    expect(failure((stack) => newServer(stack, { boot: BootSource.fromNewVolume(imageOf(), options) }))).toBe(
      "the new volume's 'deleteOnTermination' must be given, got none; true lets the volume go with the server, " +
        "false leaves it behind [DeleteOnTerminationMissing at test/Web]",
    );
  });
});

describe("a server", () => {
  test("gives its id, and its resource for what the library does not cover", () => {
    const result = synth((stack) => {
      const server = newServer(stack);
      server.resource.addOverride("stop_before_destroy", true);
      new TerraformOutput(stack, "Id", { value: server.serverId });
    });
    expect(only(result, SERVER)).toStrictEqual({ ...SERVER_BLOCK, stop_before_destroy: true });
    expect(result.json.output).toStrictEqual({ Id: { value: `\${${SERVER}.Web.id}` } });
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
