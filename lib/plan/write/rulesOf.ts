import { type CheckOptions, checkExpression } from "../../expression/check/checkExpression.ts";
import type { Expression } from "../../expression/Expression.ts";
import type { ExpressionScope } from "../../expression/ExpressionScope.ts";
import { isStandardAction } from "../../model/actions/actionsOf.ts";
import { scopeOf } from "../../model/expressions/scopeOf.ts";
import { valueTypeOf } from "../../model/expressions/valueTypeOf.ts";
import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import type { Validation } from "../../model/types.ts";
import { type Catalog, type Entity, type Field, fieldNamed } from "../catalog/Catalog.ts";
import type { ActionRules, FieldRule, TransitionRule, ValidationRule } from "./ActionRules.ts";

const known = new WeakMap<Entity, Map<string, ActionRules>>();

/** What an action demands and does; made when it is first asked for. An action is known to be the resource's. */
export function rulesOf(catalog: Catalog, entity: Entity, name: string): ActionRules {
  let rules = known.get(entity);
  if (!rules) {
    rules = new Map();
    known.set(entity, rules);
  }
  const found = rules.get(name) ?? makeRules(catalog, entity, name);
  rules.set(name, found);
  return found;
}

function makeRules(catalog: Catalog, entity: Entity, name: string): ActionRules {
  const { model } = catalog;
  const { resource } = entity;
  const written = resource.definedActions?.find((action) => action.name === name);
  const type = written?.type ?? (isStandardAction(name) ? name : "update");
  const typed = new Typing(scopeOf(model, resource.name, { arguments: written?.arguments ?? [] }));
  const changes = type === "create" || type === "update";
  const recordWide = changes
    ? (resource.validations ?? []).filter(({ actions }) => actions?.includes(name) ?? true)
    : [];
  const transitions = type === "update" ? (resource.states?.transitions ?? []) : [];
  return {
    name,
    type,
    accepts: written?.accept
      ? new Set(written.accept.flatMap((accepted) => bothNames(entity, accepted)))
      : isStandardAction(name)
        ? null
        : new Set(),
    arguments: written?.arguments ?? [],
    set: (written?.set ?? []).map(({ field: name, expression }): FieldRule => {
      const field = fieldFor(entity, name);
      const expected = valueTypeOf(field.type, model);
      const target = { resource: resource.name, member: field.name };
      return { field: field.name, expression: typed.as(expression, { expected, target }) };
    }),
    require: (written?.require ?? []).map(({ expression, message }) => ({
      expression: typed.condition(expression),
      message: message ?? `${name} asks for this to be true: ${expression}.`,
    })),
    validations: [...recordWide, ...(written?.validations ?? [])].map((validation) => ruleOf(validation, typed)),
    transitions: transitions
      .filter(({ action }) => action === name)
      .map(({ from, to, when }): TransitionRule => {
        return { from, to, when: when === undefined ? null : typed.condition(when) };
      }),
    where: written?.where === undefined ? null : typed.condition(written.where),
    upsert: written?.upsert?.map((part) => fieldFor(entity, part).name) ?? null,
  };
}

/** The field of a name that the model gives a field or a belongsTo. */
function fieldFor(entity: Entity, name: string): Field {
  const relationship = entity.relationships.get(name);
  return fieldNamed(entity, relationship?.kind === "belongsTo" ? foreignKeyField(relationship) : name);
}

function bothNames({ relationships }: Entity, name: string): readonly string[] {
  const own = relationships.get(name);
  if (own?.kind === "belongsTo") return [name, foreignKeyField(own)];
  const holder = [...relationships.values()].find(
    (relationship) => relationship.kind === "belongsTo" && foreignKeyField(relationship) === name,
  );
  return holder ? [name, holder.name] : [name];
}

function ruleOf({ expression, when, message, field = "" }: Validation, typed: Typing): ValidationRule {
  return {
    expression: typed.condition(expression),
    when: when === undefined ? null : typed.condition(when),
    message,
    field,
  };
}

class Typing {
  readonly #scope: ExpressionScope;

  constructor(scope: ExpressionScope) {
    this.#scope = scope;
  }

  condition(text: string): Expression {
    return this.as(text, { expected: { kind: "boolean" } });
  }

  as(text: string, options: CheckOptions): Expression {
    const { expression, problems } = checkExpression(text, this.#scope, options);
    if (!expression) throw new Error(`The model has an expression that is not sound: ${problems[0]?.message ?? text}`);
    return expression;
  }
}
