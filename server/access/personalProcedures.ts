import type { Scope } from "#lib/access/scopes.ts";

/** How a procedure that is of no organisation may be called. */
interface PersonalRequirement {
  /** `anyone`: also by nobody; `person`: signed in or by a token; `session`: signed in in a browser, never by a token. */
  readonly by: "anyone" | "person" | "session";
  /** What a token must be given for it; null: nothing. Where it is not said, tokens are refused. */
  readonly scope?: Scope | null;
}

/** Every procedure that names no organisation, by its path; a test holds the list complete. */
export const personalProcedures: Readonly<Record<string, PersonalRequirement>> = {
  "accounts.me": { by: "anyone" },
  "accounts.signUp": { by: "anyone" },
  "accounts.address.confirm": { by: "anyone" },
  "accounts.password.factorChallenge": { by: "anyone" },
  "accounts.password.inspect": { by: "anyone" },
  "accounts.password.requestReset": { by: "anyone" },
  "accounts.password.reset": { by: "anyone" },
  "accounts.signIn.factorChallenge": { by: "anyone" },
  "accounts.signIn.finish": { by: "anyone" },
  "accounts.signIn.passkey": { by: "anyone" },
  "accounts.signIn.passkeyChallenge": { by: "anyone" },
  "accounts.signIn.waiting": { by: "anyone" },
  "accounts.address.change": { by: "session" },
  "accounts.address.sendLink": { by: "session" },
  "accounts.links.begin": { by: "session" },
  "accounts.links.list": { by: "session" },
  "accounts.links.remove": { by: "session" },
  "accounts.password.change": { by: "session" },
  "accounts.profile": { by: "session" },
  "accounts.proofKinds": { by: "session" },
  "accounts.prove": { by: "session" },
  "accounts.removalPlan": { by: "session" },
  "accounts.remove": { by: "session" },
  "accounts.rename": { by: "session" },
  "factors.codeApp.begin": { by: "session" },
  "factors.codeApp.confirm": { by: "session" },
  "factors.codeApp.remove": { by: "session" },
  "factors.list": { by: "session" },
  "factors.passkeys.add": { by: "session" },
  "factors.passkeys.begin": { by: "session" },
  "factors.passkeys.challenge": { by: "session" },
  "factors.passkeys.remove": { by: "session" },
  "factors.passkeys.rename": { by: "session" },
  "factors.recoveryCodes.renew": { by: "session" },
  "sessions.end": { by: "session" },
  "sessions.endOthers": { by: "session" },
  "sessions.list": { by: "session" },
  "devices.start": { by: "anyone" },
  "devices.poll": { by: "anyone" },
  "devices.find": { by: "session" },
  "devices.decide": { by: "session" },
  "invitations.accept": { by: "session" },
  "invitations.open": { by: "anyone" },
  "invitations.signUp": { by: "anyone" },
  "organisations.create": { by: "session" },
  "organisations.list": { by: "person", scope: "read" },
  "tokens.list": { by: "person", scope: "read" },
  "tokens.create": { by: "session" },
  "tokens.revoke": { by: "person", scope: null },
};
