import { contextValue } from "#lib/plan/access/contextValues.ts";
import type { Actor, Plan } from "#lib/plan/types.ts";
import type { ContextValues } from "#lib/sql/PrintedStatement.ts";

/** The moment is the same for all statements of a request, and read only where one asks for it. */
export function contextOf(actor: Actor, { now: made, arguments: given }: Plan): ContextValues {
  let now = made;
  return (path) => {
    now ??= new Date().toISOString();
    return contextValue({ actor, now, ...(given && { arguments: given }) }, path);
  };
}
