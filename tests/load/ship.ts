import { setTimeout as pause } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { rollouts } from "#db/schema/rollouts.ts";
import type { RuntimeProcess } from "#server/deploy/testing/startRuntimeProcess.ts";
import { createApiKey } from "#server/features/deployments/service.ts";
import type { Ended, Stage, TestProject } from "#server/features/deployments/testing/startStage.ts";
import { ConstantLoad, type Told } from "./ConstantLoad.ts";
import { ShopTraffic, shopAfter, shopBefore } from "./shop.ts";

export interface ShipOptions {
  /** Requests in a second. */
  readonly rate: number;
  /** Between one thing that is done and the next. */
  readonly pauseMilliseconds: number;
  /** Minutes of each step of the canary. */
  readonly stepMinutes: number;
}

/** Something that was done under load; moments are of the process's own clock, in ms. */
export interface Act {
  readonly name: string;
  readonly began: number;
  readonly ended: number;
}

export interface Shipped {
  readonly acts: readonly Act[];
  readonly told: readonly Told[];
}

/** Takes an app through its life under a constant load: a canary that promotes itself, going back and forth, a contract. */
export async function ship(stage: Stage<RuntimeProcess>, options: ShipOptions): Promise<Shipped> {
  const project = await stage.project(shopBefore);
  const { apiKey: key } = await createApiKey(project.environmentId, { name: "load" });
  await project.deploy();
  const api = stage.control.caller(stage.user).deployments;
  const scope = { organisation: stage.organisation, project: project.slug };
  const traffic = new ShopTraffic();
  const url = stage.runtime.appUrl(`${project.slug}-production`);
  const load = new ConstantLoad({ url, key, rate: options.rate, next: traffic.next, onTold: traffic.onTold });
  const acts: Act[] = [];
  const act = async (name: string, work: () => Promise<unknown>) => {
    await pause(options.pauseMilliseconds);
    const began = performance.now();
    await work();
    acts.push({ name, began, ended: performance.now() });
  };
  try {
    await project.commit(shopAfter);
    const steps = [
      { percent: 10, minutes: options.stepMinutes },
      { percent: 50, minutes: options.stepMinutes },
    ];
    const limits = { errorPercent: 1, latencyFactor: 100, minRequests: 5 };
    await act("deploy", async () => {
      const { id } = await project.deploy({ strategy: { rollout: { kind: "canary", steps, limits } } });
      await live(stage, project, id);
    });
    await act("roll back", () => api.rollback({ ...scope, release: 1 }));
    await act("go forward", () => api.rollback({ ...scope, release: 2 }));
    const split = { by: "weight", percent: 30 } as const;
    await project.commit({ ...shopAfter, "README.md": "Release 3\n" });
    await act("try", async () => {
      const { state, failure } = await project.deploy({ strategy: { rollout: { kind: "split", split } } });
      if (state !== "trying") throw new Error(failure?.message ?? state);
    });
    await act("promote", async () => api.rollout.promote({ ...scope, rollout: await rolloutUnderWay(stage) }));
    await act("contract", () => contractNote(api, scope));
    await act("roll back again", () => api.rollback({ ...scope, release: 2 }));
    await pause(options.pauseMilliseconds);
  } finally {
    await load.end();
  }
  return { acts, told: load.told };
}

/** Once a canary has become what serves. */
async function live(stage: Stage<RuntimeProcess>, project: TestProject, id: string): Promise<Ended> {
  for (;;) {
    const deployment = await stage.ended(project.environmentId, id);
    if (deployment.state === "live") return deployment;
    if (deployment.state !== "trying") throw new Error(deployment.failure?.message ?? deployment.state);
    await pause(50);
  }
}

async function rolloutUnderWay({ control }: Stage<RuntimeProcess>): Promise<string> {
  const [found] = await control.db.select({ id: rollouts.id }).from(rollouts).where(eq(rollouts.state, "running"));
  if (!found) throw new Error("Nothing is tried.");
  return found.id;
}

type Api = ReturnType<Stage<RuntimeProcess>["control"]["caller"]>["deployments"];

/** As soon as the release that serves has settled: then the part counts as retired. */
async function contractNote(api: Api, scope: { readonly organisation: string; readonly project: string }) {
  for (;;) {
    const part = (await api.contractPlan(scope)).find(({ name }) => name === "orders.note");
    if (part) {
      await api.contract({ ...scope, name: part.name, confirm: part.name, givesUp: part.readBy[0] ?? null });
      return;
    }
    await pause(50);
  }
}
