import type { Model } from "#lib/model/types.ts";
import { Database } from "../../exec/Database.ts";
import { App } from "../../host/App.ts";
import { Environment } from "../../host/Environment.ts";
import { aSpec } from "../../host/testing/testRuntime.ts";
import { defaultEngineLimits, type EngineHost, type EngineLimits } from "../EngineHost.ts";

export interface TestHost extends EngineHost, AsyncDisposable {
  readonly environments: Map<string, Environment>;
  /** Ids that were put to sleep. */
  readonly rested: string[];
}

/** Environments by id, each on a database, without the program around them. */
export function engineHost(
  databases: Readonly<Record<string, { readonly url: string; readonly model: Model }>>,
): TestHost {
  const environments = new Map(
    Object.entries(databases).map(([id, { url, model }]) => {
      const spec = aSpec(model, { id, databaseUrl: url });
      return [id, new Environment({ spec, app: new App(spec.snapshot), database: new Database(url) })];
    }),
  );
  const rested: string[] = [];
  return {
    environments,
    rested,
    async with(id, work) {
      const environment = environments.get(id);
      if (!environment) return null;
      environment.enter();
      try {
        return await work(environment);
      } finally {
        environment.leave();
      }
    },
    rest: (id) => rested.push(id),
    async [Symbol.asyncDispose]() {
      await Promise.all([...environments.values()].map(({ database }) => database.close()));
    },
  };
}

/** What would take seconds takes moments. */
export const quickLimits: EngineLimits = {
  ...defaultEngineLimits,
  lingerSeconds: 0.2,
  sliceSeconds: 0.2,
  sweepSeconds: 0.3,
  resumeSeconds: 0,
};
