import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/trpc/root.ts";

export type AlertsShown = inferRouterOutputs<AppRouter>["telemetry"]["alerts"]["list"];
export type Rule = AlertsShown["rules"][number];
export type Alert = AlertsShown["history"][number];
type Measure = Rule["measure"];

export const measureTexts: Readonly<
  Record<Measure, { readonly label: string; readonly unit: string; readonly usual: number }>
> = {
  errorPercent: { label: "Error rate", unit: "%", usual: 5 },
  latencyP95: { label: "Latency at p95", unit: "ms", usual: 500 },
  latencyP99: { label: "Latency at p99", unit: "ms", usual: 2000 },
  saturation: { label: "Connections in use", unit: "%", usual: 80 },
};

/** `Error rate above 5% over 5 minutes` */
export function ruleText({ measure, threshold, minutes }: Pick<Rule, "measure" | "threshold" | "minutes">): string {
  const over = minutes === 1 ? "a minute" : `${minutes} minutes`;
  return `${measureTexts[measure].label} above ${measuredText(measure, threshold)} over ${over}`;
}

export function measuredText(measure: Measure, value: number): string {
  const number = value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 1 : 0 });
  return measureTexts[measure].unit === "%" ? `${number}%` : `${number} ms`;
}

/** `4 minutes`, `2 h 5 min` */
export function lengthText(from: Date, until: Date): string {
  const minutes = Math.max(1, Math.round((until.getTime() - from.getTime()) / 60_000));
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
