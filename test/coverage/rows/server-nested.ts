import { NetworkInterface, type SchedulerHints, type ServerProps } from "cdktf-openstack-images";
import type { Construct } from "constructs";
import { uuid } from "../samples";
import { change, changesOf, type Details, KEPT, notOffered, OnChange, type Row, reached } from "../table";
import { newServer } from "./given";

const { IN_PLACE, NOTHING, REPLACES } = OnChange;

const [one, other] = ["network 1", "network 2"].map(uuid);

/** Servers that differ in one interface. */
function interfaces(
  name: string,
  nics: readonly (NetworkInterface | undefined)[],
  values: readonly [unknown, unknown],
  onChange: OnChange,
  details: Details = {},
) {
  const apps = nics.map((nic) => (scope: Construct) => newServer(scope, { networkInterfaces: nic && [nic] }));
  return change(`NetworkInterface.${name}`, apps, onChange, { ...details, values });
}

const prop = changesOf<ServerProps>("ServerProps", newServer);
const hint = changesOf<SchedulerHints>("SchedulerHints", (scope, schedulerHints) =>
  newServer(scope, { schedulerHints }),
);
const [server, otherServer] = ["server 1", "server 2"].map(uuid);

function timeout(
  operation: string,
  key: "createTimeoutMinutes" | "updateTimeoutMinutes" | "deleteTimeoutMinutes",
  note: string,
): Row {
  return reached(
    `timeouts.${operation}`,
    prop(key, [45, 90], NOTHING, { values: ["45m", "90m"], note, realOnly: true }),
  );
}

export const NESTED_ROWS: readonly Row[] = [
  reached(
    "network.access_network",
    interfaces(
      "onNetwork accessNetwork",
      [undefined, true].map((accessNetwork) => NetworkInterface.onNetwork(one, { accessNetwork })),
      [undefined, true],
      IN_PLACE,
      { note: "reaches the state alone: `access_ip_v4` of the resource" },
    ),
  ),
  reached(
    "network.fixed_ip_v4",
    interfaces(
      "onNetwork fixedIpV4",
      ["192.0.2.1", "192.0.2.2"].map((fixedIpV4) => NetworkInterface.onNetwork(one, { fixedIpV4 })),
      ["192.0.2.1", "192.0.2.2"],
      REPLACES,
    ),
    interfaces(
      "onNetwork fixedIpV4",
      ["192.0.2.1", undefined].map((fixedIpV4) => NetworkInterface.onNetwork(one, { fixedIpV4 })),
      ["192.0.2.1", undefined],
      NOTHING,
      KEPT,
    ),
  ),
  notOffered(
    "network.fixed_ip_v6",
    "provider 3.4.0 never sends it: give the address to a port, and `NetworkInterface.fromPort`",
  ),
  reached(
    "network.name",
    interfaces(
      "onNetworkNamed",
      ["one", "other"].map((name) => NetworkInterface.onNetworkNamed(name)),
      ["one", "other"],
      REPLACES,
    ),
  ),
  reached(
    "network.port",
    interfaces(
      "fromPort",
      [one, other].map((id) => NetworkInterface.fromPort(id)),
      [one, other],
      REPLACES,
      { title: "one port, then another" },
    ),
  ),
  reached(
    "network.uuid",
    interfaces(
      "onNetwork",
      [one, other].map((id) => NetworkInterface.onNetwork(id)),
      [one, other],
      REPLACES,
      { title: "one network, then another" },
    ),
    prop("networkInterfaces", [[NetworkInterface.onNetwork(one)], undefined], NOTHING, {
      ...KEPT,
      title: "a network, then none",
      values: [one, undefined],
      realOnly: true,
    }),
    prop(
      "networkInterfaces",
      [[NetworkInterface.onNetwork(one)], [one, other].map((id) => NetworkInterface.onNetwork(id))],
      REPLACES,
      { title: "a second network", values: [undefined, other], index: 1 },
    ),
  ),
  ...["content", "file"].map((name) =>
    notOffered(
      `personality.${name}`,
      "Nova dropped it with version 2.57 of its API, and a change rebuilds the server: `userData` writes files",
    ),
  ),
  reached(
    "scheduler_hints.additional_properties",
    hint("additionalProperties", [{ rack: "a" }, { rack: "b" }], REPLACES),
    hint("additionalProperties", [{ rack: "a" }, { row: "a" }], NOTHING, {
      note: "the provider compares the values alone",
      realOnly: true,
    }),
  ),
  reached(
    "scheduler_hints.build_near_host_ip",
    hint("buildNearHostIp", ["192.0.2.0/24", "198.51.100.0/24"], NOTHING, {
      note: "the provider does not compare it",
      realOnly: true,
    }),
  ),
  reached("scheduler_hints.different_cell", hint("differentCell", [["one"], ["other"]], REPLACES)),
  reached(
    "scheduler_hints.different_host",
    hint("differentHost", [[server], [otherServer]], REPLACES, { title: "one server, then another" }),
  ),
  reached(
    "scheduler_hints.group",
    hint("group", [server, otherServer], REPLACES, { title: "one group, then another" }),
    prop("schedulerHints", [undefined, { group: server }], REPLACES, {
      title: "none, then a group",
      values: [undefined, server],
    }),
  ),
  reached(
    "scheduler_hints.query",
    hint(
      "query",
      [
        [">=", "$free_ram_mb", "1024"],
        [">=", "$free_ram_mb", "2048"],
      ],
      REPLACES,
    ),
  ),
  reached(
    "scheduler_hints.same_host",
    hint("sameHost", [[server], [otherServer]], REPLACES, { title: "one server, then another" }),
  ),
  reached("scheduler_hints.target_cell", hint("targetCell", ["one", "other"], REPLACES)),
  timeout("create", "createTimeoutMinutes", "it holds for the next create"),
  timeout("delete", "deleteTimeoutMinutes", "it holds once something else has changed"),
  timeout("update", "updateTimeoutMinutes", "it holds for the next update"),
  reached(
    "vendor_options.detach_ports_before_destroy",
    prop("detachPortsBeforeDestroy", [undefined, true], IN_PLACE, { note: "it counts at the next destroy" }),
  ),
  reached(
    "vendor_options.ignore_resize_confirmation",
    prop("ignoreResizeConfirmation", [undefined, true], IN_PLACE, { note: "it counts at the next resize" }),
  ),
];
