import type { Model } from "../../../model/types.ts";
import type { AuthOperation } from "./AuthOperation.ts";
import { authRef, email, listOf, moment, object, text } from "./authSchemas.ts";

const device = { ...text, maxLength: 200, description: "What the device calls itself in the list of sessions." };
const redirect = { ...text, description: "A page that the app names among its redirects; the mail leads there." };
const token = { ...text, description: "Out of the mail." };
const mailed = "The answer is the same for every address; what becomes of it, the mail says.";

/** How people sign in. */
export function signInOperations(model: Model): readonly AuthOperation[] {
  const session = { anyOf: [authRef(model, "AuthTokens"), authRef(model, "AuthSecondFactor")] };
  const least = model.app.auth?.password?.minLength ?? 10;
  const password = { ...text, minLength: least, maxLength: 200, description: "None of those that are guessed first." };
  const given = { ...text, description: "The password as it is." };
  const hasPassword: AuthOperation["isThere"] = (auth) => auth.password !== undefined;
  return [
    {
      method: "post",
      path: "/sign-up",
      id: "signUp",
      summary: "Ask for an account",
      description: `Sends a mail; nothing is kept of whoever does not read it. ${mailed}`,
      body: object({ email, profile: { type: "object", additionalProperties: true }, redirect }, [
        "profile",
        "redirect",
      ]),
      status: 202,
      refusals: [422],
    },
    {
      method: "post",
      path: "/sign-up/confirm",
      id: "confirmSignUp",
      summary: "Make the account",
      description: "Makes the account and its record with what came by mail, and signs in.",
      body: object({ token, password, device }, ["password", "device"]),
      status: 201,
      answer: session,
      refusals: [409, 422],
    },
    {
      method: "post",
      path: "/sign-in",
      id: "signIn",
      summary: "Sign in by a password",
      description: "After wrong ones there are pauses that grow.",
      body: object({ email, password: given, device }, ["device"]),
      status: 200,
      answer: session,
      refusals: [422],
      isThere: hasPassword,
    },
    {
      method: "post",
      path: "/refresh",
      id: "refreshTokens",
      summary: "Get the next tokens",
      description: "A refresh token is used once; one that comes a second time ends the session.",
      body: object({ refreshToken: text }),
      status: 200,
      answer: authRef(model, "AuthTokens"),
      refusals: [422],
    },
    {
      method: "post",
      path: "/code",
      id: "sendSignInCode",
      summary: "Get six digits by mail",
      description: `The ticket that is answered goes with them. ${mailed}`,
      body: object({ email }),
      status: 202,
      answer: object({ ticket: text, expiresAt: moment }),
      refusals: [422],
      isThere: ({ code }) => code === true,
    },
    {
      method: "post",
      path: "/code/confirm",
      id: "signInByCode",
      summary: "Sign in by six digits",
      description: "After wrong ones a new mail is needed.",
      body: object({ ticket: text, code: text, device }, ["device"]),
      status: 200,
      answer: session,
      refusals: [422],
      isThere: ({ code }) => code === true,
    },
    {
      method: "post",
      path: "/link",
      id: "sendSignInLink",
      summary: "Get a link by mail",
      description: `The link leads to the redirect with a code for the exchange. ${mailed}`,
      body: object({ email, redirect, challenge: { ...text, description: "Base64url of SHA-256 of a verifier." } }, [
        "challenge",
      ]),
      status: 202,
      refusals: [422],
      isThere: ({ magicLink }) => magicLink === true,
    },
    {
      method: "post",
      path: "/token",
      id: "exchangeCode",
      summary: "Exchange the code of a redirect",
      description: "The code that a link in a mail, or a provider, came back with.",
      body: object({ code: text, verifier: text, device }, ["verifier", "device"]),
      status: 200,
      answer: session,
      refusals: [422],
      isThere: ({ magicLink, providers }) => magicLink === true || providers !== undefined,
    },
    {
      method: "post",
      path: "/second-factor",
      id: "showSecondFactor",
      summary: "Show the second factor",
      description: "A code of the authenticator app, or a recovery code, for a sign-in that waits for it.",
      body: object({ token: { ...text, description: "Of the sign-in." }, code: text }),
      status: 200,
      answer: authRef(model, "AuthTokens"),
      refusals: [422],
      isThere: ({ totp }) => totp !== undefined,
    },
    {
      method: "post",
      path: "/password/forgot",
      id: "forgotPassword",
      summary: "Ask for a new password",
      description: `Sends a mail. ${mailed}`,
      body: object({ email, redirect }, ["redirect"]),
      status: 202,
      refusals: [422],
      isThere: hasPassword,
    },
    {
      method: "post",
      path: "/password/reset",
      id: "resetPassword",
      summary: "Choose a new password",
      description: "Ends all sessions and begins one.",
      body: object({ token, password, device }, ["device"]),
      status: 200,
      answer: session,
      refusals: [422],
      isThere: hasPassword,
    },
    {
      method: "post",
      path: "/invitations/accept",
      id: "acceptInvitation",
      summary: "Accept an invitation",
      description: "Makes the account and its record with what came by mail, and signs in.",
      body: object({ token, password, device }, ["password", "device"]),
      status: 201,
      answer: session,
      refusals: [409, 422],
    },
    {
      method: "get",
      path: "/jwks",
      id: "getSigningKeys",
      summary: "The keys that access tokens are signed with",
      description: "A JSON Web Key Set, by which other servers check them.",
      status: 200,
      answer: object({ keys: listOf({ type: "object", additionalProperties: true }) }),
    },
  ];
}
