import { eq } from "drizzle-orm";
import { organisations } from "#db/schema/organisations.ts";
import { projects } from "#db/schema/projects.ts";
import type { SessionUser } from "#server/access/Principal.ts";
import type { TestControlPlane } from "#tests/support/controlPlane.ts";
import { createEnvironment, type Environment } from "../../environments/service.ts";

export interface TestEnvironment {
  readonly user: SessionUser;
  /** Of its project, as procedures take it. */
  readonly scope: { readonly organisation: string; readonly project: string };
  readonly environment: Environment;
}

/** A project with an environment that nothing was deployed to. */
export async function anEnvironment(control: TestControlPlane, slug = "shop"): Promise<TestEnvironment> {
  const { user, organisation } = await control.person(`Ada ${slug}`);
  const [home] = await control.db.select().from(organisations).where(eq(organisations.slug, organisation));
  const [project] = await control.db
    .insert(projects)
    .values({ organisationId: home?.id ?? "", slug, name: "Shop", origin: "blank", state: "ready" })
    .returning();
  const environment = await createEnvironment(control.db, {
    projectId: project?.id ?? "",
    name: "production",
    branch: "main",
    labelBase: `${slug}-production`,
  });
  return { user, scope: { organisation, project: slug }, environment };
}
