import {
  VolumeAttachment,
  type VolumeAttachmentOptions,
  type VolumeProps,
  type VolumeRetypePolicy,
  VolumeSource,
} from "cdktf-openstack-images";
import { only, synth } from "../support/synth";
import { Later, type Table, testCoverage, testTable } from "./later";
import { ATTACHMENT, newServer, newVolume, SERVER, VOLUME, VOLUME_BLOCK, VOLUME_ID } from "./samples";

const MINUTES = "${var.Amount}m";

describe("a volume", () => {
  const table: Table<Partial<VolumeProps>> = {
    sizeGb: [({ amount }) => ({ sizeGb: amount }), { size: "${var.Amount}" }],
    volumeName: [({ text }) => ({ volumeName: text }), { name: "${var.Text}" }],
    volumeType: [({ text }) => ({ volumeType: text }), { volume_type: "${var.Text}" }],
    availabilityZone: [({ text }) => ({ availabilityZone: text }), { availability_zone: "${var.Text}" }],
    region: [({ text }) => ({ region: text }), { region: "${var.Text}" }],
    description: [({ text }) => ({ description: text }), { description: "${var.Text}" }],
    metadata: [({ map }) => ({ metadata: map }), { metadata: "${var.Map}" }],
    enableOnlineResize: [({ flag }) => ({ enableOnlineResize: flag }), { enable_online_resize: "${var.Flag}" }],
    consistencyGroupId: [({ text }) => ({ consistencyGroupId: text }), { consistency_group_id: "${var.Text}" }],
    schedulerHints: [
      ({ text }) => ({ schedulerHints: { localToInstance: text } }),
      { scheduler_hints: [{ local_to_instance: "${var.Text}" }] },
    ],
    source: [({ text }) => ({ source: VolumeSource.fromSnapshot(text) }), { snapshot_id: "${var.Text}" }],
    createTimeoutMinutes: [({ amount }) => ({ createTimeoutMinutes: amount }), { timeouts: { create: MINUTES } }],
    deleteTimeoutMinutes: [({ amount }) => ({ deleteTimeoutMinutes: amount }), { timeouts: { delete: MINUTES } }],
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
  testCoverage("VolumeProps", table, ["onImageChange", "volumeRetypePolicy"]);

  test("takes a retype policy that only Terraform knows", () => {
    expect(rendered(({ text }) => ({ volumeRetypePolicy: text as VolumeRetypePolicy }))).toStrictEqual({
      ...VOLUME_BLOCK,
      volume_retype_policy: "${var.Text}",
    });
  });
});

describe("an attachment", () => {
  const table: Table<VolumeAttachmentOptions> = {
    multiattach: [({ flag }) => ({ multiattach: flag }), { multiattach: "${var.Flag}" }],
    tag: [({ text }) => ({ tag: text }), { tag: "${var.Text}" }],
    ignoreVolumeConfirmation: [
      ({ flag }) => ({ ignoreVolumeConfirmation: flag }),
      { vendor_options: { ignore_volume_confirmation: "${var.Flag}" } },
    ],
    createTimeoutMinutes: [({ amount }) => ({ createTimeoutMinutes: amount }), { timeouts: { create: MINUTES } }],
    deleteTimeoutMinutes: [({ amount }) => ({ deleteTimeoutMinutes: amount }), { timeouts: { delete: MINUTES } }],
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
  testCoverage("VolumeAttachmentOptions", table);

  test("takes a volume's id that only Terraform knows", () => {
    const volume = ({ text }: Later) => text;
    expect(attached(volume, () => ({}))).toStrictEqual({ ...block, volume_id: "${var.Text}" });
  });

  test("takes a server's id that only Terraform knows", () => {
    const result = synth((stack) => {
      const server = { serverId: new Later(stack).text };
      new VolumeAttachment(stack, "Data", { server, volume: { volumeId: VOLUME_ID } });
    });
    expect(only(result, ATTACHMENT)).toStrictEqual({ instance_id: "${var.Text}", volume_id: VOLUME_ID });
  });
});
