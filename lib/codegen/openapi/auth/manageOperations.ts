import type { Model } from "../../../model/types.ts";
import { orNull } from "../JsonSchema.ts";
import type { Parameter } from "../Operation.ts";
import type { AuthOperation } from "./AuthOperation.ts";
import { authRef, email, listOf, moment, object, text } from "./authSchemas.ts";

const roles = listOf(text);
const profile = { type: "object", additionalProperties: true, description: "Of the record." } as const;
const userId = { ...text, description: "Key of a record that is there already." };
const byPolicy = "For service keys, and for whoever may do the action `manageAccount` to the record.";

function query(name: string, description: string, schema: Parameter["schema"] = text): Parameter {
  return { name, in: "query", description, schema };
}

/** What others do with accounts. */
export function manageOperations(model: Model): readonly AuthOperation[] {
  const person = authRef(model, "AuthPerson");
  return [
    {
      method: "get",
      path: "/accounts",
      id: "listAccounts",
      summary: "List accounts",
      description: `Those that the caller may manage. ${byPolicy}`,
      parameters: [
        query("email", "Only the one with this address.", email),
        query("userId", "Only the one of this record."),
        query("after", "`next` of the page before."),
        query("limit", "Accounts on a page.", { type: "integer", minimum: 1, maximum: 100, default: 50 }),
      ],
      status: 200,
      answer: object({ data: listOf(person), page: object({ next: orNull(text) }) }),
      refusals: [422],
    },
    {
      method: "post",
      path: "/accounts",
      id: "createAccount",
      summary: "Make an account",
      description: "At once, without a mail. For service keys.",
      body: object({ email, emailVerified: { type: "boolean" }, password: text, roles, profile, userId }, [
        "emailVerified",
        "password",
        "roles",
        "profile",
        "userId",
      ]),
      status: 201,
      answer: person,
      refusals: [409, 422],
    },
    {
      method: "get",
      path: "/accounts/{id}",
      id: "getAccount",
      summary: "Get an account",
      description: byPolicy,
      status: 200,
      answer: person,
      refusals: [404],
    },
    {
      method: "patch",
      path: "/accounts/{id}",
      id: "changeAccount",
      summary: "Give roles, disable and enable",
      description: `At once, also for sessions that are open. ${byPolicy}`,
      body: object({ roles, disabled: { type: "boolean" } }, ["roles", "disabled"]),
      status: 200,
      answer: person,
      refusals: [404, 422],
    },
    {
      method: "delete",
      path: "/accounts/{id}",
      id: "deleteAccount",
      summary: "Delete an account",
      description: "Its record stays. For service keys.",
      status: 204,
      refusals: [404],
    },
    {
      method: "post",
      path: "/accounts/{id}/sign-out",
      id: "signOutAccount",
      summary: "Sign somebody out everywhere",
      description: byPolicy,
      status: 204,
      refusals: [404],
    },
    {
      method: "delete",
      path: "/accounts/{id}/totp",
      id: "resetSecondFactor",
      summary: "Remove somebody's second factor",
      description: `Ends their sessions. ${byPolicy}`,
      status: 204,
      refusals: [404],
      isThere: ({ totp }) => totp !== undefined,
    },
    {
      method: "get",
      path: "/invitations",
      id: "listInvitations",
      summary: "List open invitations",
      description: "For service keys.",
      status: 200,
      answer: object({
        data: listOf(object({ id: text, email: orNull(email), roles, createdAt: moment, expiresAt: moment })),
      }),
    },
    {
      method: "post",
      path: "/invitations",
      id: "invite",
      summary: "Invite somebody",
      description:
        "Sends a mail that is good for seven days. For service keys, and for whoever may do the action `invite`.",
      body: object(
        {
          email,
          roles,
          profile,
          userId,
          redirect: text,
          send: { type: "boolean", description: "False: the token is in the answer instead. For service keys." },
        },
        ["roles", "profile", "userId", "redirect", "send"],
      ),
      status: 201,
      answer: object({ id: text, email, expiresAt: moment, token: text }, ["token"]),
      refusals: [409, 422],
    },
    {
      method: "delete",
      path: "/invitations/{id}",
      id: "revokeInvitation",
      summary: "Take an invitation back",
      description: "For service keys.",
      status: 204,
      refusals: [404],
    },
    {
      method: "post",
      path: "/keys/rotate",
      id: "rotateSigningKeys",
      summary: "Replace the signing keys",
      description: "Access tokens that were signed so far are good no longer; sessions go on. For service keys.",
      status: 204,
    },
  ];
}
