import type { Scope } from "#lib/access/scopes.ts";

/** Someone whose session or token was checked; of an organisation's token its `service` user. */
export interface SessionUser {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

/** Who asks, and by what: everything that decides what they may. */
export interface Principal {
  readonly user: SessionUser;
  /** How they showed who they are: signed in in a browser, or by a token. */
  readonly by: "session" | "token";
  /** Of the session (db/schema/sessions.ts) or the token (db/schema/tokens.ts). */
  readonly credentialId: string | null;
  /** Name of the token. */
  readonly credentialName?: string;
  /** Whether it is a token that never expires. */
  readonly credentialLasts?: boolean;
  /** What a token was given; null: all that its user may. */
  readonly scopes: readonly Scope[] | null;
  /** The only organisation that it opens, by id; null: all of the user's. */
  readonly onlyOrganisationId: string | null;
  /** Whether a second factor was shown in the session, or the token was made in one where it was. */
  readonly secondFactor: boolean;
  /** The organisation whose own provider signed them in, by id. */
  readonly vouchedBy?: string;
}
