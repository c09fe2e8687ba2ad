import {
  BootSource,
  DataDisk,
  Flavor,
  ImageChange,
  NetworkMode,
  PowerState,
  type ServerProps,
  UserData,
} from "cdktf-openstack-images";
import type { Construct } from "constructs";
import { secret } from "../samples";
import { change, changesOf, type Details, KEPT, notOffered, OnChange, reached, type Table } from "../table";
import { image, newServer, otherImage } from "./given";
import { DISK_ROWS } from "./server-disks";
import { NESTED_ROWS } from "./server-nested";

const { IN_PLACE, REPLACES, REBUILDS, NOTHING } = OnChange;

/** Where the state alone changes. */
const later = (when: string): Details => ({ note: `it counts at the next ${when}` });

const prop = changesOf<ServerProps>("ServerProps", newServer);

/** Another image, in a mode. */
function imageChange(mode: ImageChange, onChange: OnChange, props: Partial<ServerProps> = {}, details: Details = {}) {
  const apps = [image, otherImage].map((from) => (scope: Construct) => {
    newServer(scope, { boot: BootSource.fromImage(from), onImageChange: mode, ...props });
  });
  return change("BootSource.fromImage", apps, onChange, {
    title: `one image, then another with ImageChange.${mode}`,
    values: [image.imageId, otherImage.imageId],
    ...details,
  });
}

function flavors(name: "fromFlavorId" | "fromFlavorName", values: readonly [string, string]) {
  const apps = values.map((value) => (scope: Construct) => {
    newServer(scope, { flavor: Flavor[name](value) });
  });
  return change(`Flavor.${name}`, apps, IN_PLACE, {
    values,
    note: "a resize, with a restart",
  });
}

/** What the provider reads of a server whose flavor was deleted. */
function goneFlavor(name: "fromFlavorId" | "fromFlavorName", value: string) {
  const app = (scope: Construct) => newServer(scope, { flavor: Flavor[name](value) });
  return change(`Flavor.${name}`, [app, app], REPLACES, {
    title: "deleted from the cloud",
    values: [value, value],
    found: { flavor_id: "", flavor_name: "" },
    note: "unasked: the provider cannot resize from a flavor that is gone",
    realOnly: true,
  });
}

function password(values: readonly [string | undefined, string | undefined], details: Details) {
  const apps = values.map((name) => (scope: Construct) => {
    newServer(scope, { adminPassword: name === undefined ? undefined : secret(scope, name) });
  });
  const references = values.map((name) => name && `\${var.${name}}`) as [unknown, unknown];
  return change("ServerProps.adminPassword", apps, IN_PLACE, { ...details, values: references });
}

export const SERVER: Table = {
  type: "openstack_compute_instance_v2",
  madeBy: "`Server`",
  preface:
    "A server that is replaced loses what is on its root disk, unless it boots from a `Volume` of its own. Its new volumes go with it, or\n" +
    "with `deleteOnTermination: false` stay behind.",
  rows: [
    reached(
      "admin_pass",
      password(["Old", "New"], {
        title: "one variable, then another",
        note: "fails where the hypervisor cannot set it in the running guest, and is not planned again",
      }),
      password(["Old", undefined], { title: "a variable, then none", note: "sets an empty one" }),
    ),
    reached(
      "availability_zone",
      prop("availabilityZone", ["one", "other"], REPLACES),
      prop("availabilityZone", ["one", undefined], NOTHING, KEPT),
      prop("availabilityZone", ["one", "one"], REPLACES, {
        title: "moved by the cloud",
        found: { availability_zone: "other" },
        note: "unasked",
      }),
    ),
    reached(
      "availability_zone_hints",
      prop("availabilityZoneHints", ["one", "other"], REPLACES),
      prop("availabilityZoneHints", ["one", "one"], NOTHING, {
        title: "moved by the cloud",
        found: { availability_zone: "other" },
      }),
    ),
    reached("config_drive", prop("configDrive", [undefined, true], REPLACES)),
    reached("flavor_id", flavors("fromFlavorId", ["1", "2"]), goneFlavor("fromFlavorId", "1")),
    reached(
      "flavor_name",
      flavors("fromFlavorName", ["m1.small", "m1.large"]),
      goneFlavor("fromFlavorName", "m1.small"),
    ),
    reached("force_delete", prop("forceDelete", [undefined, true], IN_PLACE, later("destroy"))),
    reached(
      "hypervisor_hostname",
      prop("hypervisorHostname", ["one", "other"], REPLACES),
      prop("hypervisorHostname", ["one", undefined], NOTHING, KEPT),
      prop("hypervisorHostname", ["one", "one"], REPLACES, {
        title: "migrated, or hidden from the project",
        found: { hypervisor_hostname: "" },
        note: "unasked",
      }),
    ),
    reached(
      "image_id",
      imageChange(ImageChange.IGNORE, NOTHING, {}, { note: "the next replacement takes it" }),
      imageChange(ImageChange.REPLACE, REPLACES),
      imageChange(ImageChange.REBUILD, REBUILDS),
      imageChange(
        ImageChange.REBUILD,
        REBUILDS,
        { dataDisks: [DataDisk.ephemeral({ sizeGb: 1 })] },
        {
          title: "one image, then another with ImageChange.REBUILD and data disks",
          differing: ["image_id", "block_device.uuid"],
        },
      ),
    ),
    notOffered("image_name", "an image has its name until somebody renames it, and that would rebuild the server"),
    reached("key_pair", prop("keyPairName", ["one", "other"], REPLACES)),
    reached(
      "metadata",
      prop("metadata", [{ role: "web" }, { role: "db" }], IN_PLACE),
      prop("metadata", [{ role: "web" }, undefined], IN_PLACE),
    ),
    reached("name", prop("serverName", ["one", "other"], IN_PLACE)),
    reached(
      "network_mode",
      prop("networkMode", [NetworkMode.AUTO, NetworkMode.NONE], REPLACES),
      prop("networkMode", [undefined, NetworkMode.AUTO], REPLACES, { differing: ["network_mode", "network.uuid"] }),
    ),
    reached(
      "power_state",
      prop("powerState", [undefined, PowerState.SHUTOFF], IN_PLACE),
      prop("powerState", [undefined, undefined], IN_PLACE, {
        title: "stopped by somebody",
        found: { power_state: "shutoff" },
        note: "starts it",
      }),
      prop("powerState", [PowerState.SHUTOFF, PowerState.PAUSED], IN_PLACE, {
        note: "fails: Nova pauses only what runs",
      }),
    ),
    reached(
      "region",
      prop("region", ["RegionOne", "RegionTwo"], REPLACES),
      prop("region", ["RegionOne", undefined], NOTHING, KEPT),
    ),
    reached(
      "security_groups",
      prop("securityGroupNames", [["web"], ["web", "db"]], IN_PLACE),
      prop("securityGroupNames", [["web"], undefined], NOTHING, KEPT),
    ),
    reached("stop_before_destroy", prop("stopBeforeDestroy", [undefined, true], IN_PLACE, later("destroy"))),
    reached("tags", prop("tags", [["a"], ["a", "b"]], IN_PLACE), prop("tags", [["a"], undefined], IN_PLACE)),
    reached(
      "user_data",
      prop("userData", ["one", "other"].map((text) => UserData.fromText(text)) as [UserData, UserData], REPLACES, {
        values: ["one", "other"],
      }),
    ),
    ...DISK_ROWS,
    ...NESTED_ROWS,
  ],
};
