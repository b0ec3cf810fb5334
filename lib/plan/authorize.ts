import { AppError } from "../errors/AppError.ts";
import type { Actor, Plan } from "./types.ts";

/**
 * The one place where policies enter: what an actor may not do is refused or becomes part of the plan, before any SQL
 * is made of it. Every plan of every protocol passes here. Until an app can say more, a valid API key may do all.
 */
export function authorize(actor: Actor, plan: Plan): Plan {
  if (actor.kind === "anonymous") {
    throw new AppError("unauthenticated", "Send a valid API key in the Authorization header: Bearer gk_….");
  }
  return plan;
}
