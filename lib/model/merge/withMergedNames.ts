import { mentionsBetween } from "../rename/mentionsBetween.ts";
import type { Mentions } from "../rename/renameMentions.ts";
import { renameMentions } from "../rename/renameMentions.ts";
import type { Model } from "../types.ts";
import type { ThreeModels } from "./mergeModels.ts";

/**
 * The three sides with what their expressions, paths and lists of fields speak of called as it will be once they are
 * merged: by my new name, else by theirs. So a rename on one side and a change of what speaks of it on the other agree.
 */
export function withMergedNames({ base, mine, theirs }: ThreeModels): ThreeModels {
  const [renamedByMe, renamedByThem] = [mentionsBetween(base, mine), mentionsBetween(base, theirs)];
  const merged = overlaid(renamedByThem, renamedByMe);
  return {
    base: renameMentions(base, merged),
    mine: renameMentions(mine, onto(base, mine, { merged, done: renamedByMe })),
    theirs: renameMentions(theirs, onto(base, theirs, { merged, done: renamedByThem })),
  };
}

type Renamed = ReadonlyMap<string, ReadonlyMap<string, string>>;

function overlaid(below: Mentions, above: Mentions): Mentions {
  const both = (one: Renamed, other: Renamed): Renamed => {
    const keys = new Set([...one.keys(), ...other.keys()]);
    return new Map([...keys].map((key) => [key, new Map([...(one.get(key) ?? []), ...(other.get(key) ?? [])])]));
  };
  return { members: both(below.members, above.members), options: both(below.options, above.options) };
}

/** What is left to rename on a side that has done some of it, by the names that it uses. */
function onto(
  base: Model,
  side: Model,
  { merged, done }: { readonly merged: Mentions; readonly done: Mentions },
): Mentions {
  const tables = new Map(side.resources.map(({ table, name }) => [table, name]));
  const resources = new Map(base.resources.map(({ table, name }) => [name, tables.get(table) ?? name]));
  const left = (all: Renamed, ours: Renamed, keyNow: (key: string) => string): Renamed =>
    new Map(
      [...all].map(([key, names]) => {
        const now = (name: string) => ours.get(key)?.get(name) ?? name;
        const rest = [...names].map(([from, to]) => [now(from), to] as const).filter(([from, to]) => from !== to);
        return [keyNow(key), new Map(rest)] as const;
      }),
    );
  const optionsNow = (key: string) => {
    const [resource = "", field = ""] = key.split(".");
    return `${resources.get(resource) ?? resource}.${done.members.get(resource)?.get(field) ?? field}`;
  };
  return {
    members: left(merged.members, done.members, (name) => resources.get(name) ?? name),
    options: left(merged.options, done.options, optionsNow),
  };
}
