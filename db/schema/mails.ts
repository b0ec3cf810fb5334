import { pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns.ts";
import { addedByAnybody } from "./tenancy.ts";

/** Mails of the installation that are to leave, such as invitations; a job sends them. */
export const mails = pgTable(
  "mails",
  {
    id: id(),
    recipient: text("recipient").notNull(),
    subject: text("subject").notNull(),
    /** The text, sealed because links in it open things; gone once it has left. */
    textSealed: text("text_sealed"),
    createdAt: createdAt(),
    sentAt: moment("sent_at"),
    /** Why it could not be sent, public. */
    failure: text("failure"),
  },
  () => addedByAnybody(),
);
