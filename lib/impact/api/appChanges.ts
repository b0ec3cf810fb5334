import { appOperations } from "../../codegen/graphql/operations/appOperations.ts";
import { resourcesWithEvents } from "../../model/events/resourcesWithEvents.ts";
import type { AppAuth } from "../../model/processTypes.ts";
import type { AppApi, Model, Rate } from "../../model/types.ts";
import { sentenceList } from "../../model/words/sentenceList.ts";
import type { ApiChange } from "./ApiChange.ts";
import type { ApiPair } from "./ApiPair.ts";

type AppChange = Pick<ApiChange, "kind" | "severity" | "sentence"> &
  Partial<Pick<ApiChange, "resource" | "operations">>;

/** What became of what holds for the whole API: its format, limits, and who may call and sign in how. */
export function appChanges({ before, after, nameNow }: ApiPair): readonly ApiChange[] {
  const [old, now] = [before.app.api ?? {}, after.app.api ?? {}];
  const changes: readonly AppChange[] = [
    ...formatChanges(old, now),
    ...rateChange("Each actor", old.rateLimits?.actor, now.rateLimits?.actor),
    ...rateChange("Each API key", old.rateLimits?.key, now.rateLimits?.key),
    ...rateChange("All clients together", old.rateLimits?.environment, now.rateLimits?.environment),
    ...originChanges(old, now),
    ...graphqlChanges(old, now),
    ...operationChanges(before, after, now),
    ...signInChanges(before.app.auth, after.app.auth),
    ...eventChanges(before, after, nameNow),
  ];
  return changes.map((change) => ({ resource: null, action: null, field: null, operations: [], ...change }));
}

function formatChanges(before: AppApi, after: AppApi): readonly AppChange[] {
  if (before.format === after.format) return [];
  const [is, was] = after.format === "jsonApi" ? ["JSON:API", "plain JSON"] : ["plain JSON", "JSON:API"];
  const sentence = `REST now answers ${is} where clients accept anything; those that expect ${was} must ask for it`;
  return [{ kind: "formatChanged", severity: "breaking", sentence }];
}

function rateChange(who: string, before: Rate | undefined, after: Rate | undefined): readonly AppChange[] {
  if (before?.requests === after?.requests && before?.seconds === after?.seconds) return [];
  if (!after)
    return [{ kind: "limitChanged", severity: "compatible", sentence: `${who} may now ask as often as they like` }];
  const wider =
    before && after.requests >= before.requests && after.requests / after.seconds >= before.requests / before.seconds;
  const sentence = `${who} may now make ${rateWords(after)}`;
  const was = before ? `; it was ${rateWords(before)}` : "; there was no limit";
  return [{ kind: "limitChanged", severity: wider ? "compatible" : "risky", sentence: `${sentence}${was}` }];
}

function rateWords({ requests, seconds }: Rate): string {
  const spans: Readonly<Record<number, string>> = { 1: "a second", 60: "a minute", 3600: "an hour", 86400: "a day" };
  return `${requests === 1 ? "1 request" : `${requests} requests`} ${spans[seconds] ?? `in ${seconds} seconds`}`;
}

function originChanges({ cors: before }: AppApi, { cors: after }: AppApi): readonly AppChange[] {
  if (!after)
    return before
      ? [{ kind: "originsChanged", severity: "compatible", sentence: "Pages of any origin may now call" }]
      : [];
  const kind = "originsChanged";
  const now = after.origins.length === 0 ? "no other origin" : sentenceList(after.origins);
  if (!before)
    return [{ kind, severity: "breaking", sentence: `Only pages of ${now} may now call; it was any origin` }];
  const gone = before.origins.filter((origin) => !after.origins.includes(origin));
  const come = after.origins.filter((origin) => !before.origins.includes(origin));
  return [
    ...(gone.length === 0
      ? []
      : [{ kind, severity: "breaking", sentence: `Pages of ${sentenceList(gone)} may no longer call` } as const]),
    ...(come.length === 0
      ? []
      : [{ kind, severity: "compatible", sentence: `Pages of ${sentenceList(come)} may now call` } as const]),
  ];
}

function graphqlChanges({ graphql: before = {} }: AppApi, { graphql: after = {} }: AppApi): readonly AppChange[] {
  const bound = (what: string, was: number | undefined, is: number | undefined): readonly AppChange[] => {
    if (is === undefined || (was !== undefined && is >= was)) return [];
    const sentence = `GraphQL now answers operations of at most ${is} ${what}; deeper or dearer ones are refused`;
    return [{ kind: "graphqlNarrowed", severity: "risky", sentence }];
  };
  return [
    ...bound("levels of selections", before.maxDepth, after.maxDepth),
    ...bound("points of cost", before.maxCost, after.maxCost),
    ...(before.introspection !== false && after.introspection === false
      ? [
          {
            kind: "graphqlNarrowed",
            severity: "risky",
            sentence: "GraphQL no longer tells its schema; tools that read it stop working",
          } as const,
        ]
      : []),
    ...(after.persistedOnly && !before.persistedOnly
      ? [
          {
            kind: "graphqlNarrowed",
            severity: "breaking",
            sentence: "GraphQL now answers the app's own operations alone; all others are refused",
          } as const,
        ]
      : []),
  ];
}

/** The operations that clients call by their names. */
function operationChanges(before: Model, after: Model, { graphql }: AppApi): readonly AppChange[] {
  if (before.operations === after.operations) return [];
  const now = new Map(appOperations(after).map(({ name, text }) => [name, text]));
  return appOperations(before).flatMap(({ name, text }): readonly AppChange[] => {
    const kind = "graphqlNarrowed";
    const found = now.get(name);
    if (found === text) return [];
    if (found !== undefined) return [{ kind, severity: "risky", sentence: `The operation ${name} is now another one` }];
    const alone = graphql?.persistedOnly ? "; nothing else is answered in its place" : "";
    return [{ kind, severity: "breaking", sentence: `The operation ${name} is gone${alone}` }];
  });
}

function signInChanges(before: AppAuth | undefined, after: AppAuth | undefined): readonly AppChange[] {
  const kind = "signInChanged";
  if (!before) return after ? [{ kind, severity: "compatible", sentence: "People can now sign in to the app" }] : [];
  const operations = [{ protocol: "auth", name: "POST /auth/sign-in", resource: null, action: null }] as const;
  if (!after) {
    return [
      {
        kind,
        severity: "breaking",
        sentence: "Nobody can sign in to the app any more; access tokens are refused",
        operations,
      },
    ];
  }
  const lost = (sentence: string): AppChange => ({ kind, severity: "breaking", sentence, operations });
  const ways = [
    { words: "by a password", was: before.password !== undefined, is: after.password !== undefined },
    { words: "by a link in a mail", was: before.magicLink === true, is: after.magicLink === true },
    { words: "by digits in a mail", was: before.code === true, is: after.code === true },
    ...(before.providers ?? []).map(({ name }) => ({
      words: `by ${name}`,
      was: true,
      is: (after.providers ?? []).some((provider) => provider.name === name),
    })),
  ];
  const issuers = (before.issuers ?? []).filter(
    ({ issuer, audience }) => !(after.issuers ?? []).some((one) => one.issuer === issuer && one.audience === audience),
  );
  const [least, was] = [after.password?.minLength ?? 10, before.password?.minLength ?? 10];
  return [
    ...ways.filter((way) => way.was && !way.is).map((way) => lost(`Nobody can sign in ${way.words} any more`)),
    ...issuers.map(({ issuer }) => lost(`Tokens of ${issuer} are no longer taken`)),
    ...(before.totp && !after.totp ? [lost("There is no second factor by an authenticator app any more")] : []),
    ...(before.signUp === "open" && after.signUp !== "open"
      ? [lost("Only those who were invited can make an account now")]
      : []),
    ...(after.password && before.password && least > was
      ? [lost(`New passwords must now have at least ${least} characters`)]
      : []),
    ...(before.redirects ?? [])
      .filter((redirect) => !(after.redirects ?? []).includes(redirect))
      .map((redirect) => lost(`Mails and providers no longer lead back to ${redirect}`)),
  ];
}

function eventChanges(before: Model, after: Model, nameNow: (resource: string) => string): readonly AppChange[] {
  const now = resourcesWithEvents(after);
  return [...resourcesWithEvents(before)]
    .filter((name) => !now.has(nameNow(name)))
    .map((name) => {
      const sentence = `Changes of ${name} are no longer events; endpoints that wait for them are sent nothing`;
      return { kind: "featureRemoved", severity: "breaking", sentence, resource: name };
    });
}
