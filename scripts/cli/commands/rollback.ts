import { CliFailure } from "../CliFailure.ts";
import type { Context } from "../Context.ts";
import { exitCodes } from "../exitCodes.ts";
import { reachProject } from "../project/Place.ts";
import { confirm } from "../terminal/ask.ts";

export interface RollbackOptions {
  readonly environment: string;
  readonly reason: string;
  /** Does it without asking. */
  readonly yes: boolean;
}

/** Lets an earlier release serve again, at once: the one before, or the one that is named. */
export async function rollback(
  { terminal, place }: Context,
  given: string | undefined,
  options: RollbackOptions,
): Promise<void> {
  const { instance, scope } = await reachProject(place);
  const { environment, reason, yes } = options;
  const where = { ...scope, environment };
  const release = given === undefined ? await releaseBefore() : Number(given);
  if (!Number.isSafeInteger(release) || release < 1) {
    throw new CliFailure(`"${given}" is no number of a release.`, { exit: exitCodes.usage, code: "usage" });
  }
  await confirm(terminal, `Let release ${release} serve ${environment} again?`, yes);
  await instance.api.deployments.rollback.mutate({ ...where, release, reason });
  terminal.print(`Release ${release} serves ${environment}.`);
  terminal.result({ environment, release });

  async function releaseBefore(): Promise<number> {
    const all = await instance.api.deployments.list.query(where);
    const live = all.find(({ state }) => state === "live");
    const before = all.find((one) => live && one.release < live.release && one.state === "replaced");
    if (before) return before.release;
    throw new CliFailure(`${environment} has no release before this one to go back to.`, { code: "not_found" });
  }
}
