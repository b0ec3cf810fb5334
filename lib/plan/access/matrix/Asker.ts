import { spokenName } from "../../../model/naming/spokenName.ts";
import type { ExpressionText, Model } from "../../../model/types.ts";
import { capital } from "../../../model/words/capital.ts";
import { withArticle } from "../../../model/words/sentenceList.ts";

/** A kind of people that policies may tell apart: nobody known, someone signed in, someone with one role. */
export interface Asker {
  /** Unlike that of any other asker of the model. */
  readonly id: string;
  readonly kind: "anonymous" | "user";
  readonly role: string | null;
}

export const anonymousAsker: Asker = { id: "anonymous", kind: "anonymous", role: null };
export const signedInAsker: Asker = { id: "signedIn", kind: "user", role: null };

/** The roles in their order, then those who have none. */
export function askersOf({ app }: Model): readonly Asker[] {
  const roles = app.roles ?? [];
  return [
    ...roles.map(({ name }): Asker => ({ id: `role ${name}`, kind: "user", role: name })),
    signedInAsker,
    anonymousAsker,
  ];
}

/** At the head of a column. */
export function askerName({ kind, role }: Asker): string {
  if (role !== null) return role;
  return kind === "user" ? "No role" : "Not signed in";
}

/** At the beginning of a sentence. */
export function askerWords({ kind, role }: Asker): string {
  if (role !== null) return capital(`${withArticle(spokenName(role))} user`);
  return kind === "user" ? "Someone signed in without a role" : "Someone who is not signed in";
}

/** The condition of a policy that lets them in, and with it all whom it cannot keep out. */
export function askerCondition({ kind, role }: Asker): ExpressionText {
  if (role !== null) return `'${role}' in actor.roles`;
  return kind === "user" ? "actor.kind == 'user'" : "true";
}

/** Whom the condition lets in. */
export function askerCircle({ kind, role }: Asker): string {
  if (role !== null) return `everyone with the role ${role}`;
  return kind === "user" ? "everyone who is signed in" : "everybody, signed in or not";
}
