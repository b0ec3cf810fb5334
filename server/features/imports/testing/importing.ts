import { eq } from "drizzle-orm";
import postgres from "postgres";
import { projects } from "#db/schema/projects.ts";
import type { TestControlPlane } from "#tests/support/controlPlane.ts";
import { testControlPlane } from "#tests/support/controlPlane.ts";
import { freePort } from "../../../../scripts/freePort.ts";
import { inngest } from "../../../jobs/client.ts";
import { startTestApplication } from "../../../jobs/contract/TestApplication.ts";
import { startDriver } from "../../../jobs/embedded/startDriver.ts";
import { createEnvironment, environmentAdminUrl } from "../../environments/service.ts";
import { importDatabase } from "../jobs/importDatabase.ts";
import { sweepImports } from "../jobs/sweepImports.ts";
import type { ImportSource, ImportStatus } from "../service.ts";
import { importStatus, startImport } from "../service.ts";

export interface ImportWorld extends AsyncDisposable {
  readonly plane: TestControlPlane;
  /** A project that waits for its import, with its production environment. */
  project(): Promise<ImportedProject>;
}

export interface ImportedProject {
  readonly id: string;
  readonly userId: string;
  readonly environmentId: string;
  import(source: ImportSource, withRows?: boolean): Promise<ImportStatus>;
  state(): Promise<string>;
  /** The environment's database as its owner. */
  rows(): Promise<postgres.Sql>;
}

/** A control plane whose imports run through the real job driver. */
export async function importWorld(given: Readonly<Record<string, string>> = {}): Promise<ImportWorld> {
  const port = await freePort();
  const plane = await testControlPlane({ INNGEST_BASE_URL: `http://127.0.0.1:${port}`, ...given });
  const application = await startTestApplication(inngest, [importDatabase, sweepImports]);
  const driver = await startDriver({
    databaseUrl: process.env.DATABASE_URL ?? "",
    port,
    serveUrl: application.url,
    eventKey: process.env.INNGEST_EVENT_KEY ?? "",
    signingKey: process.env.INNGEST_SIGNING_KEY ?? "",
    retryDelay: () => 20,
    log: (level, message, cause) => {
      if (level === "error") console.error(message, cause);
    },
  });
  await plane.db.$client.unsafe(`
    create function tell_change() returns trigger language plpgsql as $$ begin
      perform pg_notify('changes', ''); return null;
    end $$;
    create trigger tell after update on imports for each row execute function tell_change();
    create trigger tell after update on job_runs for each row execute function tell_change();
    create trigger tell after update on job_events for each row execute function tell_change();`);
  const { user, organisation } = await plane.person("Ada Lovelace");
  const sessions: postgres.Sql[] = [];
  let count = 0;
  return {
    plane,
    async project() {
      const [owner] = await plane.db.$client<
        { id: string }[]
      >`select id from organisations where slug = ${organisation}`;
      const slug = `shop-${++count}`;
      const [project] = await plane.db
        .insert(projects)
        .values({
          organisationId: owner?.id ?? "",
          slug,
          name: "Shop",
          origin: "import",
          state: "preparing",
          createdBy: user.id,
        })
        .returning();
      if (!project) throw new Error("An inserted row was not returned.");
      const environment = await createEnvironment(plane.db, {
        ...{ projectId: project.id, name: "production", branch: "main", labelBase: slug },
      });
      return {
        id: project.id,
        userId: user.id,
        environmentId: environment.id,
        async import(source, withRows = true) {
          const over = Promise.withResolvers<void>();
          const look = async () => {
            const [row] = await plane.db.$client<{ over: boolean }[]>`
              select not exists (select from imports where project_id = ${project.id} and state in ('queued', 'running'))
                and not exists (select from job_runs where finished_at is null)
                and not exists (select from job_events where routed_at is null) as over`;
            if (row?.over) over.resolve();
          };
          await startImport({ projectId: project.id, userId: user.id, source, withRows });
          const listening = await plane.db.$client.listen(
            "changes",
            () => void look(),
            () => void look(),
          );
          await over.promise;
          await listening.unlisten();
          return importStatus(plane.db, project.id);
        },
        async state() {
          const [row] = await plane.db
            .select({ state: projects.state })
            .from(projects)
            .where(eq(projects.id, project.id));
          return row?.state ?? "gone";
        },
        async rows() {
          const sql = postgres(await environmentAdminUrl(environment.id), {
            max: 1,
            onnotice: () => {},
            fetch_types: false,
          });
          sessions.push(sql);
          return sql;
        },
      };
    },
    async [Symbol.asyncDispose]() {
      for (const sql of sessions) await sql.end();
      await driver.stop();
      await application[Symbol.asyncDispose]();
      await plane[Symbol.asyncDispose]();
    },
  };
}
