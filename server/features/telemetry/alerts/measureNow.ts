import type { Connection } from "../../../database.ts";
import { gaugeFigures } from "../figures/gaugeFigures.ts";
import { requestFigures } from "../figures/requestFigures.ts";
import type { Measure } from "./measures.ts";

export interface Measuring {
  readonly environmentId: string;
  readonly measure: Measure;
  readonly minutes: number;
}

/** Fewer requests tell nothing of how an environment fares. */
const fewestRequests = 5;
const minute = 60_000;

/** What a measure comes to over the last minutes, the one under way among them; null where there is nothing to measure. */
export async function measureNow(
  db: Connection,
  { environmentId, measure, minutes }: Measuring,
  now = Date.now(),
): Promise<number | null> {
  const until = now - (now % minute) + minute;
  const length = minutes * minute;
  const range = { from: new Date(until - length), until: new Date(until), step: length };
  if (measure === "saturation") {
    const [point] = await gaugeFigures(db, environmentId, range);
    return point?.used != null && point.most ? (point.used / point.most) * 100 : null;
  }
  const [figures] = await requestFigures(db, [environmentId], range);
  const total = figures?.total;
  if (!total || total.requests < fewestRequests) return null;
  switch (measure) {
    case "errorPercent":
      return (total.errors / total.requests) * 100;
    case "latencyP95":
      return total.p95;
    case "latencyP99":
      return total.p99;
  }
}
