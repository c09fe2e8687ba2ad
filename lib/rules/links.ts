import type { Subject, Use } from "./subject";

/** What refers to what. */
export class Links {
  private readonly users = new Map<Subject, Use[]>();
  private readonly used = new Map<Subject, { readonly attribute: string; readonly to: Subject }[]>();
  private readonly seen = new Map<Subject, Map<Subject, Set<string>>>();

  /** Notes that a resource refers to another by an attribute; once is enough. */
  add(by: Subject, attribute: string, to: Subject): void {
    const attributes = at(at(this.seen, by, new Map<Subject, Set<string>>()), to, new Set<string>());
    if (by === to || attributes.has(attribute)) return;
    attributes.add(attribute);
    at(this.used, by, []).push({ attribute, to });
    at(this.users, to, []).push({ by, attribute });
  }

  /** What refers to it. */
  usesOf(subject: Subject): readonly Use[] {
    return this.users.get(subject) ?? [];
  }

  /** What it refers to by an attribute. */
  usedBy(subject: Subject, attribute: string): readonly Subject[] {
    return (this.used.get(subject) ?? []).flatMap((one) => (one.attribute === attribute ? one.to : []));
  }
}

/** What a map has for a key; the first time, this. */
function at<K, V>(map: Map<K, V>, key: K, first: V): V {
  const there = map.get(key);
  if (there !== undefined) return there;
  map.set(key, first);
  return first;
}
