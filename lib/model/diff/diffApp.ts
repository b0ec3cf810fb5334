import type { AppConfig, Model } from "../types.ts";
import { appApiSentences } from "./apiWords.ts";
import type { ModelChange } from "./ModelChange.ts";

/** What became of the app itself. */
export function diffApp(
  { app: before }: Model,
  { app: after }: Model,
  nameNow: (resource: string) => string,
): readonly ModelChange[] {
  const texts = (["name", "describe"] as const).filter((option) => before[option] !== after[option]);
  return [
    ...texts.map((option) => {
      return {
        kind: "appChanged",
        path: ["app", option],
        option,
        before: before[option],
        after: after[option],
      } as const;
    }),
    ...diffRoles(before, after),
    ...appApiSentences(before.api, after.api).map(
      (sentence) =>
        ({ kind: "behaviourChanged", resource: null, section: "api", path: ["app", "api"], sentence }) as const,
    ),
    ...diffUsers(before.users === undefined ? undefined : nameNow(before.users), after.users),
  ];
}

function diffRoles({ roles: before = [] }: AppConfig, { roles: after = [] }: AppConfig): readonly ModelChange[] {
  const base = { resource: null, section: "roles" } as const;
  const has = (roles: typeof before, name: string) => roles.some((role) => role.name === name);
  const pathOf = (name: string) => ["app", "roles", name];
  return [
    ...before
      .filter(({ name }) => !has(after, name))
      .map(
        ({ name }) =>
          ({
            ...base,
            kind: "behaviourRemoved",
            path: pathOf(name),
            name,
            sentence: `There is no role ${name} any more`,
          }) as const,
      ),
    ...after
      .filter(({ name }) => !has(before, name))
      .map(
        ({ name }) =>
          ({
            ...base,
            kind: "behaviourAdded",
            path: pathOf(name),
            name,
            sentence: `There is a new role, ${name}`,
          }) as const,
      ),
    ...after
      .filter(({ name, describe }) => before.some((role) => role.name === name && role.describe !== describe))
      .map(
        ({ name }) =>
          ({
            ...base,
            kind: "behaviourChanged",
            path: pathOf(name),
            name,
            sentence: `The role ${name} has another description`,
          }) as const,
      ),
  ];
}

function diffUsers(before: string | undefined, after: string | undefined): readonly ModelChange[] {
  if (before === after) return [];
  const sentence =
    after === undefined
      ? "Nobody signs in to the app any more"
      : `Those who sign in to the app are now records of ${after}`;
  return [{ kind: "behaviourChanged", resource: null, section: "users", path: ["app", "users"], sentence }];
}
