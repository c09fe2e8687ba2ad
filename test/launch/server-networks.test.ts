import { BootSource, DataDisk, NetworkInterface, NetworkMode, type ServerProps } from "cdktf-openstack-images";
import { failure, only, synth } from "../support/synth";
import { imageOf, NETWORK_ID, newServer, PORT_ID, SERVER, SERVER_BLOCK, SNAPSHOT_ID, VOLUME_ID } from "./samples";

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

  test("may be on a network that goes by its name", () => {
    const networkInterfaces = [
      NetworkInterface.onNetworkNamed("lan"),
      NetworkInterface.onNetworkNamed("lan", { fixedIpV4: "192.0.2.7", accessNetwork: true }),
    ];
    expect(
      only(
        synth((stack) => newServer(stack, { networkInterfaces })),
        SERVER,
      ),
    ).toStrictEqual({
      ...SERVER_BLOCK,
      network: [{ name: "lan" }, { name: "lan", fixed_ip_v4: "192.0.2.7", access_network: true }],
    });
  });

  test.each([true, false])("may say whether the access address is on them (%s)", (accessNetwork) => {
    const networkInterfaces = [
      NetworkInterface.fromPort(PORT_ID, { accessNetwork }),
      NetworkInterface.onNetwork(NETWORK_ID, { accessNetwork }),
    ];
    expect(
      only(
        synth((stack) => newServer(stack, { networkInterfaces })),
        SERVER,
      ).network,
    ).toStrictEqual([
      { port: PORT_ID, access_network: accessNetwork },
      { uuid: NETWORK_ID, access_network: accessNetwork },
    ]);
  });

  test("tell what they were made of", () => {
    const options = { fixedIpV4: "192.0.2.7", accessNetwork: true };
    const all = [
      NetworkInterface.onNetwork(NETWORK_ID, options),
      NetworkInterface.onNetworkNamed("lan", options),
      NetworkInterface.fromPort(PORT_ID, { accessNetwork: true }),
    ];
    expect(all.map(({ networkId, networkName, portId }) => [networkId, networkName, portId])).toStrictEqual([
      [NETWORK_ID, undefined, undefined],
      [undefined, "lan", undefined],
      [undefined, undefined, PORT_ID],
    ]);
    expect(all.map(({ fixedIpV4 }) => fixedIpV4)).toStrictEqual(["192.0.2.7", "192.0.2.7", undefined]);
    expect(all.map(({ accessNetwork }) => accessNetwork)).toStrictEqual([true, true, true]);
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

describe("security groups beside ports, which have their own", () => {
  const onNetwork = NetworkInterface.onNetwork(NETWORK_ID);
  const port = NetworkInterface.fromPort(PORT_ID);

  test.each([
    ["one port", [port]],
    ["several ports", [port, port]],
    ["a port beside a network", [onNetwork, port]],
  ])("fails when there are security groups and %s", (_, networkInterfaces) => {
    expect(failure((stack) => newServer(stack, { securityGroupNames: ["web"], networkInterfaces }))).toBe(
      "'securityGroupNames' cannot be given with a port that exists, got both: Nova ignores them when it makes the server, and the next " +
        "apply takes the port's own groups away; give each interface a port with its groups [SecurityGroupsOfPorts at test/Web]",
    );
  });

  test.each<[string, Partial<ServerProps>]>([
    ["networks only", { securityGroupNames: ["web"], networkInterfaces: [onNetwork] }],
    ["no interface given", { securityGroupNames: ["web"] }],
    ["an empty list of interfaces", { securityGroupNames: ["web"], networkInterfaces: [] }],
    ["no security group", { networkInterfaces: [port] }],
    ["an empty list of security groups", { securityGroupNames: [], networkInterfaces: [port] }],
  ])("are fine with %s", (_, props) => {
    expect(
      only(
        synth((stack) => newServer(stack, props)),
        SERVER,
      ).security_groups,
    ).toStrictEqual(props.securityGroupNames);
  });
});

describe("the network mode", () => {
  test.each(Object.values(NetworkMode))("%s goes with an empty list of interfaces", (networkMode) => {
    const result = synth((stack) => newServer(stack, { networkMode, networkInterfaces: [] }));
    expect(only(result, SERVER)).toStrictEqual({ ...SERVER_BLOCK, network: [], network_mode: networkMode });
  });

  test.each(Object.values(NetworkMode))("fails when it is %s, and there are interfaces", (networkMode) => {
    const networkInterfaces = [NetworkInterface.fromPort(PORT_ID), NetworkInterface.onNetwork(NETWORK_ID)];
    expect(failure((stack) => newServer(stack, { networkMode, networkInterfaces }))).toBe(
      `'networkMode' and 'networkInterfaces' exclude each other, got both; leave one out ` +
        "[NetworksTwice at test/Web]",
    );
  });
});

describe("an option that a newer version of Nova's API knows alone", () => {
  const newVolume = { sizeGb: 10, deleteOnTermination: true };
  const rows: [string, string, Partial<ServerProps>][] = [
    ["tags", "labels", { tags: ["web"] }],
    ["hypervisorHostname", "a hypervisor", { hypervisorHostname: "host-7" }],
    [
      "volumeType",
      "a type of the boot volume",
      { boot: BootSource.fromNewVolume(imageOf(), { ...newVolume, volumeType: "ssd" }) },
    ],
    [
      "volumeType",
      "a type of a volume from a snapshot",
      { boot: BootSource.fromSnapshot(SNAPSHOT_ID, { deleteOnTermination: true, volumeType: "ssd" }) },
    ],
    ["volumeType", "a type of a data disk", { dataDisks: [DataDisk.newVolume({ ...newVolume, volumeType: "ssd" })] }],
    [
      "multiattach",
      "a boot volume for several",
      { boot: BootSource.fromVolume({ volumeId: VOLUME_ID }, { multiattach: true }) },
    ],
    [
      "multiattach",
      "a data disk for several",
      { dataDisks: [DataDisk.fromVolume({ volumeId: VOLUME_ID }, { multiattach: true })] },
    ],
  ];
  const needed = (option: string) =>
    `'networkInterfaces' or 'networkMode' must be given with '${option}', got neither: the version of Nova's API that knows the ` +
    "option attaches no network by itself; name the network that the server is on, or for a new one give networkMode: " +
    "NetworkMode.AUTO, which replaces one that exists [NetworksMissing at test/Web]";

  test.each(rows)("(%s: %s) fails when nobody said which network", (option, _, props) => {
    for (const networkInterfaces of [undefined, []]) {
      expect(failure((stack) => newServer(stack, { ...props, networkInterfaces }))).toBe(needed(option));
    }
  });

  test.each(rows)("(%s: %s) goes with interfaces, and with a mode", (_option, _, props) => {
    for (const networkMode of Object.values(NetworkMode)) {
      const result = synth((stack) => newServer(stack, { ...props, networkMode }));
      expect(only(result, SERVER).network_mode).toBe(networkMode);
    }
    const networkInterfaces = [NetworkInterface.fromPort(PORT_ID)];
    const result = synth((stack) => newServer(stack, { ...props, networkInterfaces }));
    expect(only(result, SERVER).network).toStrictEqual([{ port: PORT_ID }]);
  });

  test("may be there and ask for nothing", () => {
    const dataDisks = [DataDisk.fromVolume({ volumeId: VOLUME_ID }, { multiattach: false })];
    const result = synth((stack) => newServer(stack, { tags: [], dataDisks }));
    expect(only(result, SERVER)).not.toHaveProperty("network_mode");
  });

  test.each(rows.filter(([option]) => ["volumeType", "multiattach"].includes(option)))(
    "(%s: %s) fails when a hypervisor is named, which the provider asks by another version for",
    (option, _, props) => {
      const networkMode = NetworkMode.AUTO;
      expect(failure((stack) => newServer(stack, { ...props, networkMode, hypervisorHostname: "host-7" }))).toBe(
        `'hypervisorHostname' cannot be given with a disk's '${option}', got "host-7": provider 3.4.0 then asks by a version of ` +
          `Nova's API that refuses it; give availabilityZoneHints: "ZONE:HOST" [HypervisorHostnameNotSent at test/Web]`,
      );
    },
  );

  test("may be a hypervisor together with tags", () => {
    const props = { networkMode: NetworkMode.AUTO, hypervisorHostname: "host-7", tags: ["web"] };
    expect(
      only(
        synth((stack) => newServer(stack, props)),
        SERVER,
      ),
    ).toStrictEqual({ ...SERVER_BLOCK, network_mode: "auto", hypervisor_hostname: "host-7", tags: ["web"] });
  });
});
