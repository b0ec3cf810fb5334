import { checkExpression } from "../../expression/check/checkExpression.ts";
import type { ExpressionSlot } from "../../model/expressions/ExpressionSlot.ts";
import { placedExpression } from "../../model/expressions/expressionsOf.ts";
import { mapExpressions } from "../../model/expressions/mapExpressions.ts";
import type { Model, Resource } from "../../model/types.ts";
import { capital } from "../../model/words/capital.ts";
import type { PartKind } from "../propose/Proposal.ts";
import type { Mutants } from "./Mutants.ts";
import { textMutations } from "./textMutations.ts";

/** Expressions with one sign, bound or word changed. */
export function expressionMutants(into: Mutants): void {
  const slots: { readonly text: string; readonly slot: ExpressionSlot }[] = [];
  mapExpressions(into.model, into.resource, (text, slot) => {
    slots.push({ text, slot });
    return text;
  });
  slots.forEach(({ text, slot }, index) => {
    const part = partOf(slot.path.slice(1), into.resource);
    if (!part) return;
    for (const mutation of textMutations(text)) {
      if (!isSound(into.model, mutation.text, slot)) continue;
      let at = -1;
      const changed = mapExpressions(into.model, into.resource, (each) => {
        at += 1;
        return at === index ? mutation.text : each;
      });
      const { kind, path, sameTables } = part;
      into.add({
        kind,
        part: path,
        sentence: `${capital(mutation.change)} in \`${text}\`.`,
        change: changed,
        drops: false,
        sameTables,
      });
    }
  });
}

interface PartOf {
  readonly kind: PartKind;
  readonly path: readonly string[];
  readonly sameTables: boolean;
}

/** The part that an expression belongs to, as proposals name it; null for defaults and named reads. */
function partOf([section = "", name = "", member = "", at = ""]: readonly string[], resource: Resource): PartOf | null {
  const part = (kind: PartKind, path: readonly string[], sameTables = true) => ({ kind, path, sameTables });
  const isKept = (list: readonly { readonly name: string; readonly column?: string }[] = []) =>
    list.find((each) => each.name === name)?.column === undefined;
  switch (section) {
    case "policies":
      return part("policy", [section, name]);
    case "fieldPolicies":
      return part("fieldPolicy", [section, name, member]);
    case "validations":
      return part("validation", [section, name]);
    case "calculations":
      return part("calculation", [section, name], isKept(resource.calculations));
    case "aggregates":
      return part("aggregate", [section, name], isKept(resource.aggregates));
    case "conditionalUniques":
      return part("unique", [section, name], false);
    case "states": {
      const index = (resource.states?.transitions ?? []).findIndex(
        ({ action, when }) => action === member && when !== undefined,
      );
      return part("guard", ["states", "transitions", String(index), "when"]);
    }
    case "actions":
      if (member === "require") return part("requirement", ["definedActions", name, "require", at]);
      if (member === "validations") return part("validation", ["definedActions", name, "validations", at]);
      return member === "set" ? part("action", ["definedActions", name, "set"]) : null;
    default:
      return null;
  }
}

function isSound(model: Model, text: string, slot: ExpressionSlot): boolean {
  const placed = placedExpression(model, text, slot);
  const expected = placed.expected();
  return (
    checkExpression(text, placed.scope(), {
      ...(expected && { expected }),
      ...(placed.target && { target: placed.target }),
    }).expression !== null
  );
}
