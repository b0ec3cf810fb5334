import { randomUUID } from "node:crypto";
import type { EnvironmentSpec } from "#lib/compile/Snapshot.ts";
import type { Model } from "#lib/model/types.ts";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";
import { type MailServer, mailServer } from "../../mail/testing/mailServer.ts";
import { hashPassword } from "../passwords/passwordHash.ts";
import { usersModel } from "./usersModel.ts";

export interface AuthReply {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what a test expects of an answer, it says itself.
  readonly body: any;
}

export interface Sending {
  readonly body?: unknown;
  /** An access token or a key; absent sends none. */
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A network address. */
  readonly from?: string;
}

export interface Person {
  readonly email: string;
  readonly password: string;
  readonly account: string;
  /** Key of the record. */
  readonly user: string;
}

export interface AuthApp extends AsyncDisposable {
  readonly app: ServedApp;
  readonly mails: MailServer["mails"];
  send(method: string, path: string, sending?: Sending): Promise<AuthReply>;
  /** `POST /auth/…` */
  auth(path: string, body?: unknown, token?: string): Promise<AuthReply>;
  /** Somebody who has an account, by the database. */
  person(parts?: {
    readonly email?: string;
    readonly roles?: readonly string[];
    readonly level?: number;
    readonly company?: string;
  }): Promise<Person>;
  /** The tokens of a sign-in by password. */
  signedIn(person: Person): Promise<AuthReply["body"]>;
  /** The token in the latest mail to an address. */
  mailedToken(email: string): string;
}

export const goodPassword = "four unrelated words";
/** The one that everybody belongs to. */
export const companyId = "0198c0de-0000-7000-8000-000000000001";
/** Hashing is slow on purpose: everybody in the tests has one password. */
const hashed = hashPassword(goodPassword);

/** An app with end users and a mail server. */
export async function authApp(
  model: Model = usersModel(),
  { withMail = true, ...parts }: Partial<EnvironmentSpec> & { readonly withMail?: boolean } = {},
): Promise<AuthApp> {
  const server = await mailServer();
  const mail = { url: server.url, from: "Notes <notes@example.com>", isOwn: true } as const;
  const app = await servedApp(model, { ...(withMail && { mail }), ...parts }, { trustedProxies: 1 });
  let people = 0;
  if (model.resources.some(({ name }) => name === "Company")) {
    await app.sql`insert into companies (id, name) values (${companyId}, 'Apex')`;
  }
  const send: AuthApp["send"] = async (method, path, { body, token, headers, from } = {}) => {
    const response = await app.fetch(path, {
      method,
      headers: {
        authorization: token === undefined ? "" : `Bearer ${token}`,
        ...(body !== undefined && { "content-type": "application/json" }),
        ...(from !== undefined && { "x-forwarded-for": from }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") === true;
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
  const auth: AuthApp["auth"] = (path, body = {}, token) =>
    send("POST", `/auth/${path}`, { body, ...(token !== undefined && { token }) });
  return {
    app,
    mails: server.mails,
    send,
    auth,
    async person({ email = `person${++people}@example.com`, roles = ["member"], level = 1, company = companyId } = {}) {
      const [account, user, hash] = [randomUUID(), randomUUID(), await hashed];
      await app.sql`insert into people (id, email, level, company_id) values (${user}, ${email}, ${level}, ${company})`;
      await app.sql`
        insert into gantry_accounts (id, email, email_verified, password_hash, roles, record)
        values (${account}, ${email}, ${"true"}, ${hash}, ${JSON.stringify(roles)}, ${user})`;
      return { email, password: goodPassword, account, user };
    },
    async signedIn({ email, password }) {
      const reply = await auth("sign-in", { email, password });
      if (reply.status !== 200) throw new Error(JSON.stringify(reply.body));
      return reply.body;
    },
    mailedToken(email) {
      const mail = server.mails.findLast(({ recipients }) => recipients.includes(email));
      const token = /(?:token=|^)([\w-]{43})$/m.exec(mail?.text ?? "")?.[1];
      if (token === undefined) throw new Error(`There is no mail with a token to ${email}.`);
      return token;
    },
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}
