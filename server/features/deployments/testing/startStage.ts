import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { eq } from "drizzle-orm";
import { deployments } from "#db/schema/deployments.ts";
import { environments } from "#db/schema/environments.ts";
import { organisations } from "#db/schema/organisations.ts";
import { projects } from "#db/schema/projects.ts";
import type { Sources } from "#lib/model/sources.ts";
import { freePort } from "#scripts/freePort.ts";
import type { SessionUser } from "#server/access/Principal.ts";
import { adminSecret } from "#server/deploy/testing/startAdminServer.ts";
import { env } from "#server/env.ts";
import { inngest } from "#server/jobs/client.ts";
import { startDriver } from "#server/jobs/embedded/startDriver.ts";
import { register } from "#server/jobs/registration/register.ts";
import { type TestControlPlane, testControlPlane } from "#tests/support/controlPlane.ts";
import { createEnvironment, type Environment } from "../../environments/service.ts";
import { branchHead, commitFiles, createRepository } from "../../repository/service.ts";
import { type DeploymentRequest, requestDeployment } from "../requestDeployment.ts";
import { getDeployment } from "../service.ts";

export interface TestProject {
  readonly id: string;
  readonly slug: string;
  readonly environmentId: string;
  /** Makes these files the next commit. */
  commit(files: Sources): Promise<void>;
  request(options?: RequestOptions): Promise<string>;
  /** Deploys and answers how it ended, or where it waits for somebody. */
  deploy(options?: RequestOptions): Promise<Ended>;
  environment(): Promise<Environment>;
}

export type RequestOptions = Pick<DeploymentRequest, "commit" | "strategy" | "trigger">;

export type Ended = Awaited<ReturnType<typeof getDeployment>>;

export interface Stage<Runtime> extends AsyncDisposable {
  readonly control: TestControlPlane;
  readonly runtime: Runtime;
  readonly user: SessionUser;
  readonly organisation: string;
  project(files: Sources): Promise<TestProject>;
  /** Answers once the deployment is over. */
  ended(environmentId: string, id: string): Promise<Ended>;
  /** Kills the process that runs the functions, does what is to be done while there is none, and starts another one. */
  killFunctions(meanwhile?: () => Promise<void>): Promise<void>;
}

/** An Inngest server that runs already. */
export interface InngestServer {
  readonly url: string;
  readonly eventKey: string;
  readonly signingKey: string;
}

/**
 * All that a deploy needs, for real: control plane, repositories, job engine, functions' process; the runtime is given.
 * Jobs are driven by our own driver, or by the server that is named.
 */
export async function startStage<Runtime extends AsyncDisposable & { readonly url: string }>(
  runtime: Runtime,
  server?: InngestServer,
): Promise<Stage<Runtime>> {
  const [enginePort, functionsPort] = [await freePort(), await freePort()];
  const settings = {
    GANTRY_RUNTIME_ADMIN_URL: runtime.url,
    GANTRY_RUNTIME_ADMIN_SECRET: adminSecret,
    INNGEST_BASE_URL: server?.url ?? `http://127.0.0.1:${enginePort}`,
    ...(server && { INNGEST_EVENT_KEY: server.eventKey, INNGEST_SIGNING_KEY: server.signingKey }),
  };
  const control = await testControlPlane(settings);
  inngest.setEnvVars({ INNGEST_BASE_URL: env().INNGEST_BASE_URL, INNGEST_EVENT_KEY: env().INNGEST_EVENT_KEY });
  let functions = await startFunctions(loadFunctions(functionsPort));
  // Who kills one kills the next: it is loaded in the meantime.
  let next: ChildProcess | null = null;
  const serveUrl = `http://127.0.0.1:${functionsPort}/api/inngest`;
  if (server) await register({ serveUrl, signingKey: server.signingKey });
  const engine = server
    ? null
    : await startDriver({
        databaseUrl: env().DATABASE_URL,
        port: enginePort,
        serveUrl,
        eventKey: env().INNGEST_EVENT_KEY,
        signingKey: env().INNGEST_SIGNING_KEY,
        retryDelay: () => 20,
        log: () => {},
      });
  const { user, organisation } = await control.person("Ada");
  const [home] = await control.db.select().from(organisations).where(eq(organisations.slug, organisation));

  async function ended(environmentId: string, id: string): Promise<Ended> {
    for (;;) {
      const deployment = await getDeployment(control.db, environmentId, id);
      if (deployment.state !== "queued" && deployment.state !== "running") return deployment;
      await pause(20);
    }
  }

  let number = 0;
  return {
    control,
    runtime,
    user,
    organisation,
    ended,
    async project(files) {
      number += 1;
      const slug = `app-${number}`;
      const values = { organisationId: home?.id ?? "", slug, name: slug, origin: "blank", state: "ready" } as const;
      const [made] = await control.db.insert(projects).values(values).returning();
      const id = made?.id ?? "";
      const given = { projectId: id, name: "production", branch: "main", labelBase: `${slug}-production` };
      const { id: environmentId } = await createEnvironment(control.db, given);
      const author = { name: user.name, email: user.email };
      await createRepository({ projectId: id, files, author, message: "Begin" });
      const request = async (options: RequestOptions = {}) =>
        (await requestDeployment({ projectId: id, environment: "production", userId: user.id, ...options })).id;
      return {
        id,
        slug,
        environmentId,
        request,
        async commit(next) {
          const base = (await branchHead(id))?.commit ?? "";
          await commitFiles({ projectId: id, branch: "main", base, files: next, author, message: "Go on" });
        },
        deploy: async (options) => ended(environmentId, await request(options)),
        async environment() {
          const [found] = await control.db.select().from(environments).where(eq(environments.id, environmentId));
          if (!found) throw new Error("The environment is gone.");
          return found;
        },
      };
    },
    async killFunctions(meanwhile = async () => {}) {
      functions.kill("SIGKILL");
      await once(functions, "exit");
      await meanwhile();
      functions = await startFunctions(next ?? loadFunctions(functionsPort));
      next = loadFunctions(functionsPort);
    },
    async [Symbol.asyncDispose]() {
      await engine?.stop();
      functions.kill("SIGKILL");
      next?.kill("SIGKILL");
      await runtime[Symbol.asyncDispose]();
      // Environments' databases go with the role of the control plane.
      await control.db.delete(deployments);
      await control[Symbol.asyncDispose]();
    },
  };
}

/** Loaded, but serving nothing yet. */
function loadFunctions(port: number): ChildProcess {
  const program = fileURLToPath(new URL("functionServer.ts", import.meta.url));
  return spawn(process.execPath, [program, String(port)], { stdio: ["pipe", "pipe", "pipe"] });
}

async function startFunctions(child: ReturnType<typeof loadFunctions>): Promise<ChildProcess> {
  const { stdin, stdout, stderr } = child;
  if (!stdin || !stdout || !stderr) throw new Error("The functions have no pipes.");
  const said: string[] = [];
  stderr.on("data", (text) => said.push(String(text)));
  const ready = once(stdout, "data");
  const died = once(child, "exit").then(() =>
    Promise.reject(new Error(`The functions do not start.\n${said.join("")}`)),
  );
  stdin.write("go\n");
  await Promise.race([ready, died]);
  died.catch(() => {});
  return child;
}
