import type { Problem } from "#lib/model/Problem.ts";

/** Problems of exactly this place. */
export function problemsAt(problems: readonly Problem[], path: readonly string[]): readonly Problem[] {
  return problems.filter((problem) => problem.path.length === path.length && startsWith(problem.path, path));
}

/** Problems of this place and of all within it. */
export function problemsWithin(problems: readonly Problem[], path: readonly string[]): readonly Problem[] {
  return problems.filter((problem) => startsWith(problem.path, path));
}

/** Problems within a place that none of its fields shows, so that they are shown for the whole. */
export function problemsBeside(
  problems: readonly Problem[],
  path: readonly string[],
  fields: ReadonlySet<string>,
): readonly Problem[] {
  return problemsWithin(problems, path).filter((problem) => {
    const field = problem.path[path.length];
    return field === undefined || !fields.has(field);
  });
}

/** How many errors each resource has, for marks on a picture. */
export function errorCounts(problems: readonly Problem[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { path, severity } of problems) {
    const [resource] = path;
    if (resource !== undefined && severity === "error") counts.set(resource, (counts.get(resource) ?? 0) + 1);
  }
  return counts;
}

function startsWith(path: readonly string[], prefix: readonly string[]): boolean {
  return prefix.every((part, index) => path[index] === part);
}
