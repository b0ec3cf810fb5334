import { foreignKeyField } from "#lib/model/naming/foreignKeyField.ts";
import type { Model } from "#lib/model/types.ts";

/** Something that the record of a new person cannot be without. */
export interface RecordField {
  readonly name: string;
  /** What may be chosen; null for what is typed. */
  readonly options: readonly string[] | null;
  /** The value that a text stands for, as the app takes it. */
  readonly read: (text: string) => unknown;
}

/** Besides the address, which is asked for in any case. */
export function recordFields({ app, resources }: Model): readonly RecordField[] {
  const users = resources.find(({ name }) => name === app.users);
  if (!users) return [];
  const attributes = users.attributes.filter(
    ({ name, required, default: initial, writable, type }) =>
      required && !initial && writable !== "readOnly" && type.kind !== "sequence" && name !== app.auth?.email,
  );
  const links = users.relationships.flatMap((relationship) =>
    relationship.kind === "belongsTo" && relationship.required ? [foreignKeyField(relationship)] : [],
  );
  return [
    ...attributes.map(({ name, type }): RecordField => {
      switch (type.kind) {
        case "choice":
          return { name, options: type.options.map((option) => option.name), read: asItIs };
        case "boolean":
          return { name, options: ["false", "true"], read: (text) => text === "true" };
        case "integer":
          return { name, options: null, read: numberOf };
        default:
          return { name, options: null, read: asItIs };
      }
    }),
    ...links.map((name): RecordField => ({ name, options: null, read: asItIs })),
  ];
}

function asItIs(text: string): unknown {
  return text.trim();
}

/** What is no number is left to the app, which says so at its field. */
function numberOf(text: string): unknown {
  return /^-?\d+$/.test(text.trim()) ? Number(text) : text.trim();
}
