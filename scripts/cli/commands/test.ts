import { CliFailure } from "../CliFailure.ts";
import type { Context } from "../Context.ts";
import { branchHere } from "../project/folderOf.ts";
import { reachProject } from "../project/Place.ts";
import { Progress } from "../terminal/Progress.ts";

/** Runs the app's tests as they were pushed to a branch, on a database of their own there. */
export async function test({ terminal, place }: Context, given: string | undefined): Promise<void> {
  const { instance, scope } = await reachProject(place);
  const branch = given ?? (await branchHere()) ?? "main";
  using progress = new Progress(terminal);
  progress.say(`Running the tests of ${branch} …`);
  const { commit, results } = await instance.api.gate.run.mutate({ ...scope, branch });
  for (const { id, state, reason } of results) {
    const mark = state === "passed" ? terminal.style("green", "✓") : terminal.style("red", "✗");
    progress.leave(`${mark} ${id}${reason ? `\n  ${reason}` : ""}`);
  }
  const failed = results.filter(({ state }) => state === "failed").length;
  const sentence = `${results.length - failed} passed, ${failed} failed at ${commit.slice(0, 8)}.`;
  if (failed > 0) throw new CliFailure(sentence, { code: "tests_failed", details: { commit, results } });
  progress[Symbol.dispose]();
  terminal.print(results.length === 0 ? `${branch} has no tests yet.` : sentence);
  terminal.result({ branch, commit, results });
}
