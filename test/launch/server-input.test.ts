import {
  BootSource,
  Flavor,
  NetworkInterface,
  NetworkMode,
  type PowerState,
  type ServerProps,
} from "cdktf-openstack-images";
import { failure, only, synth } from "../support/synth";
import { imageOf, NETWORK_ID, newServer, PORT_ID, SERVER } from "./samples";

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
    ["'availabilityZone'", { availabilityZone: "" }],
    ["'availabilityZoneHints'", { availabilityZoneHints: "" }],
    ["'hypervisorHostname'", { hypervisorHostname: "" }],
    ["networkInterfaces[0]: the network's name", { networkInterfaces: [NetworkInterface.onNetworkNamed("")] }],
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
      `'boot': the image's id must be a UUID, got "ubuntu-24.04"; if this is a name, look it up [NotAUuid at test/Web]`,
    );
  });

  test("fails when the image of a new volume is given by its name", () => {
    const boot = BootSource.fromNewVolume({ imageId: "ubuntu" }, { sizeGb: 10, deleteOnTermination: true });
    expect(failure((stack) => newServer(stack, { boot }))).toBe(
      `'boot': the image's id must be a UUID, got "ubuntu"; if this is a name, look it up [NotAUuid at test/Web]`,
    );
  });

  test("fails when the volume is given by its name", () => {
    expect(failure((stack) => newServer(stack, { boot: BootSource.fromVolume({ volumeId: "root" }) }))).toBe(
      `'boot': the volume's id must be a UUID, got "root"; if this is a name, look it up [NotAUuid at test/Web]`,
    );
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])("fails when the new volume has %d GiB", (sizeGb) => {
    const boot = BootSource.fromNewVolume(imageOf(), { sizeGb, deleteOnTermination: true });
    expect(failure((stack) => newServer(stack, { boot }))).toBe(
      `'sizeGb' of 'boot' must be a whole number, 1 or more, got ${sizeGb}; write it as a number, rounded up [AmountNotWhole at test/Web]`,
    );
  });

  test("fails when nobody said what becomes of a new volume", () => {
    const options = { sizeGb: 10 } as unknown as { sizeGb: number; deleteOnTermination: boolean };
    expect(failure((stack) => newServer(stack, { boot: BootSource.fromNewVolume(imageOf(), options) }))).toBe(
      "'deleteOnTermination' of 'boot' must be given, got none; true lets the volume go with the server, " +
        "false leaves it behind [DeleteOnTerminationMissing at test/Web]",
    );
  });

  test.each([
    [
      "'powerState'",
      { powerState: "paused " as PowerState },
      '"paused "',
      "active, shutoff, paused, shelved_offloaded",
    ],
    ["'networkMode'", { networkMode: "AUTO" as NetworkMode }, '"AUTO"', "auto, none"],
  ])("fails when %s is no choice", (what, props, got, choices) => {
    expect(failure((stack) => newServer(stack, props))).toBe(
      `${what} must be known at synth and one of ${choices}, got ${got}; use one of these [ChoiceUnknown at test/Web]`,
    );
  });

  test("fails when there are two availability zones", () => {
    const props = { availabilityZone: "az1", availabilityZoneHints: "az2" };
    expect(failure((stack) => newServer(stack, props))).toBe(
      `'availabilityZone' and 'availabilityZoneHints' exclude each other, got "az1" and "az2"; leave one out ` +
        "[AvailabilityZoneTwice at test/Web]",
    );
  });

  test.each(["create", "update", "delete"])("fails when the time to %s is nothing", (operation) => {
    expect(failure((stack) => newServer(stack, { [`${operation}TimeoutMinutes`]: 0 }))).toBe(
      `'${operation}TimeoutMinutes' must be a whole number, 1 or more, got 0; write it as a number, rounded up ` +
        "[AmountNotWhole at test/Web]",
    );
  });
});

describe("tags of a server", () => {
  const networkMode = NetworkMode.AUTO;
  const rendered = (tags: string[]) =>
    only(
      synth((stack) => newServer(stack, { tags, networkMode })),
      SERVER,
    ).tags;

  test.each(["a", " ", "a b", "${a}", "ü", "t".repeat(60)])("may be %j", (tag) => {
    expect(rendered([tag])).toStrictEqual([tag.replace("${", () => "$${")]);
  });

  test.each(["", "a/b", "a,b", "/", "t".repeat(61)])("fails when one is %j", (tag) => {
    expect(failure((stack) => newServer(stack, { tags: ["web", tag], networkMode }))).toBe(
      `a server's tag must have 1 to 60 characters without "/" and ",", got ${JSON.stringify(tag)}; shorten or drop it ` +
        "[TagMalformed at test/Web]",
    );
  });

  const texts = (count: number) => Array.from({ length: count }, (_, i) => `t${i}`);

  test("may be 50", () => {
    expect(rendered(texts(50))).toHaveLength(50);
  });

  test("fails when there are 51", () => {
    expect(failure((stack) => newServer(stack, { tags: texts(51), networkMode }))).toBe(
      "a server takes 50 tags, got 51; drop some [TooManyTags at test/Web]",
    );
  });
});
