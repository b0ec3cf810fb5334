import type { FieldError } from "../../errors/AppError.ts";
import type { Expression } from "../../expression/Expression.ts";
import type { RequestContext } from "../access/contextValues.ts";
import type { Catalog, Entity, Field } from "../catalog/Catalog.ts";
import { readAttribute } from "../values/readAttribute.ts";
import type { ActionRules } from "./ActionRules.ts";
import { defaultRule, literalDefault, momentaryDefault } from "./defaults.ts";
import { GivenRecord } from "./GivenRecord.ts";
import { type LinkInput, type NestedInput, readInput } from "./readInput.ts";
import { notTheFirst } from "./stateRefusals.ts";
import { tenantValue } from "./tenantValue.ts";

export interface NewRecordContext {
  readonly catalog: Catalog;
  readonly entity: Entity;
  readonly rules: ActionRules;
  readonly request: RequestContext;
  /** In front of the names of fields in errors, such as `0.`. */
  readonly prefix: string;
  readonly nests?: boolean;
  /** A field that gets its value elsewhere. */
  readonly spared?: string | null;
}

/** All that is known of a record before it is created, and all that is wrong with it. */
export interface NewRecord {
  /** Stored texts by field; what is not in it is left to the database. */
  readonly values: ReadonlyMap<string, string | null>;
  readonly links: readonly LinkInput[];
  readonly nested: readonly NestedInput[];
  readonly errors: readonly FieldError[];
  /**
   * All that can be said against the record: the errors, and what its checks find without the database. The statement
   * makes all checks again, with those that need the database, so that these are only told beside errors.
   */
  readonly told: () => readonly FieldError[];
}

export function readNewRecord(input: Readonly<Record<string, unknown>>, context: NewRecordContext): NewRecord {
  const { catalog, entity, rules, request, prefix } = context;
  const { model } = catalog;
  const tenant = tenantValue(entity, request.actor);
  const read = readInput(input, { ...context, action: "create", supplied: tenant?.field });
  const errors = [...read.errors, ...stateErrors(read.values, context)];
  const wrong = new Set(errors.map(({ field }) => field.slice(prefix.length).split(".")[0]));
  const values = new Map(read.values);
  if (tenant && !values.has(tenant.field)) values.set(tenant.field, tenant.text);
  const given = new GivenRecord({ model, entity, request, arguments: rules.arguments });
  const asks = rules.set.length + rules.validations.length + rules.require.length > 0;
  const take = (name: string, text: string | null) => {
    values.set(name, text);
    given.know(name, text);
  };
  for (const field of entity.fields.values()) {
    if (wrong.has(field.name)) continue;
    const known = values.get(field.name);
    const text = known === undefined ? literalDefault(field, model) : known;
    if (text !== undefined) take(field.name, text);
    else if (hasNoDefault(field)) given.know(field.name, null);
    else if (asks) {
      // What is asked of the record may depend on it, so it is not left to the database.
      const moment = momentaryDefault(field, request.now);
      if (moment !== null) take(field.name, moment);
    }
  }
  const workOut = (field: Field, expression: Expression) => {
    const json = given.jsonOf(expression);
    if (json === null) return take(field.name, null);
    const reading = readAttribute(field.attribute ?? field, json, model);
    if ("text" in reading) return take(field.name, reading.text);
    for (const { place, ...refusal } of reading.refusals) {
      errors.push({ field: `${prefix}${place === "" ? field.name : `${field.name}.${place}`}`, ...refusal });
    }
  };
  for (const field of entity.fields.values()) {
    const rule = values.has(field.name) ? null : defaultRule(catalog, entity, field);
    if (rule && given.knows(rule)) workOut(field, rule);
  }
  for (const { field: name, expression } of rules.set) {
    const field = entity.fields.get(name);
    if (field && given.knows(expression)) workOut(field, expression);
    // The statement works it out.
    else values.delete(name);
  }
  const told = () => [...errors, ...checkKnown(given, rules, prefix)];
  return { values, links: read.links, nested: read.nested, errors, told };
}

function hasNoDefault({ attribute, type }: Field): boolean {
  return attribute?.default === undefined && type.kind !== "sequence";
}

/** What the action's rules have against the record, as far as that is known without asking the database. */
export function checkKnown(given: GivenRecord, rules: ActionRules, prefix: string): readonly FieldError[] {
  const errors: FieldError[] = [];
  const at = (field: string) => (field === "" ? prefix.replace(/\.$/, "") : prefix + field);
  for (const { expression, when, field, message } of rules.validations) {
    if (when && (!given.knows(when) || given.valueOf(when) !== true)) continue;
    if (given.knows(expression) && given.valueOf(expression) !== true) {
      errors.push({ field: at(field), rule: "check", message });
    }
  }
  return errors;
}

/** A new record starts in the first state, unless the action takes the state from its callers by name. */
function stateErrors(values: ReadonlyMap<string, string | null>, context: NewRecordContext): readonly FieldError[] {
  const { entity, rules, prefix } = context;
  const { states } = entity.resource;
  const field = states && entity.fields.get(states.attribute);
  const given = field && values.get(field.name);
  if (!states || !field || given === undefined || given === null || rules.accepts?.has(field.name)) return [];
  const first = field.attribute?.default;
  if (first?.kind !== "literal" || typeof first.value !== "string" || field.type.kind !== "choice") return [];
  const option = field.type.options.find(({ stored }) => stored === given);
  if (option?.name === first.value) return [];
  const error = notTheFirst(states, first.value);
  return [{ ...error, field: prefix + error.field }];
}
