import { AppError } from "#lib/errors/AppError.ts";
import type { JsonValue } from "#lib/model/types.ts";
import { sendMail } from "../mail/sendMail.ts";
import type { StepExecutor } from "../processes/StepCall.ts";
import { StepError } from "../processes/StepError.ts";

/** Sends a mail by the environment's server. */
export const mailStep: StepExecutor<"mail"> = async ({ environment, values, idempotencyKey, signal }) => {
  const { to, subject, text } = values;
  const recipients = (Array.isArray(to) ? to : [to]).map(textOf);
  try {
    await sendMail(
      environment,
      { to: recipients, subject: textOf(subject), text: textOf(text), key: idempotencyKey },
      signal,
    );
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const isLasting = error.code === "invalid_input";
    throw new StepError(isLasting ? "mail_refused" : "mail_unavailable", error.message, { isLasting, cause: error });
  }
  return null;
};

function textOf(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}
