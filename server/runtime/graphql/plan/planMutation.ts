import { identityName } from "#lib/codegen/graphql/graphqlNames.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { identities } from "#lib/model/actions/identities.ts";
import type { Parameters } from "#lib/plan/Parameters.ts";
import type { Actor, Selection, WritePlan } from "#lib/plan/types.ts";
import { planDestroyMany, planUpdateMany, readLimit, type TargetInput } from "#lib/plan/write/planMany.ts";
import { planUpsert } from "#lib/plan/write/planUpsert.ts";
import { planCreate, planDestroy, planUpdate, readKey } from "#lib/plan/write/planWrite.ts";
import type { WriteContext } from "#lib/plan/write/WriteContext.ts";
import { asKey, idsAsKeys } from "./idsAsKeys.ts";
import type { MutationField } from "./mutationFields.ts";
import { fillParameters } from "./ParameterSources.ts";
import type { Planning } from "./Planning.ts";
import { planFilter } from "./planFilter.ts";

interface Asked {
  readonly planning: Planning;
  /** Those of the selection; the others follow them. */
  readonly parameters: Parameters;
  readonly selection: Selection;
  readonly actor: Actor;
}

/** The plan of a mutation field; null when no record can have the key that was given. */
export function planMutation(
  mutation: MutationField,
  args: Readonly<Record<string, unknown>>,
  { planning, parameters, selection, actor }: Asked,
): WritePlan | null {
  const { entity, kind, action } = mutation;
  const { catalog } = planning;
  const context: WriteContext = { catalog, entity, selection, parameters, actor, ...(action !== null && { action }) };
  const input = idsAsKeys(entity, args.input ?? {}, catalog);
  switch (kind) {
    case "create":
      return planCreate(input, context);
    case "upsert": {
      const by = identities(entity.resource).find((group) => identityName(group) === args.by);
      return planUpsert(by ?? [], input, context);
    }
    case "update":
    case "destroy": {
      const key = readKey(entity, String(args.id));
      if (key === null) return null;
      const version = typeof args.version === "number" ? String(args.version) : undefined;
      const at = { ...context, version };
      return kind === "update" ? planUpdate(key, input, at) : planDestroy(key, at, input);
    }
    case "updateMany":
      return planUpdateMany(targetOf(mutation, args, planning), input, context);
    case "destroyMany":
      return planDestroyMany(targetOf(mutation, args, planning), input, context);
  }
}

function targetOf({ entity }: MutationField, args: Readonly<Record<string, unknown>>, planning: Planning): TargetInput {
  if (Array.isArray(args.ids)) {
    const { type } = entity.key;
    return { kind: "keys", keys: args.ids.map((id: unknown) => asKey(type, id)) };
  }
  const limit = readLimit(String(args.maxAffected));
  const where = planFilter(args.filter, entity, { planning, path: [], place: "filter" });
  planning.check();
  if (where === null) {
    const message = "Say which records are meant.";
    throw new AppError("invalid_input", message, { fields: [{ field: "filter", rule: "required", message }] });
  }
  const values = fillParameters(planning.parameters.all, planning.fields.variables.values.coerced) ?? [];
  return { kind: "filter", where, parameters: values, limit };
}
