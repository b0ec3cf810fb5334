import type { Expression } from "#lib/expression/Expression.ts";
import { checkedProcessExpression, expressionsOfProcess } from "#lib/model/processes/expressionsOfProcess.ts";
import type { Process, ScheduleStart } from "#lib/model/processTypes.ts";
import { evaluateJson, type JsonSource } from "#lib/model/runs/evaluateJson.ts";
import { jsonOfTyped, jsonOfValue } from "#lib/model/runs/jsonOfValue.ts";
import type { JsonValue } from "#lib/model/types.ts";
import type { App } from "../../host/App.ts";

/** A schedule of an app with its expressions understood. */
export interface KnownSchedule {
  /** The same in every release that has it: what it starts, and when. */
  readonly name: string;
  readonly process: Process;
  readonly start: ScheduleStart;
  readonly input: readonly { readonly name: string; readonly expression: Expression }[];
}

export function knownSchedules(app: App): readonly KnownSchedule[] {
  return app.part(knownSchedules, () => (app.model.processes ?? []).flatMap((process) => schedulesOf(app, process)));
}

function schedulesOf({ model }: App, process: Process): readonly KnownSchedule[] {
  const names = new Map<string, number>();
  return (process.starts ?? []).flatMap((start, index): readonly KnownSchedule[] => {
    if (start.kind !== "schedule") return [];
    const plain = `${process.name} ${start.cron} ${start.zone ?? "UTC"}`;
    const count = (names.get(plain) ?? 0) + 1;
    names.set(plain, count);
    const slots = new Map(expressionsOfProcess(model, process).map((placed) => [placed.slot, placed]));
    const input = (start.input ?? []).flatMap(({ name }) => {
      const placed = slots.get(`starts.${index}.input.${name}`);
      const expression = placed && checkedProcessExpression(placed).expression;
      return expression ? [{ name, expression }] : [];
    });
    return [{ name: count === 1 ? plain : `${plain} ${count}`, process, start, input }];
  });
}

/** What the run of a moment begins with. */
export function scheduledInput(
  { process, input }: KnownSchedule,
  moment: Date,
  now: Date,
): Readonly<Record<string, JsonValue>> {
  const source = sourceOf(moment.toISOString(), now.toISOString());
  return Object.fromEntries(
    input.map(({ name, expression }) => {
      const value = evaluateJson(expression, source);
      const declared = process.input?.find((argument) => argument.name === name)?.type;
      return [name, declared ? jsonOfTyped(declared, expression.type, value) : jsonOfValue(expression.type, value)];
    }),
  );
}

function sourceOf(moment: string, now: string): JsonSource {
  return ([root]) => {
    switch (root) {
      case "scheduledAt":
        return moment;
      case "now":
        return now;
      case "today":
        return now.slice(0, 10);
      default:
        return undefined;
    }
  };
}
