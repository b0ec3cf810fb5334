import type { AppApi, Cors, GraphqlSettings, RateLimits } from "../types.ts";
import type { Finding, Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

const maxOrigins = 100;
const day = 86_400;
/** A selection that is deeper is refused whatever the app says. */
export const deepestSelection = 64;

/** The settings of an app's APIs are within what can be kept to. */
export const appApi: Rule = ({ app: { api } }, places) => {
  if (!api) return [];
  return findings(api).map((finding) => problemAt(places, { ...finding, path: ["app", "api", ...finding.path] }));
};

function findings({ rateLimits = {}, cors, graphql = {} }: AppApi): readonly Finding[] {
  return [...rateFindings(rateLimits), ...(cors ? corsFindings(cors) : []), ...graphqlFindings(graphql)];
}

function rateFindings(limits: RateLimits): readonly Finding[] {
  return (["actor", "key", "environment"] as const).flatMap((of) => {
    const rate = limits[of];
    if (!rate) return [];
    return [
      ...within(["rateLimits", of, "requests"], rate.requests, { least: 1, most: 1_000_000_000, what: "requests" }),
      ...within(["rateLimits", of, "seconds"], rate.seconds, { least: 1, most: day, what: "seconds" }),
    ];
  });
}

function corsFindings({ origins, maxAge }: Cors): readonly Finding[] {
  const path = ["cors", "origins"];
  const tooMany = `Name at most ${maxOrigins} origins. Remove some.`;
  return [
    ...(origins.length > maxOrigins ? [{ code: "too_many", path, message: tooMany }] : []),
    ...origins.flatMap((origin, index) => {
      const at = [...path, String(index)];
      if (origins.indexOf(origin) < index) {
        return [{ code: "duplicate_name", path: at, message: `\`${origin}\` is here twice. Remove one.` }];
      }
      const message = originProblem(origin);
      return message ? [{ code: "origin", path: at, message }] : [];
    }),
    ...(maxAge === undefined ? [] : within(["cors", "maxAge"], maxAge, { least: 0, most: day, what: "seconds" })),
  ];
}

/** What is wrong with an origin as a page names it; null when nothing is. */
export function originProblem(origin: string): string | null {
  const example = "Write it as browsers do, such as `https://shop.example` or `http://localhost:5173`.";
  if (origin === "*") return "Leave `cors` out to let pages of any origin call.";
  let url: URL;
  try {
    url = new URL(origin);
  } catch {
    return `This is no origin. ${example}`;
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return `An origin is of http or https. ${example}`;
  if (url.host.includes("*")) return `Each origin is named in full. ${example}`;
  return url.origin === origin ? null : `Write \`${url.origin}\` here.`;
}

function graphqlFindings({ maxDepth, maxCost }: GraphqlSettings): readonly Finding[] {
  return [
    ...(maxDepth === undefined
      ? []
      : within(["graphql", "maxDepth"], maxDepth, { least: 1, most: deepestSelection, what: "levels" })),
    ...(maxCost === undefined
      ? []
      : within(["graphql", "maxCost"], maxCost, { least: 1, most: 100_000_000, what: "points" })),
  ];
}

function within(
  path: readonly string[],
  value: number,
  { least, most, what }: { readonly least: number; readonly most: number; readonly what: string },
): readonly Finding[] {
  if (value >= least && value <= most) return [];
  return [{ code: "out_of_range", path, message: `Write a number of ${what} between ${least} and ${most} here.` }];
}
