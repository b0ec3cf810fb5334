import { eq } from "drizzle-orm";
import { users } from "#db/schema/users.ts";
import { hashPassword } from "#server/features/accounts/service.ts";
import type { TestControlPlane } from "./controlPlane.ts";
import { TestBrowser } from "./TestBrowser.ts";

export const knownPassword = "analytical engine";

interface PersonInBrowser {
  readonly id: string;
  readonly email: string;
  /** Slug of their organisation. */
  readonly organisation: string;
  /** Where they have signed in with `knownPassword`. */
  readonly browser: TestBrowser;
}

let people = 0;
let knownHash: Promise<string> | null = null;

/** Somebody new with a password and without a second factor, signed in in a browser of their own. */
export async function personInBrowser(plane: TestControlPlane): Promise<PersonInBrowser> {
  people += 1;
  knownHash ??= hashPassword(knownPassword);
  const { user, organisation } = await plane.person(`Person ${people}`);
  await plane.db
    .update(users)
    .set({ passwordHash: await knownHash })
    .where(eq(users.id, user.id));
  const browser = new TestBrowser();
  const answer = await browser.signIn(user.email, knownPassword);
  if (answer !== "ok") throw new Error(`Signing in answered ${answer}.`);
  return { id: user.id, email: user.email, organisation, browser };
}
