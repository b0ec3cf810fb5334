import { plainFields } from "#lib/model/processes/plainFields.ts";
import type { Process } from "#lib/model/processTypes.ts";
import type { SampleResult } from "#lib/model/runs/dryRun.ts";
import type { JsonValue, Model, Resource } from "#lib/model/types.ts";
import { titleOf } from "../../expression/preview/sampleLines.ts";
import type { Row, SampleRows } from "../../expression/preview/sampleRows.ts";
import { walkSteps } from "../tree/findStep.ts";
import { inputOfStart, madeUpInput, type SampleInput } from "./sampleInput.ts";

/** Something that a process can be tried with. */
export interface SampleOccasion {
  readonly id: string;
  /** `When Order 10248 was changed`, `Made-up values`. */
  readonly title: string;
  readonly input: SampleInput;
}

const shownRows = 5;

/** What could start the process: the first records of what it watches, its schedule, and made-up values. */
export function sampleOccasions(model: Model, process: Process, rows: SampleRows): readonly SampleOccasion[] {
  const found = (process.starts ?? []).flatMap((start, index): readonly SampleOccasion[] => {
    if (start.kind === "schedule") {
      const sees = { scheduledAt: new Date().toISOString() };
      return [{ id: `start ${index}`, title: "At its time", input: inputOfStart(model, process, { start, sees }) }];
    }
    const resource = model.resources.find(({ name }) => start.kind === "change" && name === start.resource);
    if (!resource) return [];
    return (rows.of.get(resource.name) ?? []).slice(0, shownRows).map((row, at) => {
      const record = plainRow(model, resource, row);
      const sees = { ...record, record, previous: record };
      const made = rows.isMadeUp(resource.name) ? "made-up " : "";
      return {
        id: `start ${index} row ${at}`,
        title: `A change of ${made}${resource.name} “${titleOf(resource, row, at)}”`,
        input: inputOfStart(model, process, { start, sees }),
      };
    });
  });
  return [...found, { id: "made up", title: "Made-up values", input: madeUpInput(process) }];
}

/** What steps that read would find among the samples; of the others it is made up. */
export function sampleAnswers(
  model: Model,
  process: Process,
  { rows, input }: { readonly rows: SampleRows; readonly input: SampleInput },
): Readonly<Record<string, SampleResult>> {
  const keys = new Set(Object.values(input).filter((value) => typeof value === "string" || typeof value === "number"));
  const answers = [...walkSteps(process.steps)].flatMap(({ step }): [string, SampleResult][] => {
    if (step.kind !== "find" && step.kind !== "select") return [];
    const resource = model.resources.find(({ name }) => name === step.resource);
    const found = resource ? (rows.of.get(resource.name) ?? []) : [];
    if (!resource || found.length === 0) return [];
    const plain = found.map((row) => plainRow(model, resource, row));
    if (step.kind === "select") return [[step.name, { result: plain.slice(0, Math.min(3, step.limit ?? 3)) }]];
    const meant = plain.find(({ id }) => id !== null && id !== undefined && keys.has(id as string)) ?? plain[0];
    return meant ? [[step.name, { result: meant }]] : [];
  });
  return Object.fromEntries(answers);
}

/** The fields that processes see, as the APIs show them. */
function plainRow(model: Model, resource: Resource, row: Row): Readonly<Record<string, JsonValue>> {
  return Object.fromEntries(
    plainFields(model, resource).map(({ name, type }): [string, JsonValue] => {
      const value = row[name];
      if (value === undefined || value === null) return [name, null];
      if (type.kind === "money" && typeof value === "string") {
        const [amount = "0", currency = type.currency ?? "EUR"] = value.split(" ");
        return [name, { amount, currency }];
      }
      return [name, value as JsonValue];
    }),
  );
}
