import { literal, operation } from "../../expression/build.ts";
import type { Expression } from "../../expression/Expression.ts";
import { booleanType } from "../../expression/types.ts";
import { writableFields } from "../../model/actions/writableFields.ts";
import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import type { AppTest, TestValue } from "../../model/testTypes.ts";
import type { Action, Attribute } from "../../model/types.ts";
import type { ValidationRule } from "../../plan/write/ActionRules.ts";
import { type Draft, rowOf, withField, withRow } from "../solve/Draft.ts";
import { type Goal, type Roots, Solving } from "../solve/Solving.ts";
import { allWays, ways } from "../solve/ways.ts";
import { plainValue } from "../world/plainValue.ts";
import { deedOf, type Proposing } from "./Proposing.ts";
import { moments } from "./verdict.ts";

export interface Scene {
  readonly action: Action;
  /** Whoever acts, and what is there already. */
  readonly start: Draft;
  /** What must be so of the record before anything else is looked at. */
  readonly first?: readonly Sought[];
  /** What must be so besides. */
  readonly besides?: readonly Sought[];
  /** Leaves out what the action itself asks for, but for what stands in `first`. */
  readonly bare?: boolean;
  /** Values of the record to begin with. */
  readonly values?: Readonly<Record<string, TestValue>>;
}

/** A condition on the record, and what it shall be. */
export interface Sought {
  readonly expression: Expression;
  readonly wanted: boolean;
}

/** Drafts in which an action can be done with a record of the resource, or with a new one. */
export function* scenes(
  proposing: Proposing,
  { action, start, first = [], besides = [], bare = false, values = {} }: Scene,
): Generator<Draft> {
  const { model, resource, subject } = proposing;
  const rules = proposing.action(action.name);
  const own = action.type === "create" ? { ...newValues(proposing, action), ...values } : values;
  const made = withRow(model, start, { resource, called: subject, values: own });
  const solving = new Solving(model, { now: moments[0], ways, declared: rules.arguments });
  const roots: Roots = new Map([["record", made.name]]);
  const goal = ({ expression, wanted }: Sought): Goal => ({ expression, wanted, roots });
  const isChange = action.type === "create" || action.type === "update";
  const asked: readonly Sought[] = bare
    ? []
    : [
        ...rules.require.map(({ expression }) => ({ expression, wanted: true })),
        ...(isChange ? rules.validations.map((rule) => ({ expression: whole(rule), wanted: true })) : []),
      ];
  const withArguments = { ...made.draft, arguments: argumentsOf(proposing, action) };
  for (const from of statesFor(proposing, action, withArguments)) {
    const guards = from.guard && !bare ? [{ expression: from.guard, wanted: true }] : [];
    yield* allWays(solving, from.draft, [...first, ...besides, ...guards, ...asked].map(goal));
  }
}

/** A validation as one condition: what its `when` spares is fulfilled. */
export function whole({ when, expression }: ValidationRule): Expression {
  return when ? operation("if", booleanType, [when, expression, literal(booleanType, true)]) : expression;
}

/** What every new record has to be given. */
function newValues({ model, resource }: Proposing, action: Action): Readonly<Record<string, TestValue>> {
  const accepted = acceptedFields(resource, action);
  const needed = resource.attributes.filter(
    (attribute) => attribute.required && attribute.default === undefined && accepted.has(attribute.name),
  );
  const key = resource.key.default === undefined && resource.key.type.kind !== "sequence" ? [resource.key] : [];
  return Object.fromEntries(
    [...key, ...needed].map((attribute: Attribute) => [attribute.name, plainValue(attribute, model, 1)]),
  );
}

function argumentsOf({ model }: Proposing, { arguments: declared = [] }: Action): Readonly<Record<string, TestValue>> {
  const needed = declared.filter(({ required, default: value }) => required && value === undefined);
  return Object.fromEntries(needed.map((argument) => [argument.name, plainValue(argument, model)]));
}

interface From {
  readonly draft: Draft;
  readonly guard: Expression | null;
}

/** The states from which an action leads on, one draft each; just the draft where it makes no transition. */
function statesFor(proposing: Proposing, action: Action, draft: Draft): readonly From[] {
  const { resource, subject: row } = proposing;
  const { states } = resource;
  const { transitions } = proposing.action(action.name);
  if (!states || transitions.length === 0) return [{ draft, guard: null }];
  return transitions.flatMap(({ from, to, when }) =>
    (from.length > 0 ? from : optionsBut(resource.attributes, states.attribute, to)).map((state) => ({
      draft: withField(draft, row, states.attribute, state),
      guard: when,
    })),
  );
}

function optionsBut(attributes: readonly Attribute[], name: string, to: string): readonly string[] {
  const type = attributes.find((attribute) => attribute.name === name)?.type;
  return type?.kind === "choice" ? type.options.map((option) => option.name).filter((option) => option !== to) : [];
}

/** The names under which a caller of an action may give values. */
export function acceptedFields(resource: Proposing["resource"], { name, type, accept }: Action): ReadonlySet<string> {
  if (type !== "create" && type !== "update") return new Set();
  const writable = writableFields(resource, type);
  if (accept === undefined) return new Set(name === type ? writable : []);
  const named = accept.map(
    (field) =>
      resource.relationships.find((one) => one.kind === "belongsTo" && foreignKeyField(one) === field)?.name ?? field,
  );
  return new Set(writable.filter((field) => named.includes(field)));
}

/** The test of a draft: its deed is the action, by what the record is like. */
export function acting(proposing: Proposing, action: Action, extra: Readonly<Record<string, TestValue>> = {}) {
  const { resource, subject } = proposing;
  return (draft: Draft): Pick<AppTest, "given" | "do"> =>
    deedOf(draft, action, subject, () => {
      if (action.type !== "create") return { ...draft.arguments, ...extra };
      const accepted = acceptedFields(resource, action);
      const values = Object.entries(rowOf(draft, subject)?.values ?? {});
      const given = values.filter(([name]) => accepted.has(name) || name === "id");
      return { ...Object.fromEntries(given), ...draft.arguments, ...extra };
    });
}
