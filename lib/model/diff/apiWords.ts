import { actionsOf } from "../actions/actionsOf.ts";
import { operationOf, restName } from "../api/operations.ts";
import { pageSizes } from "../api/pageSizes.ts";
import { sameJson } from "../merge/sameJson.ts";
import { restPath } from "../naming/restPath.ts";
import { spokenName } from "../naming/spokenName.ts";
import type { AppApi, Deprecation, Rate, Resource } from "../types.ts";
import { capital } from "../words/capital.ts";
import { sentenceList } from "../words/sentenceList.ts";

/** What became of how a resource shows in the APIs, and what that means for clients. */
export function resourceApiSentences(before: Resource, after: Resource): readonly string[] {
  if (sameJson(before.api, after.api)) return [];
  const many = spokenName(after.plural);
  const [was, is] = [restPath(before), restPath(after)];
  const [old, now] = [pageSizes(before), pageSizes(after)];
  return [
    ...(before.api?.path === after.api?.path || was === is
      ? []
      : [`${capital(many)} are now at /rest/v1/${is}; clients that ask for /rest/v1/${was} find nothing`]),
    ...(old.usual === now.usual ? [] : [`Lists of ${many} now hold ${now.usual} records where clients do not say`]),
    ...(old.most === now.most ? [] : [mostWords(many, old.most, now.most)]),
    ...fieldWords(many, "filtered", before.api?.filterable, after.api?.filterable),
    ...fieldWords(many, "sorted", before.api?.sortable, after.api?.sortable),
    ...actionsOf(after).flatMap(({ name }) => operationWords(name, before, after)),
  ];
}

function mostWords(many: string, old: number, now: number): string {
  return now < old
    ? `Lists of ${many} now hold at most ${now} records; clients that ask for more are refused`
    : `Lists of ${many} may now hold up to ${now} records`;
}

function fieldWords(
  many: string,
  how: "filtered" | "sorted",
  before: readonly string[] | undefined,
  after: readonly string[] | undefined,
): readonly string[] {
  if (sameJson(before, after)) return [];
  const lists = `Lists of ${many}`;
  if (!after) return [`${lists} can now be ${how} by all fields`];
  const by = after.length === 0 ? `no longer be ${how}` : `now be ${how} by ${sentenceList(after)} alone`;
  if (!before) return [`${lists} can ${by}; clients that use other fields are refused`];
  const come = after.filter((name) => !before.includes(name));
  const gone = before.filter((name) => !after.includes(name));
  return [
    ...(come.length === 0 ? [] : [`${lists} can now be ${how} by ${sentenceList(come)}`]),
    ...(gone.length === 0
      ? []
      : [`${lists} can no longer be ${how} by ${sentenceList(gone)}; clients that do are refused`]),
  ];
}

function operationWords(action: string, before: Resource, after: Resource): readonly string[] {
  const [old, now] = [operationOf(before, action), operationOf(after, action)];
  const name = `${action} of ${after.name}`;
  const shown = (protocol: "rest" | "graphql", label: string) => {
    const [was, is] = [old?.[protocol], now?.[protocol]];
    if (was === is) return [];
    if (is === false) return [`${name} is now hidden from ${label}; clients that use it are refused`];
    if (was === false && is === undefined) return [`${name} now shows in ${label}`];
    const called = is ?? (protocol === "rest" ? restName(after, action) : "as it is called by itself");
    const change = `${name} is now called ${called} in ${label}`;
    return [was === false ? change : `${change}; clients that use its old name are refused`];
  };
  return [...shown("rest", "REST"), ...shown("graphql", "GraphQL")];
}

/** What became of how the whole app shows in its APIs. */
export function appApiSentences(before: AppApi = {}, after: AppApi = {}): readonly string[] {
  const { rateLimits: oldLimits = {}, graphql: oldGraphql = {} } = before;
  const { rateLimits: limits = {}, graphql = {} } = after;
  return [
    ...(before.format === after.format
      ? []
      : [
          after.format === "jsonApi"
            ? "REST now answers JSON:API where clients accept anything; those that expect plain JSON must ask for it"
            : "REST now answers plain JSON where clients accept anything; those that expect JSON:API must ask for it",
        ]),
    ...rateWords("Each actor", oldLimits.actor, limits.actor),
    ...rateWords("Each API key", oldLimits.key, limits.key),
    ...rateWords("All clients together", oldLimits.environment, limits.environment),
    ...(sameJson(before.cors?.origins, after.cors?.origins) ? [] : [originWords(after.cors?.origins)]),
    ...(before.cors?.maxAge === after.cors?.maxAge
      ? []
      : ["Browsers now remember for another time which origins may call"]),
    ...(oldGraphql.introspection === graphql.introspection
      ? []
      : [graphql.introspection === false ? "GraphQL no longer tells its schema" : "GraphQL now tells its schema"]),
    ...boundWords("levels of selections", oldGraphql.maxDepth, graphql.maxDepth),
    ...boundWords("points of cost", oldGraphql.maxCost, graphql.maxCost),
    ...(oldGraphql.persistedOnly === graphql.persistedOnly
      ? []
      : [
          graphql.persistedOnly
            ? "GraphQL now answers the app's own operations alone; all others are refused"
            : "GraphQL now answers any operation",
        ]),
  ];
}

function rateWords(who: string, before: Rate | undefined, after: Rate | undefined): readonly string[] {
  if (sameJson(before, after)) return [];
  return [after ? `${who} may now ask ${rateText(after)}` : `${who} may now ask as often as they like`];
}

/** `100 times a minute` */
function rateText({ requests, seconds }: Rate): string {
  const spans: Readonly<Record<number, string>> = { 1: "a second", 60: "a minute", 3600: "an hour", 86400: "a day" };
  return `${requests === 1 ? "once" : `${requests} times`} ${spans[seconds] ?? `in ${seconds} seconds`}`;
}

function originWords(origins: readonly string[] | undefined): string {
  if (!origins) return "Pages of any origin may now call";
  if (origins.length === 0) return "Pages of other origins may no longer call";
  return `Only pages of ${sentenceList(origins)} may now call`;
}

function boundWords(what: string, before: number | undefined, after: number | undefined): readonly string[] {
  if (before === after) return [];
  return [
    after === undefined
      ? `GraphQL bounds ${what} as usual again`
      : `GraphQL now answers operations of at most ${after} ${what}`,
  ];
}

/** What became of the deprecation of a field. */
export function deprecationWords(name: string, after: Deprecation | undefined): string {
  if (!after) return `${name} is no longer deprecated`;
  const until = after.until === undefined ? "" : ` and may go on ${after.until}`;
  const note = after.note === undefined ? "" : ` (“${after.note}”)`;
  return `${name} is deprecated since ${after.since}${until}${note}`;
}
