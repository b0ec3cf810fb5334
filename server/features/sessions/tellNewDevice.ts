import { eq } from "drizzle-orm";
import { users } from "#db/schema/users.ts";
import type { Connection } from "../../database.ts";
import { env } from "../../env.ts";
import { tellOwner } from "../../mail/tellOwner.ts";
import { describeBrowser } from "./describeBrowser.ts";
import { isNewDevice, type Session } from "./service.ts";

/** Writes to whoever was signed in with a browser that they have never signed in with. */
export async function tellNewDevice(db: Connection, session: Session): Promise<void> {
  if (!(await isNewDevice(db, session))) return;
  const [user] = await db
    .select({ email: users.email, name: users.name })
    .from(users)
    .where(eq(users.id, session.userId));
  if (!user) return;
  await tellOwner(db, {
    to: user.email,
    subject: "You signed in with a new browser",
    text: [
      `Hello ${user.name},`,
      "somebody has signed in to your account with a browser that it has not seen before:",
      `  ${describeBrowser(session.userAgent)}\n  ${session.address ?? "unknown address"}\n  ${session.createdAt.toUTCString()}`,
      `If that was you, there is nothing to do. If not, end the session and change your password: ${new URL("/account/sessions", env().NEXTAUTH_URL).href}`,
    ].join("\n\n"),
  });
}
