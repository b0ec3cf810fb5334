import type { BelongsTo, Resource } from "../types.ts";
import type { Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

interface Step {
  readonly resource: string;
  readonly relationship: BelongsTo;
}

/** Records can be made one after the other: no resource requires itself, however far around. */
export const requiredCycle: Rule = ({ resources }, places) =>
  cycles(resources).map((cycle) => {
    const [first] = cycle;
    const { resource, name } = { resource: first.resource, name: first.relationship.name };
    const around = [...cycle.map((step) => step.resource), resource].map((step) => `\`${step}\``).join(" needs ");
    const links = cycle.map((step) => `\`${step.resource}.${step.relationship.name}\``);
    const advice =
      links.length === 1
        ? `Make ${links[0]} optional`
        : `Make ${links.slice(0, -1).join(", ")} or ${links.at(-1)} optional`;
    return problemAt(places, {
      code: "required_cycle",
      path: [resource, "relationships", name, "required"],
      message: `${around}, so that the first could never be created. ${advice}.`,
      fix: {
        title: `Make ${resource}.${name} optional`,
        command: { type: "setRelationship", resource, relationship: name, required: false },
      },
    });
  });

/** One shortest cycle for each group of resources that require each other. */
function cycles(resources: readonly Resource[]): readonly (readonly [Step, ...Step[]])[] {
  const steps = new Map(resources.map((resource) => [resource.name, requiredSteps(resource)]));
  const done = new Set<string>();
  return resources.flatMap(({ name }) => {
    if (done.has(name)) return [];
    const cycle = shortestCycle(name, steps);
    if (!cycle) return [];
    for (const { resource } of cycle) done.add(resource);
    return [cycle];
  });
}

function requiredSteps({ name, relationships }: Resource): readonly Step[] {
  return relationships
    .filter((relationship) => relationship.kind === "belongsTo")
    .filter(({ required }) => required)
    .map((relationship) => ({ resource: name, relationship }));
}

function shortestCycle(start: string, steps: ReadonlyMap<string, readonly Step[]>): readonly [Step, ...Step[]] | null {
  const cameBy = new Map<string, Step>();
  const queue = [start];
  for (const at of queue) {
    for (const step of steps.get(at) ?? []) {
      const { target } = step.relationship;
      if (target === start) return pathTo(step, cameBy, start);
      if (cameBy.has(target)) continue;
      cameBy.set(target, step);
      queue.push(target);
    }
  }
  return null;
}

function pathTo(last: Step, cameBy: ReadonlyMap<string, Step>, start: string): readonly [Step, ...Step[]] {
  let path: readonly [Step, ...Step[]] = [last];
  for (let at = last; at.resource !== start; ) {
    const before = cameBy.get(at.resource);
    if (!before) break;
    path = [before, ...path];
    at = before;
  }
  return path;
}
