import { CliFailure } from "../CliFailure.ts";
import type { Context } from "../Context.ts";
import { type Reached, reachProject } from "../project/Place.ts";

export interface DecideOptions {
  readonly environment: string;
  readonly reason: string;
}

/** What somebody decides of a deployment that waits, or of a release that is being tried. */
export type Decision = "approve" | "reject" | "promote" | "rollBack";

const done: Readonly<Record<Decision, string>> = {
  approve: "goes on.",
  reject: "was rejected.",
  promote: "gets every request.",
  rollBack: "gets no requests any more.",
};

export async function decide({ terminal, place }: Context, decision: Decision, options: DecideOptions): Promise<void> {
  const reached = await reachProject(place);
  const { environment, reason } = options;
  const { api } = reached.instance;
  const where = { ...reached.scope, environment };
  const state = decision === "approve" || decision === "reject" ? "awaiting" : "trying";
  const { id, release } = await deploymentIn(reached, { environment, state });
  if (decision === "approve" || decision === "reject") {
    await api.deployments[decision].mutate({ ...where, id, reason });
  } else {
    const found = await api.deployments.rollout.get.query({ ...where, id });
    if (!found) throw new CliFailure(`Release ${release} is not being rolled out.`, { code: "not_found" });
    await api.deployments.rollout[decision].mutate({ ...where, rollout: found.id, reason });
  }
  terminal.print(`Release ${release} ${done[decision]}`);
  terminal.result({ environment, release, decision });
}

async function deploymentIn(
  { instance, scope }: Reached,
  { environment, state }: { readonly environment: string; readonly state: "awaiting" | "trying" },
) {
  const all = await instance.api.deployments.list.query({ ...scope, environment });
  const found = all.find((one) => one.state === state);
  if (found) return found;
  const what = state === "awaiting" ? "waits for approval" : "is being tried";
  throw new CliFailure(`No release of ${environment} ${what}.`, { code: "not_found" });
}
