/** The part of `gantry.d.ts` that says how people sign in and which servers processes call. */
export const authTypings = `
  interface ClaimRoles {
    /** The path of the claim that names roles: "realm_access.roles". */
    claim: string;
    /** Names in the claim by roles of the app; without it they are the same. */
    map?: Readonly<Record<string, string>>;
  }

  interface IdentityProvider {
    issuer: string;
    clientId: string;
    /** The name of a secret of the environment. */
    clientSecret?: string;
    scopes?: readonly string[];
    roles?: ClaimRoles;
  }

  interface ExternalIssuer {
    issuer: string;
    audience: string;
    roles?: ClaimRoles;
    /** The claim with the key of the user's record; without it "sub". */
    id?: string;
    /** The claim with the tenant. */
    tenant?: string;
  }

  interface Auth {
    /** With a password of at least so many characters. */
    password?: boolean | { minLength?: number };
    /** By a link in a mail. */
    magicLink?: boolean;
    /** By six digits in a mail. */
    code?: boolean;
    /** A second factor: for whoever wants one, or for everybody with one of the roles ("*": everybody). */
    totp?: boolean | { required?: readonly string[] };
    /** With OpenID Connect. */
    providers?: Readonly<Record<string, IdentityProvider>>;
    /** Whose tokens are taken as they are. */
    issuers?: readonly ExternalIssuer[];
    /** Anybody may make an account; without it those who were invited. */
    signUp?: "open";
    /** Of those who sign up. */
    defaultRoles?: readonly string[];
    /** The attribute of the users that holds the address. */
    email?: string;
    /** Where signing in may lead back to; a URL, or its beginning where it ends with "/". */
    redirects?: readonly string[];
  }

  interface Connection {
    readonly [mark]: "connection";
  }

  interface Secret {
    readonly [mark]: "secret";
  }

  interface Authorization {
    readonly [mark]: "authorization";
  }

  interface ConnectionOptions {
    /** Where it is, or secret("NAME") where a secret of the environment says so. */
    url: string | Secret;
    authorization?: Authorization;
    describe?: string;
  }

  /** A server that processes call. */
  function http(options: ConnectionOptions): Connection;
  /** A language model that speaks the API of OpenAI's chat completions. */
  function model(options: ConnectionOptions & { model: string }): Connection;
  /** A secret of the environment, by its name. */
  function secret(name: string): Secret;
  /** Authorization: Bearer, with the secret of the name. */
  function bearer(secret: string): Authorization;
  /** A user and the name of the secret that is the password. */
  function basic(user: string, secret: string): Authorization;
  /** A header with the secret of the name. */
  function header(name: string, secret: string): Authorization;
`;
