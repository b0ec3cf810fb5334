import { AppError } from "#lib/errors/AppError.ts";
import { findAccess } from "../../../access/findAccess.ts";
import { principalOfRequest } from "../../../auth/principalOfRequest.ts";
import { signInBy } from "../../../auth/signInBy.ts";
import { database } from "../../../database.ts";
import { env } from "../../../env.ts";
import { answering } from "../../../http/answering.ts";
import { clientAddress } from "../../../http/clientAddress.ts";
import { limitedText } from "../../../http/limitBody.ts";
import { limitOf } from "../../../http/limits.ts";
import { countTry } from "../../../http/rateLimit.ts";
import { logDefect } from "../../../log.ts";
import { email as emailShape } from "../../accounts/service.ts";
import { entitlementsOf, requireFeature } from "../../plans/service.ts";
import {
  connectionById,
  findConnection,
  oidcClientOf,
  type SsoConnection,
  samlProviderOf,
} from "../connections/service.ts";
import { connectionOf } from "../domains/service.ts";
import { oidcIdentity } from "../oidc/oidcClient.ts";
import type { ProvidedIdentity } from "../ProvidedIdentity.ts";
import { oidcCallback } from "../saml/addresses.ts";
import { largestResponse, readResponse } from "../saml/readResponse.ts";
import { ownMetadata } from "../saml/samlProvider.ts";
import { answerOidc, answerSaml, beginAttempt, finishSaml, keepReport, openTry, type SsoAttempt } from "./attempts.ts";
import { browserOf, settingOut } from "./browserCookie.ts";
import { letIn, slugOf, wouldLetIn } from "./letIn.ts";
import { noticeAddress } from "./notice.ts";
import { ownPath } from "./ownPath.ts";

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** `GET /api/sso/start?email=…&next=…`: to the provider of the address's domain. All other addresses are answered alike. */
export const handleStart = leading(async (request) => {
  const asked = new URL(request.url).searchParams;
  await countNetwork(request, "sso:start");
  const email = emailShape.safeParse(asked.get("email")).data;
  const connection = email === undefined ? null : await openConnection(email);
  if (email === undefined || !connection) {
    throw new AppError(
      "not_found",
      "No organisation signs in with single sign-on by this address. Sign in another way.",
    );
  }
  const next = ownPath(asked.get("next")) ?? `/${await slugOf(database(), connection.organisationId)}`;
  return await leave(request, connection, { next, email, triedBy: null });
});

/** Where the address signs in; null also where the organisation's plan has none of it any more. */
async function openConnection(email: string): Promise<SsoConnection | null> {
  const id = await connectionOf(database(), email);
  if (id === null) return null;
  const connection = await connectionById(database(), id);
  const { features } = await entitlementsOf(database(), connection.organisationId);
  return features.includes("sso") ? connection : null;
}

/** `GET /api/sso/try?organisation=…&connection=…`: the way there and back for whoever sets it up; nobody is signed in. */
export const handleTry = leading(async (request) => {
  const asked = new URL(request.url).searchParams;
  const who = await principalOfRequest(request);
  if (who?.by !== "session") throw new AppError("unauthenticated", "Sign in to go on.");
  const { organisation, ...access } = await findAccess(database(), who, asked.get("organisation") ?? "");
  access.require("signIn.manage");
  await requireFeature(database(), organisation.id, "sso");
  const connection = await findConnection(database(), organisation.id, readId(asked.get("connection")));
  const next = `/${organisation.slug}/settings/sign-in`;
  return await leave(request, connection, { next, email: null, triedBy: who.user.id });
});

/** Where OpenID providers send the browser back. */
export const handleOidcCallback = leading(async (request) => {
  const asked = new URL(request.url).searchParams;
  await countNetwork(request, "sso:answer");
  const state = asked.get("state") ?? "";
  const { attempt, bound } = await answerOidc(database(), { state, browser: browserOf(request.headers) });
  const connection = await connectionById(database(), attempt.connectionId);
  // What the provider was told of us, however proxies have rewritten the request.
  const callback = new URL(oidcCallback());
  callback.search = new URL(request.url).search;
  return await reporting(attempt, async () => {
    const identity = await oidcIdentity(oidcClientOf(connection), callback, bound);
    return await arrive(request, { attempt, connection, identity });
  });
});

/** `POST /api/sso/saml/<connection>/acs`: what the provider has the browser bring, from the provider's own page. */
export async function handleSamlAnswer(request: Request, connectionId: string): Promise<Response> {
  return await leading(async () => {
    await countNetwork(request, "sso:answer");
    const connection = await connectionById(database(), readId(connectionId));
    if (connection.kind !== "saml") throw new AppError("not_found", "There is no such connection.");
    const form = new URLSearchParams(await limitedText(request, largestResponse * 2));
    const encoded = form.get("SAMLResponse") ?? "";
    const handoff = await answered(connection, encoded).catch(async (error: unknown) => {
      const attempt = error instanceof AppError ? await tryNamedIn(connection, encoded) : null;
      if (!attempt || !(error instanceof AppError)) throw error;
      await keepFailure(attempt, error);
      return { report: attempt };
    });
    if (typeof handoff !== "string") return redirect(reportAddress(handoff.report));
    // The provider's page made the browser post this, without its cookies; they come along with what it asks for next.
    return redirect(`${new URL(env().NEXTAUTH_URL).origin}/api/sso/saml/finish?handoff=${handoff}`);
  })(request);
}

/** Where the browser comes back to with an answer of SAML that was checked. */
export const handleSamlFinish = leading(async (request) => {
  const handoff = new URL(request.url).searchParams.get("handoff") ?? "";
  const { attempt, identity } = await finishSaml(database(), { handoff, browser: browserOf(request.headers) });
  const connection = await connectionById(database(), attempt.connectionId);
  return await reporting(attempt, () => arrive(request, { attempt, connection, identity }));
});

/** `GET /api/sso/saml/<connection>/metadata`: what a provider is given to know us by. */
export const handleSamlMetadata = answering(async (_request: Request, connectionId: string): Promise<Response> => {
  const { id } = await connectionById(database(), readId(connectionId));
  return new Response(ownMetadata(id), {
    headers: {
      "content-type": "application/samlmetadata+xml; charset=utf-8",
      "content-disposition": 'attachment; filename="gantry-metadata.xml"',
      "cache-control": "no-store",
    },
  });
});

async function answered(connection: SsoConnection, encoded: string): Promise<string> {
  return await answerSaml(database(), connection, await readResponse(samlProviderOf(connection), encoded));
}

async function leave(
  request: Request,
  connection: SsoConnection,
  given: { readonly next: string; readonly email: string | null; readonly triedBy: string | null },
): Promise<Response> {
  const { browser, cookie } = settingOut(request.headers);
  const address = await beginAttempt(database(), connection, { ...given, browser });
  const response = redirect(address);
  response.headers.append("set-cookie", cookie);
  return response;
}

interface Arrival {
  readonly attempt: SsoAttempt;
  readonly connection: SsoConnection;
  readonly identity: ProvidedIdentity;
}

async function arrive(request: Request, { attempt, connection, identity }: Arrival): Promise<Response> {
  if (attempt.triedBy !== null) {
    const { subject, email, groups, claims } = identity;
    const outcome = await wouldLetIn(database(), connection, identity);
    await keepReport(database(), attempt, { ...outcome, subject, email, groups, claims });
    return redirect(reportAddress(attempt));
  }
  if (connection.enabledAt === null) throw new AppError("forbidden", `${connection.name} is switched off.`);
  const place = { address: clientAddress(request.headers), userAgent: request.headers.get("user-agent") };
  const { userId } = await letIn(database(), { connection, identity, place });
  const next = attempt.next === "" ? `/${await slugOf(database(), connection.organisationId)}` : attempt.next;
  // It stands for the password: whoever has a second factor of their own is asked for it all the same.
  const shown = { userId, method: "sso", organisationId: connection.organisationId, secondFactor: false } as const;
  return await signInBy(request, { ...shown, next });
}

/** Of a try, what went wrong is shown where it was begun. */
async function reporting(attempt: SsoAttempt, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (attempt.triedBy === null || !(error instanceof AppError)) throw error;
    await keepFailure(attempt, error);
    return redirect(reportAddress(attempt));
  }
}

async function keepFailure(attempt: SsoAttempt, { message: outcome }: AppError): Promise<void> {
  const nothing = { subject: null, email: null, groups: [], role: null, claims: {} };
  await keepReport(database(), attempt, { ok: false, outcome, ...nothing });
}

/** An answer that was refused may say for which try it is; that is believed for telling what was wrong, and no more. */
async function tryNamedIn({ id }: SsoConnection, encoded: string): Promise<SsoAttempt | null> {
  if (encoded.length > largestResponse) return null;
  const handle = /InResponseTo="(_[0-9a-f]{40})"/.exec(Buffer.from(encoded, "base64").toString("utf8"))?.[1];
  return handle === undefined ? null : await openTry(database(), id, handle);
}

function reportAddress({ id, next }: SsoAttempt): string {
  return `${new URL(env().NEXTAUTH_URL).origin}${next}?tried=${id}`;
}

/** For requests that a person's browser makes: what fails leads to a page that says why. */
function leading(handle: (request: Request) => Promise<Response>): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      return await handle(request);
    } catch (error) {
      if (!(error instanceof AppError)) logDefect("A sign-in by an organisation's provider failed.", error);
      const sentence =
        error instanceof AppError ? error.message : "Something went wrong on our side. Try again in a moment.";
      return redirect(noticeAddress(sentence));
    }
  };
}

async function countNetwork(request: Request, purpose: "sso:start" | "sso:answer"): Promise<void> {
  const subject = clientAddress(request.headers) ?? "unknown";
  await countTry(database(), [limitOf(purpose, subject)]);
}

function readId(text: string | null): string {
  if (text !== null && uuid.test(text)) return text;
  throw new AppError("not_found", "There is no such connection.");
}

function redirect(location: string): Response {
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
}
