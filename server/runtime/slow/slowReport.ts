import { actionOf } from "#lib/plan/access/actionOf.ts";
import type { SlowStatement, SlowStatements } from "./SlowStatements.ts";
import { slowMilliseconds } from "./SlowStatements.ts";

/** The slow statements of the releases of an environment that are served, as the admin port tells of them. */
export function slowReport(releases: readonly SlowStatements[]): object {
  const statements = new Map<string, SlowStatement>();
  for (const statement of releases.flatMap(({ all }) => all)) {
    const known = statements.get(statement.id);
    statements.set(statement.id, known ? together(known, statement) : statement);
  }
  const all = [...statements.values()].sort((one, other) => other.totalMilliseconds - one.totalMilliseconds);
  return {
    since: new Date(Math.min(...releases.map(({ since }) => since.getTime()))).toISOString(),
    threshold: slowMilliseconds,
    statements: all.map((statement) => ({
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

/** Both releases run it. */
function together(one: SlowStatement, other: SlowStatement): SlowStatement {
  const requests = new Map(one.requests);
  for (const [request, count] of other.requests) requests.set(request, (requests.get(request) ?? 0) + count);
  return {
    ...one,
    firstAt: new Date(Math.min(one.firstAt.getTime(), other.firstAt.getTime())),
    lastAt: new Date(Math.max(one.lastAt.getTime(), other.lastAt.getTime())),
    count: one.count + other.count,
    totalMilliseconds: one.totalMilliseconds + other.totalMilliseconds,
    maxMilliseconds: Math.max(one.maxMilliseconds, other.maxMilliseconds),
    requests,
  };
}
