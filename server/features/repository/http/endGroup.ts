import type { ChildProcess } from "node:child_process";

const grace = 2_000;

/** Ends a child that was started `detached`, and what it started: first with the chance to clean up, then without. */
export function endGroup(child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null) return;
  signal(child, "SIGTERM");
  const timer = setTimeout(() => signal(child, "SIGKILL"), grace);
  // Not at its exit: what it started may still hold its output.
  child.once("close", () => clearTimeout(timer));
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, name);
  } catch {
    // It is gone already.
  }
}
