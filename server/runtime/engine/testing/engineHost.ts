import type { Model } from "#lib/model/types.ts";
import { Database } from "../../exec/Database.ts";
import { App } from "../../host/App.ts";
import { Environment } from "../../host/Environment.ts";
import { aSpec } from "../../host/testing/testRuntime.ts";
import { defaultEngineLimits, type EngineHost, type EngineLimits } from "../EngineHost.ts";

export interface TestHost extends EngineHost, AsyncDisposable {
  readonly environments: Map<string, Environment>;
  /** Another release, which serves from now on. */
  deploy(id: string, given: TestRelease): void;
  /** Ids that were put to sleep. */
  readonly rested: string[];
}

interface TestRelease {
  readonly url: string;
  readonly model: Model;
  readonly release?: number;
}

/** Environments by id, each on a database, without the program around them. */
export function engineHost(databases: Readonly<Record<string, TestRelease>>): TestHost {
  const environments = new Map<string, Environment>();
  const opened: Database[] = [];
  const deploy: TestHost["deploy"] = (id, { url, model, release = 1 }) => {
    const spec = aSpec(model, { id, databaseUrl: url, release });
    const database = new Database(url);
    opened.push(database);
    environments.set(id, new Environment({ spec, app: new App(spec.snapshot), database }));
  };
  for (const [id, given] of Object.entries(databases)) deploy(id, given);
  const rested: string[] = [];
  return {
    environments,
    deploy,
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
    rest: ({ spec }) => rested.push(spec.id),
    async [Symbol.asyncDispose]() {
      await Promise.all(opened.map((database) => database.close()));
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
