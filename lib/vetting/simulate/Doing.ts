import { AppError } from "../../errors/AppError.ts";
import type { ErrorCode } from "../../errors/codes.ts";
import type { Expression } from "../../expression/Expression.ts";
import type { Value } from "../../expression/Value.ts";
import type { Access } from "../../plan/access/Access.ts";
import type { RequestContext } from "../../plan/access/contextValues.ts";
import type { ActionRules } from "../../plan/write/ActionRules.ts";
import { type Seen, valueFor } from "../world/environmentOf.ts";
import type { Row, World } from "../world/World.ts";

/** One change while it is simulated. */
export interface Doing {
  readonly world: World;
  readonly request: RequestContext;
  readonly access: Access;
  readonly rules: ActionRules;
  /** Names of the fields that the caller gives. */
  readonly given: readonly string[];
}

/** One thing that a change is refused for. */
export interface Against {
  readonly code: ErrorCode;
  readonly field: string;
  readonly rule: string;
}

export function seenIn(doing: Doing, world: World): Seen {
  return { world, request: doing.request, declared: doing.rules.arguments };
}

/** Whether a condition is certainly true of a record; null always is. */
export function holds(condition: Expression | null, row: Row, seen: Seen): boolean {
  return condition === null || valueFor(condition, row, seen) === true;
}

/** What a database refuses, ahead of all rules. */
export function refuseAtOnce(code: ErrorCode, fields: readonly string[], rule: string): never {
  throw new AppError(code, "Refused.", { fields: fields.map((field) => ({ field, rule, message: "Refused." })) });
}

const precedence: readonly ErrorCode[] = [
  "forbidden",
  "forbidden_field",
  "version_mismatch",
  "illegal_transition",
  "invalid_input",
  "conflict",
];

/** All that is against a change as one refusal, as the runtime tells it. */
export function refuseFor(against: readonly Against[]): void {
  if (against.length === 0) return;
  const astray = against.filter(({ rule }) => rule === "exists");
  const tellable = astray.length > 0 ? astray : against;
  const code = precedence.find((candidate) => tellable.some((one) => one.code === candidate)) ?? "conflict";
  const told = code === "forbidden" ? tellable.filter((one) => one.code === code) : tellable;
  throw new AppError(code, "Refused.", {
    fields: told.map(({ field, rule }) => ({ field, rule, message: "Refused." })),
  });
}

export function withValues(row: Row, values: ReadonlyMap<string, Value>): Row {
  return { ...row, values: new Map([...row.values, ...values]), said: new Set([...row.said, ...values.keys()]) };
}
