import { type Connection, Refusal, type RequestOptions } from "./core.ts";

/** Somebody who has signed in. */
export interface AuthAccount {
  readonly id: string;
  /** Key of the record in the resource of the app's users. */
  readonly userId: string | null;
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly roles: readonly string[];
}

export interface AuthTokens {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: string;
  readonly refreshToken: string;
  readonly refreshTokenExpiresAt: string;
  readonly session: string;
  readonly account: AuthAccount;
}

/** What a sign-in comes to: tokens, which are kept, or what is to be shown before there are any. */
export type AuthResult =
  | { readonly kind: "signedIn"; readonly account: AuthAccount }
  | {
      readonly kind: "secondFactor";
      readonly token: string;
      readonly methods: readonly string[];
      readonly isToSetUp: boolean;
    };

export interface AuthSession {
  readonly id: string;
  readonly isCurrent: boolean;
  readonly device: string | null;
  readonly address: string | null;
  readonly methods: readonly string[];
  readonly createdAt: string;
  readonly lastUsedAt: string;
  readonly expiresAt: string;
}

/** Where tokens are kept between visits; without one they are gone with the page or the process. */
export interface AuthStore {
  load(): AuthTokens | null | Promise<AuthTokens | null>;
  /** Null where nobody is signed in any more. */
  save(tokens: AuthTokens | null): void | Promise<void>;
}

export interface AuthOptions {
  readonly store?: AuthStore;
  /** Called when a session has ended that nobody signed out of. */
  readonly onEnd?: () => void;
}

/** A new token is fetched so many ms before the old one is out of date. */
const authMargin = 30_000;

/**
 * Signs people in, keeps their tokens and refreshes them: `deals.list(auth.app)` asks as whoever is signed in, and as
 * nobody while nobody is.
 */
export class Auth {
  /** The app, as whoever is signed in. */
  readonly app: Connection;
  readonly #app: Connection;
  readonly #options: AuthOptions;
  #tokens: AuthTokens | null = null;
  /** By the clock of this machine, which may be wrong. */
  #goodUntil = 0;
  #loading: Promise<void> | null = null;
  #refreshing: Promise<void> | null = null;

  constructor(app: Connection, options: AuthOptions = {}) {
    const { key: _, ...nobody } = app;
    this.#app = nobody;
    this.#options = options;
    this.app = { ...nobody, key: () => this.token() };
  }

  /** Null while nobody is signed in. */
  async account(): Promise<AuthAccount | null> {
    await this.#loaded();
    return this.#tokens?.account ?? null;
  }

  /** An access token that is good for a while; undefined while nobody is signed in. However many ask, one is fetched. */
  async token(): Promise<string | undefined> {
    await this.#loaded();
    if (this.#tokens && Date.now() >= this.#goodUntil) {
      this.#refreshing ??= this.#refresh().finally(() => {
        this.#refreshing = null;
      });
      await this.#refreshing;
    }
    return this.#tokens?.accessToken;
  }

  signIn(input: { readonly email: string; readonly password: string; readonly device?: string }): Promise<AuthResult> {
    return this.#enter("sign-in", input);
  }

  /** What was asked for beside the first factor. */
  showSecondFactor(input: { readonly token: string; readonly code: string }): Promise<AuthResult> {
    return this.#enter("second-factor", input);
  }

  /** Sends a mail with a token for `confirmSignUp`. */
  signUp(input: { readonly email: string; readonly profile?: object; readonly redirect?: string }): Promise<void> {
    return this.#post("sign-up", input);
  }

  confirmSignUp(input: {
    readonly token: string;
    readonly password?: string;
    readonly device?: string;
  }): Promise<AuthResult> {
    return this.#enter("sign-up/confirm", input);
  }

  acceptInvitation(input: {
    readonly token: string;
    readonly password?: string;
    readonly device?: string;
  }): Promise<AuthResult> {
    return this.#enter("invitations/accept", input);
  }

  /** Sends a mail with a token for `resetPassword`. */
  forgotPassword(input: { readonly email: string; readonly redirect?: string }): Promise<void> {
    return this.#post("password/forgot", input);
  }

  resetPassword(input: {
    readonly token: string;
    readonly password: string;
    readonly device?: string;
  }): Promise<AuthResult> {
    return this.#enter("password/reset", input);
  }

  /** Signs all other devices out. */
  async changePassword(input: { readonly current?: string; readonly password: string }): Promise<void> {
    await this.#as("POST", "password", input);
  }

  /** Sends a mail with six digits; the ticket goes with them. */
  sendCode(input: { readonly email: string }): Promise<{ readonly ticket: string; readonly expiresAt: string }> {
    return this.#post("code", input);
  }

  confirmCode(input: {
    readonly ticket: string;
    readonly code: string;
    readonly device?: string;
  }): Promise<AuthResult> {
    return this.#enter("code/confirm", input);
  }

  /** Sends a mail with a link, which leads to the redirect with a `code` for `exchange`. */
  sendLink(input: { readonly email: string; readonly redirect: string; readonly challenge?: string }): Promise<void> {
    return this.#post("link", input);
  }

  /** The `code` that a link in a mail, or a provider, came back with. */
  exchange(input: {
    readonly code: string;
    readonly verifier?: string;
    readonly device?: string;
  }): Promise<AuthResult> {
    return this.#enter("token", input);
  }

  async sessions(options: RequestOptions = {}): Promise<readonly AuthSession[]> {
    const answer: { readonly data: readonly AuthSession[] } = await this.#as("GET", "sessions", undefined, options);
    return answer.data;
  }

  async endSession(id: string): Promise<void> {
    await this.#as("DELETE", `sessions/${encodeURIComponent(id)}`);
  }

  /** Forgets the tokens in any case; throws where the app could not be told. */
  async signOut(): Promise<void> {
    await this.#loaded();
    const tokens = this.#tokens;
    await this.#keep(null);
    if (tokens) await this.#post("sign-out", { refreshToken: tokens.refreshToken });
  }

  async signOutEverywhere(): Promise<void> {
    await this.#as("POST", "sign-out-everywhere", {});
    await this.#keep(null);
  }

  async #enter(path: string, input: object): Promise<AuthResult> {
    const answer:
      | AuthTokens
      | {
          readonly secondFactor: {
            readonly token: string;
            readonly methods: readonly string[];
            readonly isToSetUp?: true;
          };
        } = await this.#post(path, input);
    if ("secondFactor" in answer) {
      const { token, methods, isToSetUp = false } = answer.secondFactor;
      return { kind: "secondFactor", token, methods, isToSetUp };
    }
    await this.#keep(answer);
    return { kind: "signedIn", account: answer.account };
  }

  /** Tokens that the store has from another page or another time. */
  #loaded(): Promise<void> {
    this.#loading ??= (async () => {
      const tokens = (await this.#options.store?.load()) ?? null;
      this.#tokens ??= tokens;
    })();
    return this.#loading;
  }

  async #refresh(): Promise<void> {
    const kept = (await this.#options.store?.load()) ?? null;
    // Another page was quicker.
    if (kept && kept.session === this.#tokens?.session) this.#tokens = kept;
    const before = this.#tokens;
    if (!before) return;
    try {
      const next: AuthTokens = await this.#post("refresh", { refreshToken: before.refreshToken });
      // Whoever signed out, or in as somebody else, meanwhile is not brought back.
      if (this.#tokens === before) await this.#keep(next);
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 401) throw error;
      if (this.#tokens !== before) return;
      await this.#keep(null);
      this.#options.onEnd?.();
    }
  }

  async #keep(tokens: AuthTokens | null): Promise<void> {
    this.#loading = Promise.resolve();
    this.#tokens = tokens;
    this.#goodUntil = tokens ? Date.now() + authLifetime(tokens.accessToken) - authMargin : 0;
    await this.#options.store?.save(tokens);
  }

  #post<Answer>(path: string, input: object): Promise<Answer> {
    return authRequest(this.#app, path, { method: "POST", input });
  }

  async #as<Answer>(method: string, path: string, input?: object, { signal }: RequestOptions = {}): Promise<Answer> {
    const token = await this.token();
    return authRequest(this.#app, path, {
      method,
      ...(input && { input }),
      ...(token !== undefined && { token }),
      ...(signal && { signal }),
    });
  }
}

interface AuthRequest extends RequestOptions {
  readonly method: string;
  readonly input?: object;
  readonly token?: string;
}

async function authRequest<Answer>(app: Connection, path: string, request: AuthRequest): Promise<Answer> {
  const { method, input, token, signal } = request;
  const headers = new Headers({ accept: "application/json", ...app.headers });
  if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
  if (input !== undefined) headers.set("content-type", "application/json");
  const response = await (app.fetch ?? globalThis.fetch)(`${app.url.replace(/\/+$/, "")}/auth/${path}`, {
    method,
    headers,
    ...(input !== undefined && { body: JSON.stringify(input) }),
    ...(signal && { signal }),
  });
  if (!response.ok) throw new Refusal(response, await response.json().catch(() => ({})));
  const text = await response.text();
  return (text === "" ? undefined : JSON.parse(text)) as Answer;
}

/** ms for which a token is good from when it was given, whatever the clock of this machine says. */
function authLifetime(token: string): number {
  const [, claims = ""] = token.split(".");
  const { exp, iat } = JSON.parse(atob(claims.replace(/-/g, "+").replace(/_/g, "/"))) as {
    readonly exp: number;
    readonly iat: number;
  };
  return 1000 * (exp - iat);
}
