import { AppError } from "#lib/errors/AppError.ts";
import { type Access, fullAccess } from "#lib/plan/access/Access.ts";
import { actionOf } from "#lib/plan/access/actionOf.ts";
import type { Plan, ReadOneShape, ReadPlan, WritePlan } from "#lib/plan/types.ts";

const shapes = new WeakMap<Plan["shape"], ReadOneShape>();

/**
 * Reads the record that a change did not find, to tell one that is not there from one that may be seen and not changed.
 * Null where policies can have hidden nothing, or where no key says which record was meant.
 */
export function whetherVisible({ shape, parameters }: WritePlan, access: Access): ReadPlan | null {
  if (access === fullAccess || (shape.kind !== "update" && shape.kind !== "destroy")) return null;
  let known = shapes.get(shape);
  if (!known) {
    const { resource, key } = shape;
    known = { kind: "one", resource, key, selection: [{ kind: "field", as: "id", field: "id" }] };
    shapes.set(shape, known);
  }
  return { shape: known, parameters };
}

export function forbidden({ shape }: WritePlan): AppError {
  return new AppError("forbidden", `You may not ${actionOf(shape)} this ${shape.resource}.`);
}
