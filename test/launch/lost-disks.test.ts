import { BootSource, DataDisk, NetworkMode, PowerState, type Volume } from "cdktf-openstack-images";
import { failure, only, synth } from "../support/synth";
import { newServer, newVolume, SERVER } from "./samples";

test("fails when there are two swap disks, of which a server takes one", () => {
  const dataDisks = [
    DataDisk.swap({ sizeMb: 1 }),
    DataDisk.newVolume({ sizeGb: 1, deleteOnTermination: true }),
    DataDisk.swap({ sizeMb: 2 }),
  ];
  expect(failure((stack) => newServer(stack, { dataDisks }))).toBe(
    "a server takes one swap disk, got dataDisks[0] and dataDisks[2]; make it one [SwapTwice at test/Web]",
  );
});

test.each([
  ["an ephemeral disk", DataDisk.ephemeral({ sizeGb: 1 })],
  ["swap space", DataDisk.swap({ sizeMb: 1 })],
])("fails when %s would be lost by shelving", (_, disk) => {
  const volume = DataDisk.newVolume({ sizeGb: 1, deleteOnTermination: true });
  const props = { powerState: PowerState.SHELVED_OFFLOADED, dataDisks: [volume, disk] };
  expect(failure((stack) => newServer(stack, props))).toBe(
    "'powerState' cannot be shelved_offloaded with a data disk that is no volume, got dataDisks[1]: Nova would lose what is on it; " +
      "make it a volume, or stop the server with PowerState.SHUTOFF [ShelvingLosesDisk at test/Web]",
  );
});

test.each([["availabilityZone"], ["hypervisorHostname"]])(
  "fails when a server is shelved whose '%s' is compared",
  (name) => {
    const props = { [name]: "one", networkMode: NetworkMode.NONE };
    const isFine = { ...props, powerState: PowerState.SHUTOFF };
    expect(synth((stack) => newServer(stack, isFine)).text).toContain("one");
    expect(failure((stack) => newServer(stack, { ...props, powerState: PowerState.SHELVED_OFFLOADED }))).toBe(
      `'powerState' cannot be shelved_offloaded with '${name}', got "one": Nova reports none of a shelved server, and the next apply would ` +
        `destroy it; leave '${name}' out, which leaves the server as it is [ShelvingReplaces at test/Web]`,
    );
  },
);

test("a server whose disks are volumes may be shelved, and one with others stopped", () => {
  const volume = DataDisk.newVolume({ sizeGb: 1, deleteOnTermination: true });
  const states = [
    { powerState: PowerState.SHELVED_OFFLOADED },
    { powerState: PowerState.SHELVED_OFFLOADED, dataDisks: [volume] },
    { powerState: PowerState.SHUTOFF, dataDisks: [DataDisk.ephemeral({ sizeGb: 1 })] },
  ].map(
    (props) =>
      only(
        synth((stack) => newServer(stack, props)),
        SERVER,
      ).power_state,
  );
  expect(states).toStrictEqual(["shelved_offloaded", "shelved_offloaded", "shutoff"]);
});

test.each([
  ["'boot'", (volume: Volume) => ({ boot: BootSource.fromVolume(volume, { deleteOnTermination: true }) })],
  ["dataDisks[0]", (volume: Volume) => ({ dataDisks: [DataDisk.fromVolume(volume, { deleteOnTermination: true })] })],
])("fails when a volume of the app would go with the server: %s", (label, props) => {
  expect(failure((stack) => newServer(stack, props(newVolume(stack))))).toBe(
    `'deleteOnTermination' of ${label} cannot be given for a volume of the app, got it for test/Data: whatever replaces the server would ` +
      "delete the volume, and no plan says so; leave it out [DeleteOnTerminationOfVolume at test/Web]",
  );
});
