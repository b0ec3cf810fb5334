import { sameColumnType } from "../../sql/ddl/columnType.ts";
import type { Held } from "./conversion.ts";

/**
 * Whether a column of one type holds the values of another as it is: `wider` after a change that PostgreSQL makes at
 * once, `narrower` when the runtime holds the rest. Null when the values need a column of their own.
 */
export function heldIn(found: Held, wanted: Held): "same" | "wider" | "narrower" | null {
  if (found.form !== wanted.form) return null;
  if (sameColumnType(found.type, wanted.type)) return "same";
  if (found.type.kind !== "numeric" || wanted.type.kind !== "numeric") return null;
  const [from, to] = [found.type.limits, wanted.type.limits];
  if (from && (!to || (to.scale === from.scale && to.precision > from.precision))) return "wider";
  return to && (!from || to.scale === from.scale) ? "narrower" : null;
}
