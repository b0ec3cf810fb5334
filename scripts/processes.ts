import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { systemCode } from "./Failure.ts";

/** Whether a process with this id runs, whoever owns it. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === "EPERM";
  }
}

/** The program and arguments of a process; empty when it is gone. */
export function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return spawnSync("ps", ["-p", String(pid), "-o", "command="], { encoding: "utf8" }).stdout ?? "";
  }
}

/** Waits for a process that is not our child, which no event tells of; false when it outlives the time in ms. */
export async function waitForEnd(pid: number, time: number): Promise<boolean> {
  for (const end = Date.now() + time; isAlive(pid); await delay(25)) if (Date.now() > end) return false;
  return true;
}

/** When a process began, in a form to compare; tells it from a later one with the same id. Undefined when it is gone. */
export function startOf(pid: number): string | undefined {
  try {
    // After the name, which may hold anything but ends with the last bracket: field 22 of the whole line.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    const { status, stdout } = spawnSync("ps", ["-p", String(pid), "-o", "lstart="], { encoding: "utf8" });
    return status === 0 && stdout.trim() !== "" ? stdout.trim() : undefined;
  }
}
