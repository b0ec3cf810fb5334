import { AppError } from "../errors/AppError.ts";
import { type Access, fullAccess } from "./access/Access.ts";
import type { Actor, Plan } from "./types.ts";

/** A plan and what its actor may do, which becomes part of the statement. */
export interface AuthorizedPlan {
  readonly plan: Plan;
  readonly access: Access;
}

/**
 * The one place where policies enter: what an actor may not do is refused or becomes part of the plan, before any SQL
 * is made of it. Every plan of every protocol passes here.
 */
export function authorize(actor: Actor, plan: Plan): AuthorizedPlan {
  if (!actor.unrestricted) {
    throw new AppError("unauthenticated", "Send a valid API key in the Authorization header: Bearer gk_….");
  }
  return { plan, access: fullAccess };
}
