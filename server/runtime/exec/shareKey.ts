import { contextValue } from "#lib/plan/access/contextValues.ts";
import { authorize } from "#lib/plan/authorize.ts";
import type { Catalog } from "#lib/plan/catalog/Catalog.ts";
import type { Actor, Plan } from "#lib/plan/types.ts";
import { bind } from "#lib/sql/PrintedStatement.ts";
import type { StatementCache } from "./StatementCache.ts";

/** A text that is equal for plans and actors which come to the same statement with the same values, whenever it runs. */
export type ShareKey = (actor: Actor, plan: Plan) => string;

export function shareKeyOf(catalog: Catalog, statements: () => StatementCache): ShareKey {
  return (actor, plan) => {
    const { access } = authorize(catalog, actor, plan);
    const statement = statements().statement(plan.shape, access);
    const values = bind(statement, plan.parameters, (path) => contextValue({ actor, now: "" }, path));
    return JSON.stringify([statement.text, values]);
  };
}
