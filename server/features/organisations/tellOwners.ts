import { leavingWords } from "#lib/access/whileLeaving.ts";
import type { Connection } from "../../database.ts";
import { env } from "../../env.ts";
import { sendMail } from "../../mail/sendMail.ts";
import type { Member } from "./memberTurns.ts";

interface Named {
  readonly slug: string;
  readonly name: string;
}

/** Tells both who it was handed over to. */
export async function tellOfTransfer(
  db: Connection,
  organisation: Named,
  { from, to }: { readonly from: Member; readonly to: Member },
): Promise<void> {
  const subject = `${organisation.name} has another owner`;
  await sendMail(db, {
    to: to.email,
    subject,
    text: `${from.name} has made you an owner of ${organisation.name}: its projects, its people and its plan are in your hands now.\n\n${settingsOf(organisation)}\n`,
  });
  await sendMail(db, {
    to: from.email,
    subject,
    text: `You have handed ${organisation.name} over to ${to.name} (${to.email}) and are an admin of it now. If that was not you, change your password and tell ${to.name} at once.\n\n${settingsOf(organisation)}\n`,
  });
}

/** Tells every owner that it is being deleted, and until when it can be had back. */
export async function tellOfDeletion(
  db: Connection,
  organisation: Named,
  { deletesAt, by, owners }: { readonly deletesAt: Date; readonly by: string; readonly owners: readonly string[] },
): Promise<void> {
  const { name } = organisation;
  for (const to of owners) {
    await sendMail(db, {
      to,
      subject: `${name} will be deleted`,
      text: `${by} has asked for ${name} to be deleted. ${leavingWords({ name, deletesAt })} Its apps go on answering until then; after that its projects, their databases and repositories are gone for good.\n\nTo keep it, or to download everything: ${settingsOf(organisation)}\n`,
    });
  }
}

export async function tellOfRestoring(
  db: Connection,
  organisation: Named,
  { by, owners }: { readonly by: string; readonly owners: readonly string[] },
): Promise<void> {
  for (const to of owners) {
    await sendMail(db, {
      to,
      subject: `${organisation.name} stays`,
      text: `${by} has restored ${organisation.name}. Nothing of it was lost.\n\n${settingsOf(organisation)}\n`,
    });
  }
}

function settingsOf({ slug }: Named): string {
  return new URL(`/${slug}/settings`, env().NEXTAUTH_URL).href;
}
