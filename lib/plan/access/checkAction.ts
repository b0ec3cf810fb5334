import { AppError } from "../../errors/AppError.ts";
import type { Actor, Plan } from "../types.ts";
import { type Access, isNever } from "./Access.ts";
import { actionOf } from "./actionOf.ts";

interface Granted {
  readonly access: Access;
  readonly actor: Actor;
}

/** Refuses what an actor may do with no record at all. Whether there is such a record is not looked at. */
export function checkAction({ access, actor }: Granted, shape: Plan["shape"]): void {
  const action = actionOf(shape);
  const denied = isDenied(access, shape.resource, action);
  if (denied) refuse(actor, shape.resource, action);
  if (shape.kind === "many" && shape.within && isNever(access.rows(shape.within.resource, "read"))) {
    refuse(actor, shape.within.resource, "read");
  }
}

/** Whether the action is allowed with no record of the resource, whatever it holds. */
export function isDenied(access: Access, resource: string, action: string): boolean {
  const [rows, result] = [access.rows(resource, action), access.result(resource, action)];
  if (isNever(rows) || isNever(result)) return true;
  // What touches a record needs to see it.
  return rows !== null && isNever(access.rows(resource, "read"));
}

function refuse({ kind }: Actor, resource: string, action: string): never {
  if (kind === "anonymous") {
    throw new AppError("unauthenticated", "Sign in or send a valid API key: Authorization: Bearer gk_….");
  }
  throw new AppError("forbidden", `You may not ${action} ${resource} records.`);
}
