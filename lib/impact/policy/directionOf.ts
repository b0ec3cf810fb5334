import type { Expression } from "../../expression/Expression.ts";
import type { Verdict } from "../../plan/access/matrix/cellOf.ts";
import type { AccessDirection } from "./PolicyChange.ts";

/** What is let through: always, never, or where all parts hold. */
export interface Leave {
  readonly verdict: Verdict;
  readonly where: readonly Expression[];
}

const ranks: Readonly<Record<Verdict, number>> = { no: 0, sometimes: 1, yes: 2 };

/** Null where both let the same through. `wider` and `narrower` are said of conditions only where their form shows it. */
export function directionOf(before: Leave, after: Leave): AccessDirection | null {
  const rise = ranks[after.verdict] - ranks[before.verdict];
  if (rise !== 0) return rise > 0 ? "wider" : "narrower";
  if (after.verdict !== "sometimes") return null;
  const isWithin = (one: Leave, other: Leave) => implies(one.where, other.where);
  const [fewer, more] = [isWithin(after, before), isWithin(before, after)];
  if (fewer && more) return null;
  if (fewer) return "narrower";
  return more ? "wider" : "other";
}

/** Whether what fulfils all of the first fulfils all of the second, as far as their form shows. */
function implies(all: readonly Expression[], others: readonly Expression[]): boolean {
  return others.every((other) => all.some((one) => isWithin(one, other)));
}

/** `a` is within `a || b`, and `a && b` within `a`. */
function isWithin(one: Expression, other: Expression): boolean {
  if (JSON.stringify(one) === JSON.stringify(other)) return true;
  if (one.kind === "operation" && one.operator === "or") return one.operands.every((part) => isWithin(part, other));
  if (other.kind === "operation" && other.operator === "and")
    return other.operands.every((part) => isWithin(one, part));
  if (other.kind === "operation" && other.operator === "or") return other.operands.some((part) => isWithin(one, part));
  return one.kind === "operation" && one.operator === "and" && one.operands.some((part) => isWithin(part, other));
}
