import { allSteps } from "../processes/stepsWithin.ts";
import type { Process, Step } from "../processTypes.ts";
import type { Finding, Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

/** Of one process. */
const processLimits = { steps: 300, starts: 50, values: 100, branches: 50, parallel: 20 } as const;

/** In UTF-16 units. */
const longestFunction = 64 * 1024;

/** Processes and functions are of a size that can be run and looked at. */
export const programSizes: Rule = ({ processes = [], functions = [], app }, places) => {
  const longFunctions = functions
    .filter(({ source }) => source.length > longestFunction)
    .map(({ name }) => ({
      code: "too_large",
      path: ["functions", name, "source"],
      message: `A function has at most ${longestFunction} characters. Make it smaller.`,
    }));
  const found = [
    ...processes.flatMap(findings),
    ...functions.flatMap(({ name, parameters, examples = [] }) => [
      ...tooMany(parameters.length, { most: processLimits.values, what: "parameters", path: ["functions", name] }),
      ...tooMany(examples.length, { most: processLimits.values, what: "examples", path: ["functions", name] }),
    ]),
    ...longFunctions,
    ...tooMany((app.connections ?? []).length, { most: 100, what: "connections", path: ["app", "connections"] }),
  ];
  return found.map((finding) => problemAt(places, finding));
};

function findings(process: Process): readonly Finding[] {
  const path = ["processes", process.name];
  const steps = allSteps(process);
  const { values } = processLimits;
  return [
    ...tooMany(steps.length, { most: processLimits.steps, what: "steps, at whatever depth", path }),
    ...tooMany((process.starts ?? []).length, {
      most: processLimits.starts,
      what: "starts",
      path: [...path, "starts"],
    }),
    ...tooMany((process.input ?? []).length, { most: values, what: "inputs", path: [...path, "input"] }),
    ...tooMany((process.output ?? []).length, { most: values, what: "values", path: [...path, "output"] }),
    ...steps.flatMap((step) => stepFindings(step, [...path, "steps", step.name])),
  ];
}

function stepFindings(step: Step, path: readonly string[]): readonly Finding[] {
  return [
    ...(step.retry ? within([...path, "retry", "attempts"], step.retry.attempts, { least: 1, most: 100 }) : []),
    ...own(step, path),
  ];
}

function own(step: Step, path: readonly string[]): readonly Finding[] {
  const { values, branches, parallel } = processLimits;
  const parts = (option: string, count: number) =>
    tooMany(count, { most: values, what: "values", path: [...path, option] });
  switch (step.kind) {
    case "select":
      return step.limit === undefined ? [] : within([...path, "limit"], step.limit, { least: 1, most: 1000 });
    case "forEach":
      return step.atOnce === undefined ? [] : within([...path, "atOnce"], step.atOnce, { least: 1, most: 100 });
    case "repeat":
      return within([...path, "atMost"], step.atMost, { least: 1, most: 1000 });
    case "branch":
      return [
        ...none(step.branches.length, "Write at least one branch.", [...path, "branches"]),
        ...tooMany(step.branches.length, { most: branches, what: "branches", path: [...path, "branches"] }),
      ];
    case "parallel":
      return [
        ...none(step.branches.length, "Write at least one branch.", [...path, "branches"]),
        ...tooMany(step.branches.length, { most: parallel, what: "branches", path: [...path, "branches"] }),
      ];
    case "transform":
      return [
        ...none(step.values.length, "Write at least one value.", [...path, "values"]),
        ...parts("values", step.values.length),
      ];
    case "request":
      return [
        ...parts("headers", (step.headers ?? []).length),
        ...parts("body", (step.body ?? []).length),
        ...parts("take", (step.take ?? []).length),
        ...((step.method === "GET" || step.method === "DELETE") && step.body
          ? [{ code: "unneeded_body", path: [...path, "body"], message: `${step.method} has no body. Take it out.` }]
          : []),
      ];
    case "ask":
      return [
        ...none(step.returns.length, "Say what is to be answered.", [...path, "returns"]),
        ...parts("returns", step.returns.length),
      ];
    case "emit":
      return parts("data", (step.data ?? []).length);
    default:
      return [];
  }
}

function none(count: number, message: string, path: readonly string[]): readonly Finding[] {
  return count > 0 ? [] : [{ code: "empty_group", path, message }];
}

interface Bound {
  readonly most: number;
  readonly what: string;
  readonly path: readonly string[];
}

function tooMany(count: number, { most, what, path }: Bound): readonly Finding[] {
  return count <= most
    ? []
    : [{ code: "too_many", path, message: `At most ${most} ${what} can stand here. Remove some.` }];
}

function within(
  path: readonly string[],
  value: number,
  { least, most }: { readonly least: number; readonly most: number },
): readonly Finding[] {
  if (value >= least && value <= most) return [];
  return [{ code: "out_of_range", path, message: `Write a number between ${least} and ${most} here.` }];
}
