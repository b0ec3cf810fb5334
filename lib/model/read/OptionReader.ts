import { plain, readBoolean, readCount, readList, readString, readStrings, refuseKind } from "./literals.ts";
import type { Reading } from "./Reading.ts";
import type { Property } from "./readProperties.ts";
import { readOptions, readProperties } from "./readProperties.ts";
import type { Expression, ObjectExpression } from "./syntax.ts";

/** Where a part of the model stands while it is read. */
export interface At {
  readonly reading: Reading;
  readonly path: readonly string[];
}

/** The options of one call or object; each answers `undefined` where it is absent or was refused. */
export class OptionReader {
  readonly reading: Reading;
  readonly path: readonly string[];
  readonly #options: ReadonlyMap<string, Property>;

  /** Options that are not `allowed` are refused in the name of `of`. */
  constructor(
    object: ObjectExpression | null,
    { reading, path }: At,
    { allowed, of }: { readonly allowed: readonly string[]; readonly of: string },
  ) {
    this.reading = reading;
    this.path = path;
    this.#options = object ? readOptions(object, reading, { path, allowed, of }) : new Map();
  }

  node(name: string): Expression | undefined {
    return this.#options.get(name)?.value;
  }

  at(name: string): At {
    return { reading: this.reading, path: [...this.path, name] };
  }

  text(name: string): string | undefined {
    const node = this.node(name);
    return node ? (readString(node, this.reading, [...this.path, name]) ?? undefined) : undefined;
  }

  flag(name: string): boolean | undefined {
    const node = this.node(name);
    return node ? (readBoolean(node, this.reading, [...this.path, name]) ?? undefined) : undefined;
  }

  count(name: string): number | undefined {
    const node = this.node(name);
    return node ? (readCount(node, this.reading, [...this.path, name]) ?? undefined) : undefined;
  }

  texts(name: string): readonly string[] | undefined {
    const node = this.node(name);
    return node ? (readStrings(node, this.reading, [...this.path, name]) ?? undefined) : undefined;
  }
}

/** The named members of a section such as `calculations`, each read by `read`; those that were refused are left out. */
export function readSection<T>(
  node: Expression,
  { reading, path }: At,
  read: (name: string, value: Expression, at: At) => T | null,
): readonly T[] {
  const section = plain(node);
  if (section.type !== "ObjectExpression") {
    refuseKind(section, reading, path, `Write the ${path.at(-1) ?? "members"} in \`{ }\` here.`);
    return [];
  }
  return readProperties(section, reading, path).flatMap(({ name, key, value }) => {
    const at = [...path, name];
    if (name === "__proto__") {
      reading.refuse("reserved_name", key, path, "`__proto__` cannot be a name here. Choose another.");
      return [];
    }
    reading.place(at, key);
    const member = read(name, value, { reading, path: at });
    return member === null ? [] : [member];
  });
}

/** The elements of a list such as `validations`, each read by `read`; those that were refused are left out. */
export function readItems<T>(
  node: Expression,
  { reading, path }: At,
  read: (value: Expression, at: At) => T | null,
): readonly T[] {
  reading.place(path, node);
  const items: T[] = [];
  for (const item of readList(node, reading, path) ?? []) {
    const at = [...path, String(items.length)];
    const read_ = read(item, { reading, path: at });
    if (read_ === null) continue;
    reading.place(at, item);
    items.push(read_);
  }
  return items;
}
