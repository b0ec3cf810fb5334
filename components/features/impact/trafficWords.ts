import type { ShownApiChange } from "./Impact.ts";

/** `called 1,204 times in the last 7 days by 3 keys`; null where no operation in particular is concerned. */
export function trafficWords({ traffic, operations }: ShownApiChange, measuredDays: number | null): string | null {
  if (operations.count === 0) return null;
  if (measuredDays === null || traffic === null) return "calls not measured";
  const { requests, keys, others } = traffic;
  if (requests === 0) return `not called in the last ${measuredDays} days`;
  const times = requests === 1 ? "once" : `${requests.toLocaleString("en")} times`;
  const who = [
    ...(keys === 0 ? [] : [keys === 1 ? "1 key" : `${keys} keys`]),
    ...(others ? ["callers without one"] : []),
  ].join(" and ");
  return `called ${times} in the last ${measuredDays} days${who === "" ? "" : ` by ${who}`}`;
}
