/** What a token may be given: the deeds of the roles, in a few words that one can choose from. */
export const scopes = {
  read: "See projects, models, releases and figures; clone",
  model: "Change models and tests; push",
  data: "Try the APIs of apps",
  deploy: "Deploy, roll back, make and remove environments",
  settings: "Make projects; change settings, keys, secrets and backups",
  administer: "People, sign-in, billing, audit log, ejecting and deleting",
} as const satisfies Record<string, string>;

export type Scope = keyof typeof scopes;

export const everyScope = Object.keys(scopes) as readonly Scope[];

/** What a token is told that was not given what it asks for. */
export function outOfScope(scope: Scope): string {
  return `This token was not given “${scope}”. Make one that has it under Tokens.`;
}
