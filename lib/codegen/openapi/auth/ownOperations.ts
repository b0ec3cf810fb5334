import type { Model } from "../../../model/types.ts";
import { orNull } from "../JsonSchema.ts";
import type { AuthOperation } from "./AuthOperation.ts";
import { authRef, email, listOf, moment, object, text } from "./authSchemas.ts";

const current = { ...text, description: "The password, where there is one." };
const token = { ...text, description: "Of a sign-in that waits for it; absent for whoever is signed in." };

/** What people do with their own account. */
export function ownOperations(model: Model): readonly AuthOperation[] {
  const codes = listOf(text);
  const hasTotp: AuthOperation["isThere"] = ({ totp }) => totp !== undefined;
  return [
    {
      method: "get",
      path: "/me",
      id: "getMe",
      summary: "Who is signed in",
      description: "The account; its record is among those of the resource of the app's users.",
      status: 200,
      answer: {
        allOf: [
          authRef(model, "AuthAccount"),
          object({
            hasPassword: { type: "boolean" },
            createdAt: moment,
            lastSignInAt: orNull(moment),
            session: orNull(text),
          }),
        ],
      },
    },
    {
      method: "post",
      path: "/me/delete",
      id: "deleteMe",
      summary: "Delete one's account",
      description: "At once; the record stays, as the app's own data.",
      body: object({ current }, ["current"]),
      status: 204,
      refusals: [422],
    },
    {
      method: "post",
      path: "/password",
      id: "changePassword",
      summary: "Change one's password",
      description: "Ends the other sessions.",
      body: object({ current, password: text }, ["current"]),
      status: 204,
      refusals: [422],
      isThere: ({ password }) => password !== undefined,
    },
    {
      method: "post",
      path: "/email",
      id: "changeEmail",
      summary: "Confirm an address, or change it",
      description: "Sends a mail to it.",
      body: object({ email, current, redirect: text }, ["current", "redirect"]),
      status: 202,
      refusals: [422],
    },
    {
      method: "post",
      path: "/email/confirm",
      id: "confirmEmail",
      summary: "Confirm an address",
      description: "From now on it is that of the account and of its record.",
      body: object({ token: text }),
      status: 204,
      refusals: [409, 422],
    },
    {
      method: "get",
      path: "/sessions",
      id: "listSessions",
      summary: "Where one is signed in",
      description: "The latest first.",
      status: 200,
      answer: object({ data: listOf(authRef(model, "AuthSession")) }),
    },
    {
      method: "delete",
      path: "/sessions/{id}",
      id: "endSession",
      summary: "Sign a device out",
      description: "At once.",
      status: 204,
      refusals: [404],
    },
    {
      method: "post",
      path: "/sign-out",
      id: "signOut",
      summary: "Sign out",
      description: "Ends the session of the access token, and that of the refresh token.",
      body: object({ refreshToken: text }, ["refreshToken"]),
      status: 204,
      refusals: [422],
    },
    {
      method: "post",
      path: "/sign-out-everywhere",
      id: "signOutEverywhere",
      summary: "Sign out everywhere",
      description: "Ends all sessions of the account.",
      status: 204,
    },
    {
      method: "get",
      path: "/totp",
      id: "getSecondFactor",
      summary: "Whether one has a second factor",
      description: "And whether one must have it.",
      status: 200,
      answer: object({
        enabled: { type: "boolean" },
        since: orNull(moment),
        recoveryCodesLeft: { type: "integer", minimum: 0 },
        required: { type: "boolean" },
      }),
      isThere: hasTotp,
    },
    {
      method: "post",
      path: "/totp",
      id: "beginSecondFactor",
      summary: "Set a second factor up",
      description: "A secret for an authenticator app; it counts once a code has shown that the app knows it.",
      body: object({ token, password: text }, ["token", "password"]),
      status: 200,
      answer: object({ secret: text, address: text }),
      refusals: [409, 422],
      isThere: hasTotp,
    },
    {
      method: "post",
      path: "/totp/confirm",
      id: "confirmSecondFactor",
      summary: "Confirm the second factor",
      description: "The first code, for the recovery codes; and for tokens, where the sign-in waited for it.",
      body: object({ token, code: text }, ["token"]),
      status: 200,
      answer: {
        anyOf: [
          { allOf: [authRef(model, "AuthTokens"), object({ recoveryCodes: codes })] },
          object({ recoveryCodes: codes }),
        ],
      },
      refusals: [409, 422],
      isThere: hasTotp,
    },
    {
      method: "post",
      path: "/totp/remove",
      id: "removeSecondFactor",
      summary: "Remove the second factor",
      description: "And the recovery codes.",
      body: object({ password: text }, ["password"]),
      status: 204,
      refusals: [422],
      isThere: hasTotp,
    },
    {
      method: "post",
      path: "/totp/recovery-codes",
      id: "renewRecoveryCodes",
      summary: "Get new recovery codes",
      description: "Instead of all that are left.",
      body: object({ password: text }, ["password"]),
      status: 200,
      answer: object({ recoveryCodes: codes }),
      refusals: [409, 422],
      isThere: hasTotp,
    },
  ];
}
