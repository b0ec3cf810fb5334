import { redirect } from "next/navigation";
import { Landing } from "#components/features/landing/Landing.tsx";
import { currentUser } from "#server/auth/session.ts";
import { database } from "#server/database.ts";
import { homeOf } from "#server/features/organisations/service.ts";

/** What Gantry is; whoever is signed in goes straight to their projects. */
export default async function HomePage() {
  const user = await currentUser();
  if (!user) return <Landing />;
  redirect(await homeOf(database(), user.id));
}
