import type { CanaryLimits } from "#db/schema/rollouts.ts";
import type { Fare } from "./Fare.ts";

export type Verdict =
  /** Too few requests to say. */
  | { readonly kind: "unknown" }
  | { readonly kind: "well" }
  /** Public sentence with the figures. */
  | { readonly kind: "badly"; readonly sentence: string };

/** A few milliseconds more are no reason, however many times as slow that is. */
const leastDelay = 10;

/** How a canary fares beside the release that serves, both counted in the same time. */
export function judge(limits: CanaryLimits, candidate: Fare | null, baseline: Fare | null): Verdict {
  // One request is the least that can say anything.
  const enough = Math.max(limits.minRequests, 1);
  if (!candidate || candidate.requests < enough) return { kind: "unknown" };
  const compared = baseline && baseline.requests >= enough ? baseline : null;
  const sentence = tooManyErrors(limits, candidate, compared) ?? tooSlow(limits, candidate, compared);
  return sentence === null ? { kind: "well" } : { kind: "badly", sentence };
}

/** What the release that serves suffers as much is not the new one's fault. */
function tooManyErrors({ errorPercent }: CanaryLimits, candidate: Fare, baseline: Fare | null): string | null {
  if (candidate.errorPercent <= errorPercent) return null;
  if (baseline && candidate.errorPercent <= baseline.errorPercent) return null;
  const { release, requests, errors } = candidate;
  const beside = baseline ? ` Release ${baseline.release} had ${percent(baseline.errorPercent)}.` : "";
  return `Release ${release} failed ${errors} of ${requests} requests (${percent(candidate.errorPercent)}); ${percent(errorPercent)} is the limit.${beside}`;
}

function tooSlow({ latencyFactor }: CanaryLimits, candidate: Fare, baseline: Fare | null): string | null {
  if (!baseline || candidate.p95 === null || baseline.p95 === null) return null;
  if (candidate.p95 <= baseline.p95 * latencyFactor || candidate.p95 - baseline.p95 < leastDelay) return null;
  const times = `${number(candidate.p95 / baseline.p95)} times`;
  return `95 % of the requests to release ${candidate.release} took up to ${number(candidate.p95)} ms, ${times} the ${number(baseline.p95)} ms of release ${baseline.release}; ${number(latencyFactor)} times is the limit.`;
}

function percent(value: number): string {
  return `${number(value)} %`;
}

function number(value: number): string {
  return (value < 10 ? Math.round(value * 10) / 10 : Math.round(value)).toLocaleString("en");
}
