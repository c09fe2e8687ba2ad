import { type TerraformStack, TerraformVariable, Token } from "cdktf";
import type { SchedulerHints, VolumeSchedulerHints } from "cdktf-openstack-images";
import { failure, only, synth } from "../support/synth";
import { newServer, newVolume, SERVER, SERVER_BLOCK, SERVER_ID, VOLUME, VOLUME_BLOCK, VOLUME_ID } from "./samples";

type Given<T> = T | ((stack: TerraformStack) => T);

function given<T>(stack: TerraformStack, hints: Given<T>): T {
  return typeof hints === "function" ? (hints as (stack: TerraformStack) => T)(stack) : hints;
}

function ofServer(hints: Given<SchedulerHints>) {
  return synth((stack) => newServer(stack, { schedulerHints: given(stack, hints) }));
}

function ofVolume(hints: Given<VolumeSchedulerHints>) {
  return synth((stack) => newVolume(stack, { schedulerHints: given(stack, hints) }));
}

describe("hints for a server", () => {
  test.each<[SchedulerHints, object]>([
    [{ group: SERVER_ID }, { group: SERVER_ID }],
    [{ differentHost: [SERVER_ID, VOLUME_ID] }, { different_host: [SERVER_ID, VOLUME_ID] }],
    [{ sameHost: [SERVER_ID] }, { same_host: [SERVER_ID] }],
    [{ sameHost: [] }, { same_host: [] }],
    [{ query: [">=", "$free_ram_mb", "1024"] }, { query: [">=", "$free_ram_mb", "1024"] }],
    [{ targetCell: "cell-1" }, { target_cell: "cell-1" }],
    [{ differentCell: ["cell-1", "cell-2"] }, { different_cell: ["cell-1", "cell-2"] }],
    [{ buildNearHostIp: "192.0.2.0/24" }, { build_near_host_ip: "192.0.2.0/24" }],
    [{ additionalProperties: { "a b": "c" } }, { additional_properties: { "a b": "c" } }],
  ])("%j come out as they are", (hints, rendered) => {
    expect(only(ofServer(hints), SERVER)).toStrictEqual({ ...SERVER_BLOCK, scheduler_hints: [rendered] });
  });

  test("may be known to Terraform alone", () => {
    const result = ofServer((stack) => {
      const { stringValue, listValue, value } = new TerraformVariable(stack, "v", {});
      return {
        group: stringValue,
        differentHost: [stringValue],
        sameHost: [SERVER_ID, stringValue],
        query: listValue,
        targetCell: stringValue,
        differentCell: listValue,
        buildNearHostIp: `${stringValue}/24`,
        additionalProperties: Token.asStringMap(value),
      };
    });
    expect(only(result, SERVER).scheduler_hints).toStrictEqual([
      {
        group: "${var.v}",
        different_host: ["${var.v}"],
        same_host: [SERVER_ID, "${var.v}"],
        query: "${var.v}",
        target_cell: "${var.v}",
        different_cell: "${var.v}",
        build_near_host_ip: "${var.v}/24",
        additional_properties: "${var.v}",
      },
    ]);
  });

  test.each<[SchedulerHints, string]>([
    [{ group: "web" }, `'group' of 'schedulerHints' must be a UUID, got "web"`],
    [{ group: "" }, `'group' of 'schedulerHints' must be a UUID, got ""`],
    [{ differentHost: [SERVER_ID, "web"] }, `'differentHost' of 'schedulerHints': each id must be a UUID, got "web"`],
    [{ sameHost: ["web"] }, `'sameHost' of 'schedulerHints': each id must be a UUID, got "web"`],
  ])("fails when they are %j", (schedulerHints, message) => {
    expect(failure((stack) => newServer(stack, { schedulerHints }))).toBe(
      `${message}; if this is a name, look it up [NotAUuid at test/Web]`,
    );
  });
});

test.each([{}, { sameHost: undefined, query: undefined }])("hints that say nothing are none: %j", (hints) => {
  expect(
    only(
      ofServer(() => hints),
      SERVER,
    ),
  ).toStrictEqual(SERVER_BLOCK);
  expect(
    only(
      ofVolume(() => hints),
      VOLUME,
    ),
  ).toStrictEqual(VOLUME_BLOCK);
});

describe("hints for a volume", () => {
  const query = '[">=", "$free_capacity_gb", 100]';

  test.each<[VolumeSchedulerHints, object]>([
    [{ differentHost: [VOLUME_ID, SERVER_ID] }, { different_host: [VOLUME_ID, SERVER_ID] }],
    [{ sameHost: [VOLUME_ID] }, { same_host: [VOLUME_ID] }],
    [{ localToInstance: SERVER_ID }, { local_to_instance: SERVER_ID }],
    [{ query }, { query }],
    [{ additionalProperties: { "${a}": "%{b}" } }, { additional_properties: { "$${a}": "%%{b}" } }],
  ])("%j come out as they are", (hints, rendered) => {
    expect(only(ofVolume(hints), VOLUME)).toStrictEqual({ ...VOLUME_BLOCK, scheduler_hints: [rendered] });
  });

  test("may be known to Terraform alone", () => {
    const result = ofVolume((stack) => {
      const { stringValue, value } = new TerraformVariable(stack, "v", {});
      return {
        differentHost: [stringValue],
        sameHost: [VOLUME_ID, stringValue],
        localToInstance: stringValue,
        query: stringValue,
        additionalProperties: Token.asStringMap(value),
      };
    });
    expect(only(result, VOLUME).scheduler_hints).toStrictEqual([
      {
        different_host: ["${var.v}"],
        same_host: [VOLUME_ID, "${var.v}"],
        local_to_instance: "${var.v}",
        query: "${var.v}",
        additional_properties: "${var.v}",
      },
    ]);
  });

  test.each<[VolumeSchedulerHints, string]>([
    [{ localToInstance: "web" }, `'localToInstance' of 'schedulerHints' must be a UUID, got "web"`],
    [{ differentHost: ["data"] }, `'differentHost' of 'schedulerHints': each id must be a UUID, got "data"`],
    [{ sameHost: [VOLUME_ID, ""] }, `'sameHost' of 'schedulerHints': each id must be a UUID, got ""`],
  ])("fails when they are %j", (schedulerHints, message) => {
    expect(failure((stack) => newVolume(stack, { schedulerHints }))).toBe(
      `${message}; if this is a name, look it up [NotAUuid at test/Data]`,
    );
  });
});

test("lists of ids may be known to Terraform alone", () => {
  const result = synth((stack) => {
    const { listValue } = new TerraformVariable(stack, "v", {});
    const schedulerHints = { differentHost: listValue, sameHost: listValue };
    newServer(stack, { schedulerHints });
    newVolume(stack, { schedulerHints });
  });
  const rendered = [{ different_host: "${var.v}", same_host: "${var.v}" }];
  expect([only(result, SERVER), only(result, VOLUME)].map((block) => block.scheduler_hints)).toStrictEqual([
    rendered,
    rendered,
  ]);
});

test.each<[string, (stack: TerraformStack, hints: Pick<SchedulerHints, "additionalProperties">) => void]>([
  ["Web", (stack, schedulerHints) => newServer(stack, { schedulerHints })],
  ["Data", (stack, schedulerHints) => newVolume(stack, { schedulerHints })],
])("fails when %s has several other hints, which the provider compares in random order", (id, build) => {
  expect(failure((stack) => build(stack, { additionalProperties: { zone: "a", rack: "b" } }))).toBe(
    "'additionalProperties' of 'schedulerHints' must have one key, got zone, rack: provider 3.4.0 compares several in random " +
      `order, and would replace this in some plans; leave all but one out [HintsUnstable at test/${id}]`,
  );
});
