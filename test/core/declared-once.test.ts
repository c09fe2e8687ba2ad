import { Construct } from "constructs";
import { declareOnce } from "../../lib/core/declared-once";
import { newStack, synthApp } from "../support/synth";

test("who declared a thing first is remembered, in all stacks of an app", () => {
  synthApp((app) => {
    const [one, two] = [newStack(app, "one"), newStack(app, "two")];
    const at = (id: string) => new Construct(one, id);
    expect(declareOnce(at("First"), "key")).toBeUndefined();
    expect(declareOnce(at("Second"), "other")).toBeUndefined();
    expect(declareOnce(at("Third"), "key")).toBe("one/First");
    expect(declareOnce(new Construct(two, "Fourth"), "key")).toBe("one/First");
  });
});

test("another app knows nothing of it", () => {
  for (const _ of [1, 2]) {
    synthApp((app) => expect(declareOnce(newStack(app, "one"), "key")).toBeUndefined());
  }
});

test("a key may be what every object has", () => {
  synthApp((app) => expect(declareOnce(newStack(app, "one"), "constructor")).toBeUndefined());
});
