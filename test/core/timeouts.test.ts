import { TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { timeoutMinutes, timeoutsOf } from "../../lib/core/timeouts";
import { failure, synth } from "../support/synth";

const GIB = 1024 ** 3;

describe("the minutes for so many bytes", () => {
  const allowance = { minutes: 30, upToGib: 4, minutesPerGib: 4 };

  test.each([
    ["what is not known", undefined],
    ["nothing", 0],
    ["little", 1],
    ["just what the provider's minutes are enough for", 4 * GIB],
  ])("are the provider's for %s", (_, sizeBytes) => {
    expect(timeoutMinutes(allowance, sizeBytes)).toBeUndefined();
  });

  test.each([
    ["one byte more", 4 * GIB + 1, 31],
    ["256 MiB more", 4.25 * GIB, 31],
    ["256 MiB and a byte more", 4.25 * GIB + 1, 32],
    ["one GiB more", 5 * GIB, 34],
    ["a large disk", 100 * GIB, 414],
  ])("are more for %s", (_, sizeBytes, minutes) => {
    expect(timeoutMinutes(allowance, sizeBytes)).toBe(minutes);
  });

  test("follow the allowance", () => {
    const other = { minutes: 10, upToGib: 2, minutesPerGib: 1 };
    expect([2, 2.5, 3, 12].map((gib) => timeoutMinutes(other, gib * GIB))).toStrictEqual([undefined, 11, 11, 20]);
  });

  test("are the provider's for a size that only Terraform knows", () => {
    synth((stack) => {
      const { numberValue } = new TerraformVariable(stack, "v", {});
      expect(timeoutMinutes(allowance, numberValue)).toBeUndefined();
    });
  });
});

describe("timeouts", () => {
  const of = (minutes: Parameters<typeof timeoutsOf>[1]) => {
    let timeouts: unknown;
    synth((stack) => {
      timeouts = timeoutsOf(new Construct(stack, "Here"), minutes);
    });
    return timeouts;
  };

  test("are none when no minutes are given", () => {
    expect([of({}), of({ create: undefined, update: undefined, delete: undefined })]).toStrictEqual(
      Array(2).fill(undefined),
    );
  });

  test("are those that are given, in minutes", () => {
    expect(of({ create: 1, delete: 90 })).toStrictEqual({ create: "1m", delete: "90m" });
    expect(of({ create: undefined, update: 5 })).toStrictEqual({ update: "5m" });
  });

  test.each(["create", "update", "delete"] as const)("fails when '%s' is no amount", (operation) => {
    for (const amount of [0, -1, 1.5, NaN, Infinity]) {
      expect(failure((stack) => timeoutsOf(new Construct(stack, "Here"), { [operation]: amount }))).toBe(
        `'${operation}TimeoutMinutes' must be a whole number, 1 or more, got ${amount}; write it as a number, rounded up ` +
          "[AmountNotWhole at test/Here]",
      );
    }
  });
});
