import type { Construct } from "constructs";

/** What Terraform plans when an argument changes. */
export enum OnChange {
  IN_PLACE = "in place",
  REPLACES = "replaces",
  REBUILDS = "rebuilds, wipes the root disk",
  NOTHING = "nothing",
  READS_ANEW = "reads anew",
}

/** An app, as the part of a stack that it declares. */
export type App = (scope: Construct) => void;

/** Attributes of a resource, as the provider names them. */
export type Attributes = Readonly<Record<string, unknown>>;

/** One change of one argument. */
export interface Change {
  /** The prop that makes it. */
  readonly prop: string;
  /** What changes, in a few words. */
  readonly title: string;
  readonly before: App;
  readonly after: App;
  /** The argument's value before and after, as the synthesized file has it. */
  readonly values: readonly [unknown, unknown];
  /** The arguments that differ; none where something else than an argument makes the change. */
  readonly differing: readonly string[];
  /** Which of several nested blocks has the argument. */
  readonly index: number;
  /** What has become of the resource's attributes in the cloud meanwhile. */
  readonly found: Attributes;
  readonly onChange: OnChange;
  /** What the plan does not say. */
  readonly note?: string;
  /** Whether only the real provider plans it so, for what is no part of its schema. */
  readonly realOnly: boolean;
}

/** An argument of a resource or data source, by its path: `min_disk_gb`, `network.uuid`. */
export type Row =
  | { readonly argument: string; readonly changes: readonly Change[] }
  | { readonly argument: string; readonly reason: string };

/** The arguments of a resource, or with `data.` in front of a data source. */
export interface Table {
  readonly type: string;
  /** What of the library makes it. */
  readonly madeBy: string;
  /** What holds for all of its rows. */
  readonly preface?: string;
  readonly rows: readonly Row[];
}

/** What a change says besides its prop, its values and what is planned. */
export interface Details<Props = object> {
  /** @default - the values */
  readonly title?: string;
  /** The argument's values, where they are others than the prop's. */
  readonly values?: readonly [unknown, unknown];
  /** Props that stand beside it, before and after. */
  readonly beside?: Props;
  /** @default - the argument itself */
  readonly differing?: readonly string[];
  /** @default 0 */
  readonly index?: number;
  /** Attributes that the cloud has changed, while the app has not. @default - none */
  readonly found?: Attributes;
  readonly note?: string;
  /** @default false */
  readonly realOnly?: boolean;
}

/** What is left out is the provider's to choose, and it stays with what was chosen. */
export const KEPT = { note: "it keeps what it has" };

type Pending = (argument: string) => Change;

/** An argument that is reached, by one or more props. */
export function reached(argument: string, ...changes: Pending[]): Row {
  return { argument, changes: changes.map((change) => change(argument)) };
}

/** An argument that the library does not offer, and why. */
export function notOffered(argument: string, reason: string): Row {
  return { argument, reason };
}

/** Changes of the props of a construct, one at a time. */
export function changesOf<Props extends object>(name: string, make: (scope: Construct, props: Partial<Props>) => void) {
  return <Key extends keyof Props & string>(
    key: Key,
    values: readonly [Props[Key], Props[Key]],
    onChange: OnChange,
    details: Details<Partial<Props>> = {},
  ): Pending => {
    const [before, after] = values.map((value) => (scope: Construct) => {
      make(scope, { ...details.beside, [key]: value } as Partial<Props>);
    });
    return change(`${name}.${key}`, [before, after], onChange, { ...details, values: details.values ?? values });
  };
}

/** A change that is not that of one prop's value. */
export function change(
  prop: string,
  [before, after]: readonly App[],
  onChange: OnChange,
  details: Details & { readonly values: readonly [unknown, unknown] },
): Pending {
  return (argument) => ({
    prop,
    title: `${argument}: ${details.title ?? details.values.map(shown).join(", then ")}`,
    before,
    after,
    values: details.values,
    differing: details.differing ?? (details.found ? [] : [argument]),
    index: details.index ?? 0,
    found: details.found ?? {},
    onChange,
    note: details.note,
    realOnly: details.realOnly ?? false,
  });
}

function shown(value: unknown): string {
  return value === undefined ? "none" : JSON.stringify(value);
}
