import { kebabCase } from "../naming/kebabCase.ts";
import { fieldNameShape } from "../naming/nameShape.ts";
import { reservedItem, reservedPart } from "../naming/reservedNames.ts";
import { allSteps, stepLists } from "../processes/stepsWithin.ts";
import type { Process, Step } from "../processTypes.ts";
import type { Finding, Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

/** Processes, functions, steps, values and what loops are at have names that can be said, and none is taken twice. */
export const processNames: Rule = ({ processes = [], functions = [] }, places) => {
  const found: Finding[] = [];
  const paths = new Map<string, string>();
  const named = [
    ...processes.map(({ name }) => ({ name, path: ["processes", name], kind: "process" })),
    ...functions.map(({ name }) => ({ name, path: ["functions", name], kind: "function" })),
  ];
  for (const { name, path, kind } of named) {
    found.push(...nameFindings(name, path));
    const other = paths.get(kebabCase(name));
    const message = `There is ${other} too, and both have one space of names. Rename one.`;
    if (other !== undefined) found.push({ code: "duplicate_name", path, message });
    paths.set(kebabCase(name), `a ${kind} \`${name}\``);
  }
  for (const process of processes) found.push(...processFindings(process));
  for (const { name, parameters } of functions) {
    found.push(...parameters.flatMap((one) => nameFindings(one.name, ["functions", name, "parameters", one.name])));
  }
  return found.map((finding) => problemAt(places, finding));
};

function processFindings(process: Process): readonly Finding[] {
  const path = ["processes", process.name];
  return [
    ...(process.input ?? []).flatMap(({ name }) => nameFindings(name, [...path, "input", name])),
    ...(process.output ?? []).flatMap(({ name }) => nameFindings(name, [...path, "output", name])),
    ...allSteps(process).flatMap((step) => stepFindings(step, [...path, "steps", step.name])),
    ...process.steps.flatMap((step) => loopFindings(step, [...path, "steps"], [])),
  ];
}

function stepFindings(step: Step, path: readonly string[]): readonly Finding[] {
  const members = (option: string, values: readonly { readonly name: string }[] = []) =>
    values.flatMap(({ name }) => nameFindings(name, [...path, option, name]));
  const own = (): readonly Finding[] => {
    switch (step.kind) {
      case "transform":
        return members("values", step.values);
      case "parallel":
        return members("branches", step.branches);
      case "request":
        return [...members("take", step.take), ...takenStatus(step.take ?? [], path), ...headerFindings(step, path)];
      case "ask":
        return members("returns", step.returns);
      case "emit":
        return [...members("data", step.data), ...typeFindings(step.type, path)];
      default:
        return [];
    }
  };
  return [...nameFindings(step.name, path), ...own()];
}

function takenStatus(take: readonly { readonly name: string }[], path: readonly string[]): readonly Finding[] {
  if (!take.some(({ name }) => name === "status")) return [];
  const message = "`status` is the status of the answer. Choose another name.";
  return [{ code: "reserved_name", path: [...path, "take", "status"], message }];
}

/** Headers that the request itself makes. */
const ownHeaders = ["host", "content-length", "connection", "transfer-encoding", "upgrade", "te", "trailer"];

function headerFindings({ headers = [] }: Extract<Step, { kind: "request" }>, path: readonly string[]) {
  return headers.flatMap(({ name }): readonly Finding[] => {
    const at = [...path, "headers", name];
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/.test(name)) {
      return [{ code: "name_shape", path: at, message: `\`${name}\` cannot be the name of a header.` }];
    }
    if (!ownHeaders.includes(name.toLowerCase())) return [];
    return [{ code: "reserved_name", path: at, message: `\`${name}\` is made by the request itself. Leave it out.` }];
  });
}

function typeFindings(type: string, path: readonly string[]): readonly Finding[] {
  if (/^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)*$/.test(type) && type.length <= 100) return [];
  const message = "The type of an event is camelCase with dots, such as `deal.escalated`.";
  return [{ code: "name_shape", path: [...path, "type"], message }];
}

/** What a loop is at has a name that nothing around it has. */
function loopFindings(step: Step, path: readonly string[], outer: readonly string[]): readonly Finding[] {
  const inner = step.kind === "forEach" ? [...outer, step.as] : outer;
  return [
    ...(step.kind === "forEach" ? itemFindings(step.as, [...path, step.name, "as"], outer) : []),
    ...stepLists(step).flatMap(({ at, steps }) =>
      steps.flatMap((one) => loopFindings(one, path, at[0] === "steps" ? inner : outer)),
    ),
  ];
}

function itemFindings(name: string, path: readonly string[], outer: readonly string[]): readonly Finding[] {
  const shape = fieldNameShape(name);
  if (shape) return [{ code: "name_shape", path, message: shape }];
  const reserved = outer.includes(name) ? "what a loop around this one is at" : reservedItem(name);
  return reserved ? [{ code: "reserved_name", path, message: `\`${name}\` is ${reserved}. Choose another name.` }] : [];
}

function nameFindings(name: string, path: readonly string[]): readonly Finding[] {
  const shape = fieldNameShape(name);
  if (shape) return [{ code: "name_shape", path, message: shape }];
  const reserved = reservedPart(name);
  return reserved ? [{ code: "reserved_name", path, message: `\`${name}\` is ${reserved}. Choose another name.` }] : [];
}
