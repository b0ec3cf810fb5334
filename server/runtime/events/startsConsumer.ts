import type { Expression } from "#lib/expression/Expression.ts";
import { checkedProcessExpression, expressionsOfProcess } from "#lib/model/processes/expressionsOfProcess.ts";
import type { ChangeStart, Process } from "#lib/model/processTypes.ts";
import { evaluateJson, type JsonSource, memberAt } from "#lib/model/runs/evaluateJson.ts";
import { jsonOfTyped, jsonOfValue } from "#lib/model/runs/jsonOfValue.ts";
import type { JsonValue, Model } from "#lib/model/types.ts";
import type { App } from "../host/App.ts";
import { startRun } from "../processes/startRun.ts";
import type { ChangeEvent } from "./ChangeEvent.ts";
import type { EventConsumer } from "./EventConsumer.ts";

/** A start by changes with its expressions understood. */
interface KnownStart {
  readonly process: Process;
  readonly start: ChangeStart;
  /** Its place among the starts of the process. */
  readonly index: number;
  readonly when: Expression | null;
  readonly input: readonly { readonly name: string; readonly expression: Expression }[];
}

/** Begins the runs that start by changes: one for each start that an event fits, with what it causes counted. */
export const startsConsumer: EventConsumer = {
  name: "starts",
  isNeeded: ({ app }) => startsOf(app).size > 0,
  async take(events, { sql, environment }) {
    const { app } = environment;
    let isAny = false;
    for (const event of events) {
      for (const known of startsOf(app).get(event.resource ?? "") ?? []) {
        const source = sourceOf(event);
        if (!fits(known, event, source)) continue;
        const { process, index } = known;
        const depth = event.cause ? event.cause.depth + 1 : 0;
        const { isNew } = await startRun(sql, {
          environment,
          start: {
            process: process.name,
            input: inputOf(known, source),
            cause: { kind: "change", id: event.id, depth },
            key: `${event.id}/${index}`,
          },
        });
        isAny ||= isNew;
      }
    }
    if (isAny) environment.database.afterCommit(sql, environment.engine.poke);
  },
};

/** By the names of resources. */
function startsOf(app: App): ReadonlyMap<string, readonly KnownStart[]> {
  return app.part(startsOf, () => Map.groupBy(knownStarts(app.model), ({ start }) => start.resource));
}

function knownStarts(model: Model): readonly KnownStart[] {
  return (model.processes ?? []).flatMap((process) => {
    const expressions = new Map(
      expressionsOfProcess(model, process)
        .filter(({ place }) => place.at === "start")
        .map((placed) => [placed.slot, checkedProcessExpression(placed).expression]),
    );
    return (process.starts ?? []).flatMap((start, index): readonly KnownStart[] => {
      if (start.kind !== "change") return [];
      const input = (start.input ?? []).flatMap(({ name }) => {
        const expression = expressions.get(`starts.${index}.input.${name}`);
        return expression ? [{ name, expression }] : [];
      });
      return [{ process, start, index, when: expressions.get(`starts.${index}.when`) ?? null, input }];
    });
  });
}

const typeOfKind = { created: "create", updated: "update", destroyed: "destroy", emitted: null } as const;

function fits({ start, when }: KnownStart, event: ChangeEvent, source: JsonSource): boolean {
  const { actions, fields } = start;
  if (actions && !actions.some((name) => name === event.action || name === typeOfKind[event.kind])) return false;
  if (fields && !fields.some((name) => event.changed.includes(name))) return false;
  return start.when === undefined || (when !== null && evaluateJson(when, source) === true);
}

function inputOf({ process, input }: KnownStart, source: JsonSource): Readonly<Record<string, JsonValue>> {
  return Object.fromEntries(
    input.map(({ name, expression }) => {
      const value = evaluateJson(expression, source);
      const declared = process.input?.find((argument) => argument.name === name)?.type;
      return [name, declared ? jsonOfTyped(declared, expression.type, value) : jsonOfValue(expression.type, value)];
    }),
  );
}

/** What expressions about a change see. A record that was destroyed is as it was. */
export function sourceOf(event: ChangeEvent): JsonSource {
  const { previous, at, actor } = event;
  const record = event.record ?? previous;
  const who = actor && { ...actor.facts, kind: actor.kind, id: actor.kind === "user" ? actor.id : null };
  return (path) => {
    const [root = "", ...rest] = path;
    switch (root) {
      case "record":
        return memberAt(record, rest);
      case "previous":
        return memberAt(previous, rest);
      case "actor":
        return memberAt(who, rest);
      case "now":
        return at;
      case "today":
        return at.slice(0, 10);
      default:
        return memberAt(record, path);
    }
  };
}
