import { setTimeout as pause } from "node:timers/promises";
import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/trpc/root.ts";
import { Progress } from "../terminal/Progress.ts";
import type { Terminal } from "../terminal/Terminal.ts";
import type { Reached } from "./Place.ts";

type Deployment = inferRouterOutputs<AppRouter>["deployments"]["get"];

const pollMilliseconds = 500;
const underWay: ReadonlySet<Deployment["state"]> = new Set(["queued", "running"]);

/** Tells each step as it is done, until the deployment is over or waits for somebody; answers it as it is then. */
export async function followDeployment(
  { instance, scope }: Reached,
  { environment, id, terminal }: { readonly environment: string; readonly id: string; readonly terminal: Terminal },
): Promise<Deployment> {
  const told = new Set<string>();
  using progress = new Progress(terminal);
  for (;;) {
    const deployment = await instance.api.deployments.get.query({ ...scope, environment, id });
    for (const { name, state, detail } of deployment.steps) {
      if (state === "running") progress.say(`${name}${detail ? `: ${detail}` : ""}`);
      if ((state !== "done" && state !== "failed") || told.has(name)) continue;
      told.add(name);
      const mark = state === "done" ? terminal.style("green", "✓") : terminal.style("red", "✗");
      progress.leave(`${mark} ${name.padEnd(10)} ${detail ?? ""}`.trimEnd());
    }
    if (!underWay.has(deployment.state)) return deployment;
    if (deployment.state === "queued") progress.say("Waiting for the deployment before …");
    await pause(pollMilliseconds);
  }
}
