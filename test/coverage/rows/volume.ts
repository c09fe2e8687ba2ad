import {
  ImageChange,
  Volume,
  VolumeAttachment,
  type VolumeAttachmentProps,
  type VolumeProps,
  VolumeRetypePolicy,
  type VolumeSchedulerHints,
  VolumeSource,
} from "cdktf-openstack-images";
import type { Construct } from "constructs";
import { uuid } from "../samples";
import { change, changesOf, KEPT, notOffered, OnChange, reached, type Table } from "../table";
import { image, otherImage } from "./given";

const { IN_PLACE, NOTHING, REPLACES } = OnChange;

function newVolume(scope: Construct, props: Partial<VolumeProps>): void {
  new Volume(scope, "Data", { sizeGb: 10, ...props });
}

const prop = changesOf<VolumeProps>("VolumeProps", newVolume);
const hint = changesOf<VolumeSchedulerHints>("VolumeSchedulerHints", (scope, schedulerHints) =>
  newVolume(scope, { schedulerHints }),
);
const [one, other] = ["volume 1", "volume 2"].map(uuid);

/** Another source, by the function that names it. */
function sources(name: string, what: string, from: (id: string) => VolumeSource) {
  const apps = [one, other].map((id) => (scope: Construct) => newVolume(scope, { source: from(id) }));
  return change(`VolumeSource.${name}`, apps, REPLACES, { title: `one ${what}, then another`, values: [one, other] });
}

function imageChange(onImageChange: ImageChange, onChange: OnChange, note?: string) {
  return prop("image", [image, otherImage], onChange, {
    title: `one image, then another with ImageChange.${onImageChange}`,
    values: [image.imageId, otherImage.imageId],
    beside: { onImageChange },
    note,
  });
}

export const VOLUME: Table = {
  type: "openstack_blockstorage_volume_v3",
  madeBy: "`Volume`",
  preface:
    "A volume that is replaced loses its data: the new one is as its image, snapshot, volume or backup, or blank.",
  rows: [
    reached(
      "availability_zone",
      prop("availabilityZone", ["one", "other"], REPLACES),
      prop("availabilityZone", ["one", undefined], NOTHING, KEPT),
    ),
    reached(
      "backup_id",
      sources("fromBackup", "backup", (id) => VolumeSource.fromBackup(id)),
      prop("source", [VolumeSource.fromBackup(one), VolumeSource.fromBackup(one)], NOTHING, {
        title: "forgotten by Cinder",
        values: [one, one],
        found: { backup_id: "" },
      }),
      prop("source", [undefined, VolumeSource.fromBackup(one)], NOTHING, {
        title: "none, then a backup",
        values: [undefined, one],
        note: "make another volume",
      }),
    ),
    reached(
      "consistency_group_id",
      prop("consistencyGroupId", [one, other], REPLACES, {
        title: "one group, then another",
        note: "fails: Cinder deletes no volume that is in a group",
      }),
    ),
    reached(
      "description",
      prop("description", ["one", "other"], IN_PLACE),
      prop("description", ["one", undefined], IN_PLACE),
    ),
    reached(
      "enable_online_resize",
      prop("enableOnlineResize", [undefined, true], IN_PLACE, {
        note: "it counts at the next growth",
      }),
    ),
    reached(
      "image_id",
      imageChange(ImageChange.IGNORE, NOTHING, "the next replacement takes it"),
      imageChange(ImageChange.REPLACE, REPLACES),
      prop("image", [image, undefined], REPLACES, { title: "an image, then none", values: [image.imageId, undefined] }),
      prop("image", [undefined, image], NOTHING, {
        title: "none, then an image",
        values: [undefined, image.imageId],
        note: "make another volume",
      }),
    ),
    reached(
      "metadata",
      prop("metadata", [{ role: "web" }, { role: "db" }], IN_PLACE),
      prop("metadata", [{ role: "web" }, { role: "web" }], IN_PLACE, {
        title: "a key that somebody added",
        found: { metadata: { role: "web", added: "yes" } },
        note: "removes it",
      }),
      prop("metadata", [{ role: "web" }, { role: "web" }], NOTHING, {
        title: "the backup, noted by Cinder",
        beside: { source: VolumeSource.fromBackup(one) },
        found: { metadata: { role: "web", src_backup_id: one } },
      }),
      prop("metadata", [{ role: "web" }, undefined], NOTHING, KEPT),
    ),
    reached("name", prop("volumeName", ["one", "other"], IN_PLACE)),
    reached(
      "region",
      prop("region", ["RegionOne", "RegionTwo"], REPLACES),
      prop("region", ["RegionOne", undefined], NOTHING, KEPT),
    ),
    reached(
      "size",
      prop("sizeGb", [10, 20], IN_PLACE),
      prop("sizeGb", [10, 10], IN_PLACE, {
        title: "extended by somebody",
        found: { size: 20 },
        note: "fails: Cinder cannot shrink a volume",
      }),
      prop("sizeGb", [20, 10], IN_PLACE, { note: "fails: Cinder cannot shrink a volume" }),
    ),
    reached(
      "snapshot_id",
      sources("fromSnapshot", "snapshot", (id) => VolumeSource.fromSnapshot(id)),
    ),
    notOffered("source_replica", "Cinder refuses it: its first kind of replication is gone"),
    reached(
      "source_vol_id",
      sources("fromVolume", "volume", (volumeId) => VolumeSource.fromVolume({ volumeId })),
    ),
    reached(
      "volume_retype_policy",
      prop("volumeRetypePolicy", [undefined, VolumeRetypePolicy.ON_DEMAND], IN_PLACE, {
        note: "it counts at the next change of the type",
      }),
    ),
    reached(
      "volume_type",
      prop("volumeType", ["ssd", "hdd"], IN_PLACE, {
        note: "it stays, without an error, where its data would have to move and `volumeRetypePolicy` is `NEVER`",
      }),
      prop("volumeType", ["ssd", undefined], NOTHING, KEPT),
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
      "scheduler_hints.different_host",
      hint("differentHost", [[one], [other]], REPLACES, { title: "one volume, then another" }),
    ),
    reached(
      "scheduler_hints.local_to_instance",
      hint("localToInstance", [one, other], REPLACES, { title: "one server, then another" }),
    ),
    reached(
      "scheduler_hints.query",
      hint("query", ['[">=", "$free_capacity_gb", 10]', '[">=", "$free_capacity_gb", 20]'], REPLACES),
    ),
    reached(
      "scheduler_hints.same_host",
      hint("sameHost", [[one], [other]], REPLACES, { title: "one volume, then another" }),
    ),
    reached(
      "timeouts.create",
      prop("createTimeoutMinutes", [20, 40], NOTHING, {
        values: ["20m", "40m"],
        note: "it holds for the next create and growth",
        realOnly: true,
      }),
    ),
    reached(
      "timeouts.delete",
      prop("deleteTimeoutMinutes", [20, 40], NOTHING, {
        values: ["20m", "40m"],
        note: "it holds once something else has changed",
        realOnly: true,
      }),
    ),
  ],
};

const [server, otherServer] = ["server 1", "server 2"].map((name) => ({ serverId: uuid(name) }));
const [volume, otherVolume] = [one, other].map((volumeId) => ({ volumeId }));

const attachment = changesOf<VolumeAttachmentProps>("VolumeAttachmentProps", (scope, props) => {
  new VolumeAttachment(scope, "Attachment", { server, volume, ...props });
});

export const ATTACHMENT: Table = {
  type: "openstack_compute_volume_attach_v2",
  madeBy: "`VolumeAttachment`, `server.attachVolume`",
  rows: [
    notOffered("device", "Nova chooses the name, and the guest its own; a change is planned in place and fails"),
    reached(
      "instance_id",
      attachment("server", [server, otherServer], REPLACES, {
        title: "one server, then another",
        values: [server.serverId, otherServer.serverId],
      }),
    ),
    reached("multiattach", attachment("multiattach", [undefined, true], REPLACES)),
    reached(
      "region",
      attachment("region", ["RegionOne", "RegionTwo"], REPLACES),
      attachment("region", ["RegionOne", undefined], NOTHING, KEPT),
    ),
    reached("tag", attachment("tag", ["one", "other"], REPLACES)),
    reached(
      "volume_id",
      attachment("volume", [volume, otherVolume], REPLACES, {
        title: "one volume, then another",
        values: [one, other],
      }),
    ),
    reached(
      "timeouts.create",
      attachment("createTimeoutMinutes", [20, 40], NOTHING, {
        values: ["20m", "40m"],
        note: "it holds for the next attachment",
        realOnly: true,
      }),
    ),
    reached(
      "timeouts.delete",
      attachment("deleteTimeoutMinutes", [20, 40], NOTHING, {
        values: ["20m", "40m"],
        note: "it holds for the next attachment",
        realOnly: true,
      }),
    ),
    reached(
      "vendor_options.ignore_volume_confirmation",
      attachment("ignoreVolumeConfirmation", [undefined, true], REPLACES),
      attachment("ignoreVolumeConfirmation", [true, false], REPLACES, {
        title: "true, then false",
        values: [true, undefined],
      }),
    ),
  ],
};
