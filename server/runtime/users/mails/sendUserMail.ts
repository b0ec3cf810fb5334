import { AppError } from "#lib/errors/AppError.ts";
import { lazily } from "../../host/lazily.ts";
import { Attempts, mailsToAddress } from "../attempts/Attempts.ts";
import { allowedRedirect, withQuery } from "../redirects/allowedRedirect.ts";
import type { Users } from "../Users.ts";
import { keptMail, type UserMail } from "./userMailTask.ts";

const mailPart = lazily(() => import("../../mail/sendMail.ts"));

/** Throws AppError `unavailable`, with what to do, where the environment cannot send mail. */
function checkMail({ environment }: Users): void {
  if (environment.spec.mail) return;
  const message = "This app cannot send mail yet. Name a mail server in the settings of its environment.";
  throw new AppError("unavailable", message);
}

/** Counts a mail to an address, whoever has it; throws RateLimitError where it is one too many. */
export async function beginMail(users: Users, to: string): Promise<void> {
  checkMail(users);
  await new Attempts(users.environment.database).begin([{ rule: mailsToAddress, of: [to] }]);
}

/** Done when the mail server has taken it, or when it is kept to be tried again because the server does not answer. */
export async function sendUserMail(users: Users, mail: UserMail): Promise<void> {
  try {
    await mailPart(({ sendMail }) => sendMail(users.environment, mail));
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "unavailable") throw error;
    await users.environment.engine.add([keptMail(users, mail)]);
  }
}

/** Throws AppError for a place where nobody is to be sent; null where none is given. */
export function readRedirect({ auth }: Users, redirect: string | undefined): URL | null {
  return redirect === undefined ? null : allowedRedirect(redirect, auth.redirects ?? []);
}

/** How a mail hands out a token: as a link to a page of the app, or alone on a line. */
export function handedOut(token: string, redirect: URL | null): string {
  if (redirect) return `open this page:\n\n${withQuery(redirect, { token })}`;
  return `enter this code where you were asked for it:\n\n${token}`;
}
