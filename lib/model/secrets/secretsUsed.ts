import type { Connection, Process } from "../processTypes.ts";
import type { Model } from "../types.ts";

/** What names of secrets look like. */
export const secretName = /^[A-Z][A-Z0-9_]{0,63}$/;

export interface UsedSecret {
  readonly name: string;
  /** What needs it: `the hook paid`, `the connection shop`. */
  readonly users: readonly string[];
}

/** The secrets that a model names, by their names in order. */
export function secretsUsed({ app, processes = [] }: Model): readonly UsedSecret[] {
  const pairs = [
    ...processes.flatMap(ofHooks),
    ...(app.connections ?? []).flatMap(ofConnection),
    ...(app.auth?.providers ?? []).map(({ name, clientSecret }) => [clientSecret, `sign-in with ${name}`] as const),
  ];
  const users = new Map<string, Set<string>>();
  for (const [name, user] of pairs) {
    if (name !== undefined) users.set(name, (users.get(name) ?? new Set()).add(user));
  }
  return [...users.keys()].sort().map((name) => ({ name, users: [...(users.get(name) ?? [])] }));
}

type Use = readonly [name: string | undefined, user: string];

function ofHooks({ starts = [] }: Process): readonly Use[] {
  return starts.flatMap((start): Use[] =>
    start.kind === "hook" ? [[start.signature.secret, `the hook ${start.name}`]] : [],
  );
}

function ofConnection({ name, urlSecret, authorization }: Connection): readonly Use[] {
  const user = `the connection ${name}`;
  return [
    [urlSecret, user],
    [authorization?.secret, user],
  ];
}
