import type { Selection } from "#lib/plan/types.ts";
import { parseExactJson } from "#lib/plan/values/exactJson.ts";

/** What one `result` of a payload shows, under its name there. */
export interface ResultPart {
  readonly as: string;
  readonly selection: Selection;
}

/** The JSON of each `result` by its name in the payload. */
export type ResultJson = ReadonlyMap<string, Uint8Array>;

/** One selection for all results of a payload: nearly always there is one, which then needs nothing done to it. */
export function joinResults(parts: readonly ResultPart[]): Selection {
  const [first, ...more] = parts;
  if (!first) return [{ kind: "field", as: "id", field: "id" }];
  if (more.length === 0) return first.selection;
  return parts.flatMap(({ selection }, index) =>
    selection.map((member) => ({ ...member, as: `${index}:${member.as}` })),
  );
}

/** The other way round, from the JSON that the joined selection came to. */
export function splitResults(parts: readonly ResultPart[], json: Uint8Array): ResultJson {
  const [first, ...more] = parts;
  if (!first) return new Map();
  if (more.length === 0) return new Map([[first.as, json]]);
  const record = parseExactJson(Buffer.from(json).toString("utf8")) as object | null;
  // What was changed may not be seen.
  if (record === null) return new Map(parts.map(({ as }) => [as, json]));
  const all = Object.entries(record);
  return new Map(
    parts.map(({ as }, index) => {
      const prefix = `${index}:`;
      const own = all.filter(([name]) => name.startsWith(prefix));
      const object = Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length), value]));
      return [as, Buffer.from(JSON.stringify(object))];
    }),
  );
}
