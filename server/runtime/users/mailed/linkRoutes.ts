import { z } from "zod";
import { AppError } from "#lib/errors/AppError.ts";
import { type Answer, emptyAnswer } from "../../http/Answer.ts";
import { email } from "../accounts/email.ts";
import { evenly } from "../evenly.ts";
import { challengeForm, issueExchangeCode } from "../exchange/exchangeCodes.ts";
import { beginMail, sendUserMail } from "../mails/sendUserMail.ts";
import { page } from "../pages/page.ts";
import { allowedRedirect, withQuery } from "../redirects/allowedRedirect.ts";
import type { AuthCall } from "../routes/AuthCall.ts";
import type { AuthRoute } from "../routes/AuthRoute.ts";
import { issueToken, peekToken, type TakenToken, takeToken } from "../tokens/AccountTokens.ts";
import { accountByMail, mayCome } from "./accountByMail.ts";
import { linkToSignIn, minutes, nobodyToSignIn } from "./texts.ts";

const purpose = "link";

const isThere: AuthRoute["isThere"] = ({ magicLink }) => magicLink === true;

const asked = z.strictObject({
  email,
  redirect: z.string("Say where to go afterwards.").max(2000),
  challenge: z
    .string()
    .regex(challengeForm, "Send the base64url of the SHA-256 of a verifier: 43 characters.")
    .optional(),
});

/** `POST /auth/link`: a mail with a link that signs in; the same answer for every address. */
const sendLink: AuthRoute = {
  method: "POST",
  path: "/link",
  rate: "mail",
  isThere,
  answer: async (call) => {
    const { users, request } = call;
    const { email: address, redirect, challenge = null } = await call.read(asked);
    const to = allowedRedirect(redirect, users.auth.redirects ?? []).href;
    await evenly(async () => {
      await beginMail(users, address);
      const token = await users.own(async (sql) => {
        if (!(await mayCome(users, sql, address))) return null;
        const data = { redirect: to, challenge };
        return (await issueToken(sql, { purpose, email: address, data, seconds: 60 * minutes })).token;
      });
      const text =
        token === null
          ? nobodyToSignIn(users.name)
          : linkToSignIn(users.name, `${request.url}/auth/link/open?token=${token}`);
      await sendUserMail(users, { to: address, ...text });
    });
    return emptyAnswer(202);
  },
};

/** `GET /auth/link/open`: a page with a button. Opening it changes nothing: programs that look at mails open links. */
const showLink: AuthRoute = {
  method: "GET",
  path: "/link/open",
  isThere,
  answer: async (call) => {
    const { users, request } = call;
    const token = new URLSearchParams(request.query).get("token") ?? "";
    const link = await users.own((sql) => peekToken(sql, purpose, token)).catch(nullWhereOver);
    if (!link) return overPage();
    return page({
      status: 200,
      title: `Sign in to ${users.name}`,
      text: [`You go on as ${link.email}.`],
      form: { label: "Sign in", fields: { token }, to: redirectOf(link).href },
    });
  },
};

/** `POST /auth/link/open`: the button was pressed; on to the redirect with a code. */
const openLink: AuthRoute = {
  method: "POST",
  path: "/link/open",
  rate: "guess",
  isThere,
  answer: async (call) => {
    const { users, request } = call;
    checkOwnPage(call);
    const token = new URLSearchParams(await request.body()).get("token") ?? "";
    const link = await users.own((sql) => peekToken(sql, purpose, token)).catch(nullWhereOver);
    if (!link) return overPage();
    const redirect = redirectOf(link);
    try {
      const code = await users.own(async (sql) => {
        const { email: address, data } = await takeToken(sql, purpose, token);
        const account = await accountByMail(users, sql, address ?? "");
        if (!account) throw new AppError("forbidden", "There is no account with this address any more.");
        const challenge = typeof data.challenge === "string" ? data.challenge : null;
        return issueExchangeCode(sql, { account: account.id, methods: ["link"], challenge });
      });
      return onTo(withQuery(redirect, { code }));
    } catch (error) {
      if (!(error instanceof AppError) || error.status >= 500) throw error;
      return onTo(withQuery(redirect, { error: error.code, message: error.message }));
    }
  },
};

export const linkRoutes: readonly AuthRoute[] = [sendLink, showLink, openLink];

/** Another site could press the button with a link of its own, and have somebody act in its name without knowing. */
function checkOwnPage({ request: { headers, url } }: AuthCall): void {
  const { origin, "sec-fetch-site": site } = headers;
  const isForeign =
    site === undefined ? origin !== undefined && origin !== new URL(url).origin : site !== "same-origin";
  if (isForeign) throw new AppError("forbidden", "Open the link in the mail, and press the button there.");
}

function redirectOf({ data }: TakenToken): URL {
  return new URL(String(data.redirect));
}

function nullWhereOver(error: unknown): null {
  if (error instanceof AppError && error.code === "invalid_input") return null;
  throw error;
}

function overPage(): Answer {
  const text = ["It was used, or is too old. Ask for a new one where you wanted to sign in."];
  return page({ status: 400, title: "This link is good no longer", text });
}

function onTo(address: string): Answer {
  return emptyAnswer(303, ["location", address, "referrer-policy", "no-referrer", "cache-control", "no-store"]);
}
