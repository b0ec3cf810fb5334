import { actionOf } from "#lib/plan/access/actionOf.ts";
import type { SlowStatements } from "./SlowStatements.ts";
import { slowMilliseconds } from "./SlowStatements.ts";

/** The slow statements of an environment as the admin port tells of them. */
export function slowReport(slow: SlowStatements): object {
  return {
    since: slow.since.toISOString(),
    threshold: slowMilliseconds,
    statements: slow.all.map((statement) => ({
      id: statement.id,
      sql: statement.text,
      resource: statement.shape.resource,
      action: actionOf(statement.shape),
      count: statement.count,
      totalMilliseconds: statement.totalMilliseconds,
      maxMilliseconds: statement.maxMilliseconds,
      firstAt: statement.firstAt.toISOString(),
      lastAt: statement.lastAt.toISOString(),
      requests: [...statement.requests].map(([request, count]) => ({ request, count })),
    })),
  };
}
