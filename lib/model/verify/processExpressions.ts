import type { ExpressionProblem } from "../../expression/ExpressionProblem.ts";
import { typeWords } from "../../expression/typeWords.ts";
import { resourceNamed } from "../expressions/resourceAlong.ts";
import type { ProcessExpression } from "../processes/expressionsOfProcess.ts";
import { checkedProcessExpression, expressionsOfProcess } from "../processes/expressionsOfProcess.ts";
import { isPlain } from "../processes/plainFields.ts";
import { stepResultType } from "../processes/stepResultType.ts";
import { allSteps, stepNamed } from "../processes/stepsWithin.ts";
import type { Process } from "../processTypes.ts";
import type { Model, Resource } from "../types.ts";
import type { Finding, Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

/** Every expression of a process can be read, names what is in sight there and comes out as what is needed. */
export const processExpressions: Rule = (draft, places) =>
  (draft.processes ?? []).flatMap((process) =>
    expressionsOfProcess(draft, process).flatMap((placed) => {
      const { problems } = checkedProcessExpression(placed);
      const findings = problems
        // What a file says that could not be read is unknown, not wrong.
        .filter(({ code }) => code === "syntax" || (places.unread.size === 0 && !isBlind(draft, process, placed)))
        .map((problem) => findingOf(draft, placed, problem));
      return [...findings, ...recipients(placed)].map((finding) => problemAt(places, finding));
    }),
  );

/** Of a record of a resource that is not there nothing is known, nor of what comes of it; that is told already. */
function isBlind(model: Model, process: Process, { place, text }: ProcessExpression): boolean {
  if (place.at !== "start" && [...unknownNames(model, process)].some((name) => speaksOf(text, name))) return true;
  if (place.at === "start") {
    const start = process.starts?.[place.index];
    return start?.kind === "change" && !resourceNamed(model, start.resource);
  }
  if (place.at !== "step" || place.part !== "match") return false;
  const step = stepNamed(process, place.step);
  return step?.kind === "waitFor" && !resourceNamed(model, step.resource);
}

const known = new WeakMap<Model, Map<Process, readonly string[]>>();

/** Results and items of loops of which the type is unknown, since what they come from has problems. */
function unknownNames(model: Model, process: Process): readonly string[] {
  const byProcess = known.get(model) ?? new Map<Process, readonly string[]>();
  known.set(model, byProcess);
  const found = byProcess.get(process);
  if (found) return found;
  const failed = new Set(
    expressionsOfProcess(model, process)
      .filter((placed) => placed.slot === "items" && checkedProcessExpression(placed).problems.length > 0)
      .map(({ step }) => step),
  );
  const names = allSteps(process).flatMap((step) => {
    const type = stepResultType(model, step);
    const isUnknown = step.kind !== "function" && (type.kind === "list" ? type.of.kind : type.kind) === "json";
    return [
      ...(isUnknown ? [`steps.${step.name}`] : []),
      ...(step.kind === "forEach" && failed.has(step.name) ? [step.as] : []),
    ];
  });
  byProcess.set(process, names);
  return names;
}

function speaksOf(text: string, name: string): boolean {
  return new RegExp(`(?<![\\w.])${name.replace(".", "\\s*\\.\\s*")}(?!\\w)`).test(text);
}

function findingOf(model: Model, { path, text }: ProcessExpression, problem: ExpressionProblem): Finding {
  const { code, start, end, suggestion } = problem;
  const mended = suggestion === undefined ? null : text.slice(0, start) + suggestion + text.slice(end);
  const command = { type: "setExpression", path, to: mended ?? text } as const;
  const fix = mended === null ? {} : { fix: { title: `Write ${suggestion}`, command } };
  const message = `${problem.message}${code === "unknown_name" ? hiddenHint(model, text.slice(start, end)) : ""}`;
  return { code, path, part: { start, end }, message, ...fix };
}

/** Says of something that is there and not in sight why it is not. */
function hiddenHint({ resources }: Model, name: string): string {
  const isNamed = (one: { readonly name: string }) => one.name === name;
  if (resources.some(({ relationships }) => relationships.some(isNamed))) {
    return " Relationships cannot be followed in processes: find the other record by a step.";
  }
  if (resources.some(({ calculations = [], aggregates = [] }) => [...calculations, ...aggregates].some(isNamed))) {
    return " What is worked out is not in sight of processes.";
  }
  const isHidden = ({ attributes }: Resource) => attributes.some((one) => isNamed(one) && !isPlain(one));
  return resources.some(isHidden)
    ? " What is sensitive or encrypted, files and vectors are not in sight of processes."
    : "";
}

/** A mail goes to a text or a list of texts. */
function recipients(placed: ProcessExpression): readonly Finding[] {
  if (placed.slot !== "to" || placed.step === null) return [];
  const type = checkedProcessExpression(placed).expression?.type;
  if (type?.kind !== "list" || type.of.kind === "text" || type.of.kind === "null") return [];
  const message = `This is ${typeWords(type)}; a mail goes to a text, or to a list of texts.`;
  return [{ code: "wrong_type", path: placed.path, message }];
}
