import * as fc from "fast-check";
import { ProviderRef, Ref, TokenOf, type TokenOrigin } from "./described";
import { name, text } from "./text";

/** An arbitrary for each prop of an interface, so that a new prop is missed by the compiler too. */
export type Fields<T> = { readonly [K in keyof Required<T>]: fc.Arbitrary<unknown> };

export type Given = Record<string, unknown>;

/** What fails is tried with the first alternative too. */
const SHRINKING = { withCrossShrink: true };

/** Props: those required, and each other one in a third of all cases. */
export function props<T>(fields: Fields<T>, ...required: (keyof T)[]): fc.Arbitrary<Given> {
  const sometimes = (arbitrary: fc.Arbitrary<unknown>) =>
    fc.oneof(SHRINKING, { weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
  const entries = Object.entries<fc.Arbitrary<unknown>>(fields).map(([key, arbitrary]) => [
    key,
    required.includes(key as keyof T) ? arbitrary : sometimes(arbitrary),
  ]);
  return fc.record(Object.fromEntries(entries));
}

/** The same without one of the props. */
export function without(given: Given, ...names: string[]): Given {
  return Object.fromEntries(Object.entries(given).filter(([key]) => !names.includes(key)));
}

/** The same with one of the props that exclude each other: the first that is given. */
export function firstOf(given: Given, ...names: string[]): Given {
  const [, ...others] = names.filter((key) => given[key] !== undefined);
  return without(given, ...others);
}

export const origin = fc.constantFrom<TokenOrigin[]>("variable", "attribute", "other stack", "image");

const around = fc.oneof(fc.constant(""), text({ maxLength: 6 }));

/** A string that Terraform fills in. */
export const stringToken = fc
  .tuple(origin, around, around)
  .map(([from, before, after]) => new TokenOf("string", from, before, after));

/** A string that is nothing but a token, for an id. */
export const idToken = origin.map((from) => new TokenOf("string", from));

function mostly<T>(arbitrary: fc.Arbitrary<T>, seldom: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof(SHRINKING, { weight: 5, arbitrary }, { weight: 1, arbitrary: seldom });
}

export const anyText = mostly(text(), stringToken);
export const anyName = mostly(name, stringToken);
export const bool = mostly(
  fc.boolean(),
  origin.map((from) => new TokenOf("boolean", from)),
);

/** A whole number. */
export function amount(min: number, max = 2 ** 31 - 1): fc.Arbitrary<unknown> {
  const known = fc.oneof(fc.integer({ min, max: Math.min(max, min + 100) }), fc.integer({ min, max }));
  return mostly(
    known,
    origin.map((from) => new TokenOf("number", from)),
  );
}

/** A number that is known at plan. */
export function amountAtPlan(min: number, max: number): fc.Arbitrary<unknown> {
  return mostly(fc.integer({ min, max }), fc.constant(new TokenOf("number", "variable")));
}

export function list(entry: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return mostly(
    fc.array(entry, { maxLength: 4 }),
    origin.map((from) => new TokenOf("list", from)),
  );
}

/** A list that is known at plan. */
export function listAtPlan(entry: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return mostly(fc.array(entry, { maxLength: 4 }), fc.constant(new TokenOf("list", "variable")));
}

/** The provider's SDK counts the entries of a map under the key "%", and JavaScript keeps `__proto__` for itself. */
const key = name.filter((text) => text.length <= 255 && text !== "%" && text !== "__proto__");

/** A map from text to text. */
export const textMap = fc.dictionary(key, text(), { minKeys: 1, maxKeys: 4 });

/** A map of one. */
export const textEntry = fc.tuple(key, text()).map((entry) => Object.fromEntries([entry]));

export const map = mostly(
  fc.dictionary(key, anyText, { maxKeys: 4 }),
  origin.map((from) => new TokenOf("map", from)),
);

/** A map of one, or one that is known at plan. */
export const oneEntry = mostly(textEntry, fc.constant(new TokenOf("map", "variable")));

export const knownUuid = fc.uuid({ version: 4 });
export const uuid = mostly(knownUuid, idToken);

export const ipV4 = mostly(fc.ipV4(), idToken);

const nth = fc.nat({ max: 7 });

export const image = nth.map((n) => new Ref("image", n));
export const volume = nth.map((n) => new Ref("volume", n));

export function ref(pool: ConstructorParameters<typeof Ref>[0]): fc.Arbitrary<Ref> {
  return nth.map((n) => new Ref(pool, n));
}

/** A construct's `provider`; the stack may have none without alias, so that one must always be given. */
export const provider = nth.map((n) => new ProviderRef(n));
export const region = fc.oneof(fc.constantFrom("RegionOne", "RegionTwo"), anyName);
export const dependsOn = fc.array(ref("construct"), { maxLength: 3 });

/** The provider's SDK must know timeouts at plan. */
export const minutes = amountAtPlan(1, 10_000);
