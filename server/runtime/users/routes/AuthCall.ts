import type { z } from "zod";
import { AppError, type FieldError } from "#lib/errors/AppError.ts";
import { type Answer, jsonAnswer } from "../../http/Answer.ts";
import type { AppRequest } from "../../http/AppRequest.ts";
import { type Account, uuid } from "../accounts/Account.ts";
import { checkEnabled } from "../sessions/completeSignIn.ts";
import { notSignedIn, type SignInBy } from "../sessions/Sessions.ts";
import type { Users } from "../Users.ts";

/** A request to one of the routes below `/auth`. */
export class AuthCall {
  readonly users: Users;
  readonly request: AppRequest;
  /** What stands in the path where the route has a name with a colon. */
  readonly #segments: Readonly<Record<string, string>>;

  constructor(users: Users, request: AppRequest, segments: Readonly<Record<string, string>>) {
    this.users = users;
    this.request = request;
    this.#segments = segments;
  }

  segment(name: string): string {
    return this.#segments[name] ?? "";
  }

  /** An id in the path; one that nothing can have is not found. */
  id(name = "id"): string {
    const text = this.segment(name);
    if (!uuid.test(text)) throw new AppError("not_found", "There is nothing with this id.");
    return text.toLowerCase();
  }

  /** The JSON body as a schema has it. Throws AppError that names every field that is wrong. */
  async read<Schema extends z.ZodType>(schema: Schema): Promise<z.infer<Schema>> {
    // What a form of another site can send is no JSON.
    const type = this.request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
    const text = await this.request.body();
    if (text !== "" && type !== "application/json") {
      throw new AppError("unsupported_media_type", "Send the body as application/json.");
    }
    let given: unknown;
    try {
      given = text === "" ? {} : JSON.parse(text);
    } catch (cause) {
      throw new AppError("invalid_request", "The body is not valid JSON.", { cause });
    }
    return checked(schema, given);
  }

  /** How whoever asks signs in. */
  by(methods: readonly string[], device?: string | null): SignInBy {
    const { url } = this.request;
    const agent = this.request.headers["user-agent"]?.slice(0, 200) ?? null;
    return { methods, device: device ?? agent, address: this.request.from(), issuer: url };
  }

  /** The account of whoever is signed in. Throws AppError where nobody is. */
  async account(): Promise<Account> {
    const { session } = this.request;
    if (!session) throw new AppError("unauthenticated", "Send an access token: Authorization: Bearer eyJ….");
    const account = await this.users.own((sql) => this.users.accounts.byId(sql, session.account));
    if (!account) throw notSignedIn();
    checkEnabled(account);
    return account;
  }
}

/** Throws AppError `invalid_input` with every field that is wrong. */
export function checked<Schema extends z.ZodType>(schema: Schema, given: unknown): z.infer<Schema> {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const fields: FieldError[] = result.error.issues.flatMap((issue) => {
    const field = issue.path.join(".");
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({
        field: key.slice(0, 100),
        rule: "unknown",
        message: "There is no such field.",
      }));
    }
    return [{ field, rule: issue.code === "invalid_type" ? "type" : "shape", message: issue.message }];
  });
  throw new AppError("invalid_input", "Some values are not acceptable.", { fields });
}

/** JSON that nobody may keep. */
export function ownAnswer(status: number, body: unknown): Answer {
  return jsonAnswer(status, JSON.stringify(body), ["cache-control", "no-store"]);
}
