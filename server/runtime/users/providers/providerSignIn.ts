import { z } from "zod";
import { AppError } from "#lib/errors/AppError.ts";
import { type Answer, emptyAnswer } from "../../http/Answer.ts";
import { log, logDefect } from "../../log.ts";
import { challengeForm, issueExchangeCode } from "../exchange/exchangeCodes.ts";
import { page } from "../pages/page.ts";
import { allowedRedirect, withQuery } from "../redirects/allowedRedirect.ts";
import { type AuthCall, checked } from "../routes/AuthCall.ts";
import { tokenText } from "../routes/fields.ts";
import { accountFor } from "./accountFor.ts";
import { flowCookie, flowCookieIn, noFlowCookie } from "./flowCookie.ts";
import { beginFlow, strangeReturn, takeFlow } from "./flows.ts";
import { callbackAddress, ProviderClients } from "./ProviderClients.ts";

const startShape = z.strictObject({
  redirect: z.string("Say where to go afterwards.").max(2000),
  challenge: z
    .string("Send the base64url of the SHA-256 of a verifier, which the exchange asks for.")
    .regex(challengeForm, "Send the base64url of the SHA-256 of a verifier: 43 characters."),
  invitation: tokenText.optional(),
});

export async function startSignIn(call: AuthCall): Promise<Answer> {
  const { users, request } = call;
  const clients = clientsOf(call);
  const provider = clients.named(call.segment("provider"));
  const given = checked(startShape, Object.fromEntries(new URLSearchParams(request.query)));
  const redirect = allowedRedirect(given.redirect, users.auth.redirects ?? []).href;
  const client = clients.client(provider);
  const { challenge, invitation = null } = given;
  const flow = { provider: provider.name, redirect, challenge, invitation };
  const { binding, browser } = await users.own((sql) => beginFlow(sql, flow));
  const address = await client.address(binding, callbackAddress(request.url, provider));
  return onTo(address, flowCookie({ url: request.url, state: binding.state }, browser));
}

export async function endSignIn(call: AuthCall): Promise<Answer> {
  const { users, request } = call;
  const clients = clientsOf(call);
  const provider = clients.named(call.segment("provider"));
  const state = new URLSearchParams(request.query).get("state") ?? "";
  const place = { url: request.url, state };
  const browser = flowCookieIn(request.headers.cookie, place);
  const flow = await users
    .own((sql) => {
      if (browser === "") throw strangeReturn();
      return takeFlow(sql, { provider: provider.name, state, browser });
    })
    .catch((error: unknown) => {
      if (error instanceof AppError && error.code === "unauthenticated") return null;
      throw error;
    });
  // Nobody knows where such a one should lead: whoever sees this page follows no further link.
  if (!flow) return page({ status: 400, title: "This sign-in cannot go on", text: [strangeReturn().message] });
  const redirect = new URL(flow.redirect);
  try {
    const callback = new URL(`${callbackAddress(request.url, provider)}?${request.query}`);
    const identity = await clients.client(provider).identity(callback, flow.binding);
    const { invitation, challenge } = flow;
    const arrive = () =>
      users.own(async (sql) => {
        const account = await accountFor(users, sql, { provider, identity, invitation });
        return issueExchangeCode(sql, { account: account.id, methods: [provider.name], challenge });
      });
    // Of two who come at the same time and make the same account, the second finds it the second time.
    const code = await arrive().catch((error: unknown) => {
      if (error instanceof AppError && error.code === "conflict") return arrive();
      throw error;
    });
    return onTo(withQuery(redirect, { code }), noFlowCookie(place));
  } catch (error) {
    const known = error instanceof AppError ? error : null;
    const fields = { environment: users.environment.spec.id, provider: provider.name };
    if (!known || known.status >= 500) logDefect("A sign-in by a provider failed.", error, fields);
    else log("info", "A sign-in by a provider was refused.", { ...fields, code: known.code, reason: reasonOf(known) });
    const { code, message } = known ?? new AppError("internal", "Something went wrong on our side. Try again.");
    return onTo(withQuery(redirect, { error: code, message }), noFlowCookie(place));
  }
}

function clientsOf({ users: { environment } }: AuthCall): ProviderClients {
  return environment.part(ProviderClients, () => new ProviderClients(environment));
}

function onTo(address: string, cookie: string): Answer {
  const headers = ["location", address, "set-cookie", cookie, "referrer-policy", "no-referrer"];
  return emptyAnswer(303, [...headers, "cache-control", "no-store"]);
}

/** What whoever refused calls it, such as `access_denied`. A callback may say anything: only words of the protocol are noted. */
function reasonOf({ cause }: AppError): string | null {
  if (!(cause instanceof Error)) return null;
  const [error, code]: unknown[] = [Reflect.get(cause, "error"), Reflect.get(cause, "code")];
  if (typeof error === "string") return words.has(error) ? error : "another";
  return typeof code === "string" ? code : null;
}

const words: ReadonlySet<string> = new Set([
  ...["access_denied", "consent_required", "interaction_required", "login_required", "account_selection_required"],
  ...["invalid_request", "invalid_client", "invalid_grant", "invalid_scope", "unauthorized_client"],
  ...["unsupported_response_type", "unsupported_grant_type", "server_error", "temporarily_unavailable"],
]);
