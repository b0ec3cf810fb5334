import { CliFailure } from "../CliFailure.ts";
import type { Context } from "../Context.ts";
import { followDeployment } from "../project/followDeployment.ts";
import { reachProject } from "../project/Place.ts";

export interface DeployOptions {
  readonly environment: string;
  /** False: it is only begun. */
  readonly wait: boolean;
  /** In full; absent: the newest of the branch. */
  readonly commit?: string;
}

/** Brings the newest commit of the environment's branch to it, and tells each step. */
export async function deploy(
  { terminal, place }: Context,
  { environment, wait, commit }: DeployOptions,
): Promise<void> {
  const reached = await reachProject(place);
  const { instance, scope } = reached;
  const { id, release } = await instance.api.deployments.request.mutate({
    ...scope,
    environment,
    trigger: "cli",
    ...(commit && { commit }),
  });
  if (!wait) {
    terminal.print(`Release ${release} is being brought to ${environment}.`);
    return terminal.result({ id, release, environment, state: "queued" });
  }
  terminal.note(`Release ${release} to ${environment}`);
  const ended = await followDeployment(reached, { environment, id, terminal });
  const { url } = await instance.api.deployments.environment.query({ ...scope, environment });
  const { state, failure } = ended;
  if (state === "failed" || state === "superseded" || state === "rejected" || state === "rolledBack") {
    throw new CliFailure(failure?.message ?? `Release ${release} did not go live: ${state}.`, {
      code: failure?.code ?? state,
      details: { id, release, environment, state, failure },
    });
  }
  terminal.print(sentenceOf(state, release, url));
  terminal.result({ id, release, environment, state, url });
}

function sentenceOf(state: string, release: number, url: string): string {
  switch (state) {
    case "awaiting":
      return `Release ${release} waits for somebody to approve it.`;
    case "trying":
      return `Release ${release} is being rolled out at ${url}.`;
    default:
      return `Release ${release} is live at ${url}`;
  }
}
