import { inngest } from "../../jobs/client.ts";
import { branchMoved } from "../../jobs/events.ts";
import { logDefect } from "../../log.ts";

/** What moved a branch and where it stood and stands; null is nowhere. */
export type BranchMove = Parameters<typeof branchMoved.create>[0];

/**
 * Tells the job engine that a branch has moved, so that its rule is followed. Never throws and need not be waited for:
 * what was not told is found when all branches are looked at.
 */
export async function tellMoved(moves: readonly BranchMove[]): Promise<void> {
  if (moves.length === 0) return;
  try {
    await inngest.send(moves.map((move) => branchMoved.create(move)));
  } catch (error) {
    logDefect("A move of branches could not be announced.", error, { projectId: moves[0]?.projectId ?? "" });
  }
}
