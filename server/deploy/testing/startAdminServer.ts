import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import type { EnvironmentSpec, EnvironmentStatus, OneReleaseFigures } from "#lib/compile/Snapshot.ts";

export const adminSecret = "an-admin-secret-of-at-least-32-characters";

/** The admin side of a runtime without anything behind it: for tests of what is told to a runtime. */
export interface AdminServer extends AsyncDisposable {
  readonly url: string;
  /** Every spec that was taken, in order. */
  readonly taken: readonly EnvironmentSpec[];
  /** By environment. */
  readonly serving: Map<string, EnvironmentSpec>;
  /** By environment: how its releases are said to fare. */
  readonly figures: Map<string, readonly OneReleaseFigures[]>;
  /** Answers the next calls with these statuses instead, or breaks the connection for 0. */
  readonly trouble: number[];
  /** When set, specs are answered as failed for this reason. */
  reason: string | null;
}

export async function startAdminServer(port = 0): Promise<AdminServer> {
  const taken: EnvironmentSpec[] = [];
  const serving = new Map<string, EnvironmentSpec>();
  const figures = new Map<string, readonly OneReleaseFigures[]>();
  const trouble: number[] = [];
  const state = { url: "", taken, serving, figures, trouble, reason: null as string | null };
  const server = createServer(async (request, response) => {
    const status = trouble.shift();
    if (status === 0) {
      request.socket.destroy();
      return;
    }
    const answer = (code: number, body?: EnvironmentStatus) => {
      response.writeHead(code, { "content-type": "application/json" }).end(body && JSON.stringify(body));
    };
    if (status !== undefined) return answer(status);
    if (request.headers.authorization !== `Bearer ${adminSecret}`) return answer(401);
    const [, name = "", part] = /^\/environments\/([^/]+)(?:\/(figures))?$/.exec(request.url ?? "") ?? [];
    const id = decodeURIComponent(name);
    const found = serving.get(id);
    if (part) {
      if (!found) return answer(404);
      const body = { at: new Date().toISOString(), releases: figures.get(id) ?? [] };
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
      return;
    }
    if (request.method === "DELETE") {
      serving.delete(id);
      return answer(found ? 204 : 404);
    }
    if (request.method === "PUT") {
      const spec = (await json(request)) as EnvironmentSpec;
      if (state.reason !== null) return answer(200, { id, ...stateOf(spec), state: "failed", reason: state.reason });
      taken.push(spec);
      if (!found || found.revision <= spec.revision) serving.set(id, spec);
    }
    const served = serving.get(id);
    if (!served) return answer(404);
    answer(200, { id, ...stateOf(served), state: "ready" });
  });
  const listening = Promise.withResolvers<void>();
  server.once("error", listening.reject);
  server.listen(port, "127.0.0.1", listening.resolve);
  await listening.promise;
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return Object.assign(state, {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

function stateOf({ revision, release, rollout }: EnvironmentSpec) {
  return { revision, release, ...(rollout && { candidate: rollout.candidate.release }) };
}
