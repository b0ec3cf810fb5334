import { AppError } from "../../errors/AppError.ts";
import { Parameters } from "../Parameters.ts";
import type { Condition, ParameterValue, Target, WritePlan } from "../types.ts";
import { isRefusal, readValue } from "../values/readValue.ts";
import { maxAffected, maxKeys } from "./limits.ts";
import { readChange } from "./planWrite.ts";
import { refuse } from "./refuse.ts";
import { fieldValues } from "./shapes.ts";
import { actionPart, addFields, valuesOf, type WriteContext } from "./WriteContext.ts";

/** Which records a change of many is about, as a protocol read it. */
export type TargetInput =
  | {
      readonly kind: "filter";
      readonly where: Condition | null;
      /** What the condition refers to. */
      readonly parameters: readonly ParameterValue[];
      readonly limit: number;
    }
  | { readonly kind: "keys"; readonly keys: readonly unknown[] };

export function planUpdateMany(target: TargetInput, input: unknown, context: WriteContext): WritePlan {
  const { entity } = context;
  const { asked, read } = readChange(input, context);
  refuse(
    read.links.map(({ relationship }) => ({
      field: relationship,
      rule: "readOnly",
      message: "Links are changed record by record.",
    })),
  );
  const parameters = new Parameters();
  const aim = addTarget(target, context, parameters);
  const first = parameters.values.length;
  const fields = addFields(entity, read.values, parameters);
  const set = fieldValues(fields, first);
  const shape = {
    kind: "updateMany",
    ...actionPart(context),
    given: fields,
    resource: entity.name,
    target: aim,
    set,
  } as const;
  return { shape, parameters: parameters.values, ...valuesOf(asked) };
}

export function planDestroyMany(target: TargetInput, input: unknown, context: WriteContext): WritePlan {
  const { entity } = context;
  const { asked } = readChange(input, { ...context, action: context.action ?? "destroy" });
  const parameters = new Parameters();
  const aim = addTarget(target, context, parameters);
  const shape = { kind: "destroyMany", ...actionPart(context), resource: entity.name, target: aim } as const;
  return { shape, parameters: parameters.values, ...valuesOf(asked) };
}

function addTarget(target: TargetInput, { entity }: WriteContext, parameters: Parameters): Target {
  if (target.kind === "filter") {
    for (const value of target.parameters) parameters.add(value);
    return { kind: "filter", where: target.where, limit: parameters.add(String(target.limit)) };
  }
  const { keys } = target;
  if (keys.length === 0 || keys.length > maxKeys) {
    throw new AppError("invalid_request", `Name between 1 and ${maxKeys} records.`);
  }
  const read = keys.map((key) => readValue(entity.key.type, key));
  refuse(read.flatMap((result, index) => (isRefusal(result) ? [{ field: `ids.${index}`, ...result }] : [])));
  const texts = new Set(read.flatMap((result) => (isRefusal(result) ? [] : [result.text])));
  return { kind: "keys", keys: parameters.add([...texts]) };
}

/** How many records a caller allows a change to concern. */
export function readLimit(text: string | undefined): number {
  const limit = text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= maxAffected) return limit;
  const message = `Say how many records this may concern at most: max-affected, between 1 and ${maxAffected}.`;
  const rule = text === undefined ? "required" : "range";
  throw new AppError("invalid_request", message, { fields: [{ field: "max-affected", rule, message }] });
}
