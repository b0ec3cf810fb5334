import { actionsOf } from "../../model/actions/actionsOf.ts";
import { isListField, type ListUse, listNames } from "../../model/api/listFields.ts";
import { pageSizes } from "../../model/api/pageSizes.ts";
import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import { spokenName } from "../../model/naming/spokenName.ts";
import type { Resource } from "../../model/types.ts";
import type { ApiChange } from "./ApiChange.ts";
import type { ApiPair, ResourcePair } from "./ApiPair.ts";
import { fieldsOf } from "./fieldsOf.ts";
import { operationsOf } from "./operationsOf.ts";

const uses = [
  { use: "filterable", kind: "notFilterable", words: "filtered" },
  { use: "sortable", kind: "notSortable", words: "sorted" },
] as const satisfies readonly { use: ListUse; kind: ApiChange["kind"]; words: string }[];

/** What became of what lists can be asked for. */
export function listChanges(pair: ApiPair, { before, after }: ResourcePair): readonly ApiChange[] {
  const operations = actionsOf(before)
    .filter(({ type }) => type === "read")
    .flatMap((action) => operationsOf(before, action));
  const about = { resource: before.name, action: "read", operations } as const;
  const lists = `Lists of ${spokenName(before.plural)}`;
  const [old, now] = [pageSizes(before), pageSizes(after)];
  const changes: ApiChange[] = uses.flatMap(({ use, kind, words }) =>
    lostNames(pair, { before, after }, use).map((field): ApiChange => {
      const sentence = `${lists} can no longer be ${words} by ${field}; clients that do are refused`;
      return { ...about, kind, severity: "breaking", field, sentence };
    }),
  );
  if (now.most < old.most) {
    const sentence = `${lists} now hold at most ${now.most} records instead of ${old.most}; clients that ask for more are refused`;
    changes.push({ ...about, kind: "pageNarrowed", severity: "breaking", field: null, sentence });
  }
  if (now.usual !== old.usual) {
    const sentence = `${lists} now hold ${now.usual} records instead of ${old.usual} where clients do not say`;
    changes.push({ ...about, kind: "pageNarrowed", severity: "risky", field: null, sentence });
  }
  return changes;
}

/** Fields that are still there, and that lists could be asked for by before. */
function lostNames(pair: ApiPair, { before, after }: ResourcePair, use: ListUse): readonly string[] {
  if (after.api?.[use] === undefined) return [];
  const now = new Map(fieldsOf(pair.after, after).map(({ identity, name }) => [identity, name]));
  const identities = new Map(fieldsOf(pair.before, before).map(({ identity, name }) => [name, identity]));
  const keys = keysOf(before);
  return listNames(before).filter((name) => {
    if (!isListField(before, use, name)) return false;
    const owner = keys.get(name);
    const nameNow = now.get(identities.get(owner ?? name) ?? "");
    if (nameNow === undefined) return false;
    const asked = owner === undefined ? nameNow : foreignKeyField({ name: nameNow });
    return !isListField(after, use, asked);
  });
}

/** The relationships of keys, by the fields that hold these. */
function keysOf({ relationships }: Resource): ReadonlyMap<string, string> {
  return new Map(
    relationships.flatMap((one) => (one.kind === "belongsTo" ? [[foreignKeyField(one), one.name] as const] : [])),
  );
}
