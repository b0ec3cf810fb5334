import type { Expression } from "../../expression/Expression.ts";
import { describeExpression } from "../../expression/words/describeExpression.ts";
import { spokenName } from "../../model/naming/spokenName.ts";
import type { Model, Resource } from "../../model/types.ts";
import { isNever } from "../../plan/access/Access.ts";
import { type Asker, askerName, askerWords } from "../../plan/access/matrix/Asker.ts";
import { accessOf, cellOf, type Verdict } from "../../plan/access/matrix/cellOf.ts";
import { policyFields } from "../../plan/access/policyFields.ts";
import type { ComparedResource } from "./comparedModels.ts";
import { directionOf, type Leave } from "./directionOf.ts";
import type { PolicyChange } from "./PolicyChange.ts";

/** Who sees and sets more or fewer of the fields that policies of their own speak of. */
export function fieldPolicyChanges(
  pair: ComparedResource,
  after: Model,
  askers: readonly Asker[],
): readonly PolicyChange[] {
  const fields = new Set([...ruledFields(pair.before), ...ruledFields(pair.after)]);
  return [...fields].flatMap((field) =>
    askers.flatMap((asker) =>
      (["read", "write"] as const).flatMap((side): readonly PolicyChange[] => {
        // Of records that they see none of, fields say nothing.
        if (!seesAny(pair.model, pair.before, asker) && !seesAny(after, pair.after, asker)) return [];
        const old = leaveOf(pair.model, pair.before, { asker, field, side });
        const now = leaveOf(after, pair.after, { asker, field, side });
        const direction = directionOf(old, now);
        if (direction === null) return [];
        return [
          {
            direction,
            resource: pair.after.name,
            asker: { id: asker.id, name: askerName(asker), isOpen: asker.role === null },
            action: null,
            field: { name: field, side },
            before: old.verdict,
            after: now.verdict,
            sentence: sentenceOf({ asker, field, side, resource: pair.after, was: old.verdict, now }),
          },
        ];
      }),
    ),
  );
}

function ruledFields(resource: Resource): readonly string[] {
  const named = (resource.fieldPolicies ?? []).flatMap(({ fields }) => fields);
  // A belongsTo and its key are one: the first name is enough.
  return named.map((name) => policyFields(resource, name)[0] ?? name);
}

function seesAny(model: Model, resource: Resource, asker: Asker): boolean {
  return cellOf(model, { asker, resource, action: { name: "read", type: "read" } }).verdict !== "no";
}

interface AskedField {
  readonly asker: Asker;
  readonly field: string;
  readonly side: "read" | "write";
}

function leaveOf(model: Model, { name }: Resource, { asker, field, side }: AskedField): Leave {
  const access = accessOf(model, asker);
  const condition = side === "read" ? access.fieldRead(name, field) : access.fieldWrite(name, field);
  if (condition === null) return { verdict: "yes", where: [] };
  return isNever(condition) ? { verdict: "no", where: [] } : { verdict: "sometimes", where: [condition] };
}

interface Said extends AskedField {
  readonly resource: Resource;
  readonly was: Verdict;
  readonly now: Leave;
}

function sentenceOf({ asker, field, side, resource, was, now }: Said): string {
  const what = `the ${spokenName(field)} of ${spokenName(resource.plural)}`;
  const does = side === "read" ? "read" : "set";
  const who = askerWords(asker);
  switch (now.verdict) {
    case "no":
      return `${who} may no longer ${does} ${what}`;
    case "yes":
      return was === "sometimes" ? `${who} may now ${does} ${what} always` : `${who} may now ${does} ${what}`;
    case "sometimes":
      return `${who} may now ${does} ${what} ${was === "no" ? "" : "only "}${whereWords(now.where)}`;
  }
}

function whereWords([condition]: readonly Expression[]): string {
  const words = condition ? describeExpression(condition, "") : "`";
  return words.includes("`") ? "where policies let them" : `where ${words}`;
}
