import { AppError } from "#lib/errors/AppError.ts";
import type { JsonValue } from "#lib/model/types.ts";
import type { Job, Task } from "../../engine/Work.ts";
import { log } from "../../log.ts";
import { sendMail } from "../../mail/sendMail.ts";
import type { Users } from "../Users.ts";
import { usersOf } from "../usersPart.ts";

export interface UserMail {
  readonly to: string;
  readonly subject: string;
  /** Plain text. */
  readonly text: string;
}

const name = "users.mail";
/** With the queue's growing pauses these take about an hour and a half; the tokens in most mails are over by then. */
const attempts = 9;

/** A mail as the queue keeps it: sealed, since whoever reads it could sign in. */
export function keptMail({ sealer }: Users, mail: UserMail): Job {
  return { task: name, payload: sealer.seal(JSON.stringify(mail), name), attempts };
}

/** Sends what could not be sent at once. */
export const userMailTask: Task = {
  name,
  async perform(payload, { environment, signal }) {
    const mail = readMail(usersOf(environment), payload);
    try {
      await sendMail(environment, mail, signal);
    } catch (error) {
      if (!(error instanceof AppError) || error.code === "unavailable") throw error;
      // No other attempt would fare better.
      log("warn", "A mail to a user of the app was refused.", { environment: environment.spec.id });
    }
  },
};

function readMail({ sealer }: Users, payload: JsonValue): UserMail {
  if (typeof payload !== "string") throw new Error("This is no mail that was kept.");
  return JSON.parse(sealer.open(payload, name)) as UserMail;
}
