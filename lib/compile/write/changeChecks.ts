import type { Access } from "../../plan/access/Access.ts";
import type { ActionRules, RequireRule } from "../../plan/write/ActionRules.ts";
import { call, constant, not, or } from "../../sql/build.ts";
import type { Compilation, Scope } from "../read/Scope.ts";
import { allowed } from "../read/visibility.ts";
import type { Check } from "./Check.ts";
import { referenceChecks } from "./referenceChecks.ts";
import { stateChecks } from "./stateChecks.ts";
import { type Changed, reads } from "./visits.ts";

export interface RowBefore {
  readonly rules: ActionRules;
  readonly before: Scope;
  /** Null where it will be gone. */
  readonly after: Scope | null;
  /** Whether the state attribute is set by other means than transitions. */
  readonly setsState: boolean;
  /** What the caller gave a value. */
  readonly given: readonly string[];
}

/** What must be true of a record as it was before its change. */
export function checksBefore(compilation: Compilation, parts: RowBefore): readonly Check[] {
  const { rules, before, after, given } = parts;
  const system = compilation.asSystem();
  const required = rules.require.map((rule) => requirement(system, rule, before));
  const references = after ? referenceChecks(compilation, { before, after, given }) : [];
  return [...references, ...stateChecks(system, parts), ...required, ...givenFields(compilation, before, given)];
}

export interface RowAfter {
  readonly rules: ActionRules;
  readonly after: Scope;
  readonly isNew: boolean;
  /** Of a new record: what the caller gave a value. */
  readonly given: readonly string[];
}

/** What must be true of a record once it is changed or made. */
export function checksAfter(compilation: Compilation, { rules, after, isNew, given }: RowAfter): readonly Check[] {
  const system = compilation.asSystem();
  const checks: Check[] = isNew ? rules.require.map((rule) => requirement(system, rule, after)) : [];
  for (const { expression, when, field, message } of rules.validations) {
    const condition = system.sqlOf(after, expression);
    // What is unknown asks for nothing.
    const spared = when && not(call("coalesce", system.sqlOf(after, when), constant(false)));
    checks.push({
      condition: spared ? or([spared, condition]) : condition,
      refusal: { code: "invalid_input", error: { field, rule: "check", message } },
    });
  }
  const condition = allowed(compilation, after, compilation.access.result(after.entity.name, rules.name));
  if (condition) {
    const message = `You may not ${rules.name} a record to be like this.`;
    checks.push({ condition, refusal: { code: "forbidden", error: { field: "", rule: "policy", message } } });
  }
  return [...checks, ...givenFields(compilation, after, given)];
}

/** That the one who asks may set the fields that they gave. */
function givenFields(compilation: Compilation, row: Scope, given: readonly string[]): readonly Check[] {
  return given.flatMap((field): Check[] => {
    const condition = allowed(compilation, row, compilation.access.fieldWrite(row.entity.name, field));
    const error = { field, rule: "forbidden", message: "You may not set this field." };
    return condition ? [{ condition, refusal: { code: "forbidden_field", error } }] : [];
  });
}

export interface ChangedBy extends Changed {
  /** What the caller gave a value. */
  readonly given: readonly string[];
}

/**
 * Whether what must be true of the changed record depends on more than its row of what the statement changes: then a
 * second statement has to check it, since the first does not see what it has done.
 */
export function dependsOnChange(rules: ActionRules, access: Access, changed: ChangedBy): boolean {
  const { name } = changed.entity;
  const result = access.result(name, rules.name);
  const written = rules.type === "create" ? changed.given : [];
  const asked = [
    ...(rules.type === "create" ? rules.require.map(({ expression }) => expression) : []),
    ...rules.validations.flatMap(({ expression, when }) => (when ? [expression, when] : [expression])),
    ...(result ? [result] : []),
    ...written.flatMap((field) => access.fieldWrite(name, field) ?? []),
  ];
  return asked.some((rule) => reads(rule, changed));
}

function requirement(system: Compilation, { expression, message }: RequireRule, scope: Scope): Check {
  return {
    condition: system.sqlOf(scope, expression),
    refusal: { code: "conflict", error: { field: "", rule: "require", message } },
  };
}
