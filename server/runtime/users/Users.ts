import type postgres from "postgres";
import { AppError } from "#lib/errors/AppError.ts";
import type { AppAuth } from "#lib/model/processTypes.ts";
import type { TokenCallers } from "../auth/Callers.ts";
import type { Environment } from "../host/Environment.ts";
import { Accounts } from "./accounts/Accounts.ts";
import { UserRecords } from "./accounts/UserRecords.ts";
import { Actors } from "./actors/Actors.ts";
import { UserCallers } from "./actors/UserCallers.ts";
import { RouteRates } from "./attempts/RouteRates.ts";
import { ExternalCallers } from "./issuers/ExternalCallers.ts";
import { eitherCallers } from "./issuers/eitherCallers.ts";
import { own } from "./own.ts";
import { Sealer } from "./Sealer.ts";
import type { SecondFactorGate } from "./sessions/completeSignIn.ts";
import { Sessions } from "./sessions/Sessions.ts";
import { AccessTokens } from "./tokens/AccessTokens.ts";
import { SigningKeys } from "./tokens/SigningKeys.ts";
import { secondFactorGate } from "./totp/secondFactorGate.ts";
import { onUserChange, type UserListener, userListeners } from "./userChanges.ts";

/** The end users of one release of one environment: everything about them is in its own database. */
export class Users {
  readonly environment: Environment;
  readonly auth: AppAuth;
  readonly records: UserRecords;
  readonly accounts: Accounts;
  readonly keys: SigningKeys;
  readonly sessions: Sessions;
  readonly actors: Actors;
  readonly sealer: Sealer;
  readonly rates: RouteRates;
  /** Asks for more where the first factor alone will not do. */
  readonly secondFactor: SecondFactorGate | null;
  /** Of the app's own tokens. */
  readonly signedIn: UserCallers;
  /** Is told what was changed of users, for every release that is served. */
  readonly changed: UserListener;
  /** Everybody who can come with a token. */
  readonly callers: TokenCallers;

  constructor(environment: Environment) {
    const { app, database, spec, cipher } = environment;
    const { auth } = app.model.app;
    if (!auth) throw new AppError("not_found", "Nobody can sign in to this app.");
    this.environment = environment;
    this.auth = auth;
    this.sealer = new Sealer(cipher);
    this.records = new UserRecords(environment);
    this.accounts = new Accounts(this.records);
    this.keys = new SigningKeys({ database, sealer: this.sealer });
    const accessTokens = new AccessTokens(this.keys, spec.id);
    this.actors = new Actors(environment);
    this.signedIn = new UserCallers({ database, accessTokens, actors: this.actors });
    this.callers = auth.issuers
      ? eitherCallers(this.signedIn, new ExternalCallers(environment, this.actors))
      : this.signedIn;
    this.secondFactor = secondFactorGate(auth);
    onUserChange(environment, this.signedIn);
    this.changed = userListeners(environment);
    this.rates = environment.siblings.part(RouteRates, () => new RouteRates());
    const onEnd = (sessions: readonly string[]) => this.changed.end(sessions);
    this.sessions = new Sessions({ database, sealer: this.sealer, accessTokens, onEnd });
  }

  /** What the app is called in mails. */
  get name(): string {
    return this.environment.app.model.app.name;
  }

  /** Names of the app's roles. */
  get roles(): readonly string[] {
    return (this.environment.app.model.app.roles ?? []).map(({ name }) => name);
  }

  /** A transaction on the tables of the users. */
  own<Result>(work: (sql: postgres.TransactionSql) => Promise<Result>): Promise<Result> {
    return own(this.environment.database, work);
  }
}
