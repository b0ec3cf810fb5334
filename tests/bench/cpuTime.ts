import { readdirSync, readFileSync } from "node:fs";

const tick = 10;

/** User and system time in ms that each process of a tree has taken so far (Linux); children that ended are not in it. */
export function cpuTimes(root: number): Map<number, number> {
  const children = new Map<number, number[]>();
  const times = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = readStat(Number(name));
    if (!stat) continue;
    times.set(Number(name), stat.time);
    children.set(stat.parent, [...(children.get(stat.parent) ?? []), Number(name)]);
  }
  const tree = new Map<number, number>();
  const visit = (pid: number) => {
    tree.set(pid, times.get(pid) ?? 0);
    for (const child of children.get(pid) ?? []) visit(child);
  };
  visit(root);
  return tree;
}

/** What a tree has taken between two looks, in ms. */
export function cpuSince(before: ReadonlyMap<number, number>, after: ReadonlyMap<number, number>): number {
  let time = 0;
  for (const [pid, now] of after) time += now - (before.get(pid) ?? 0);
  return time;
}

function readStat(pid: number): { readonly parent: number; readonly time: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { parent: Number(fields[1]), time: (Number(fields[11]) + Number(fields[12])) * tick };
  } catch {
    return null;
  }
}

/** Resident memory of a process in MB. */
export function residentMemory(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}
