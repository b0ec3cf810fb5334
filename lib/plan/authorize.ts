import { type Access, fullAccess } from "./access/Access.ts";
import { accessesOf } from "./access/Accesses.ts";
import { checkAction } from "./access/checkAction.ts";
import { checkFields } from "./access/checkFields.ts";
import type { Catalog } from "./catalog/Catalog.ts";
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
export function authorize(catalog: Catalog, actor: Actor, plan: Plan): AuthorizedPlan {
  const access = accessesOf(catalog.model).of(actor);
  if (access !== fullAccess) check(catalog, { access, actor }, plan);
  return { plan, access };
}

/** What was let pass, by the access: the same shapes come again and again. */
const passed = new WeakMap<Plan["shape"], Set<Access>>();
const maxPassed = 64;

function check(
  catalog: Catalog,
  { access, actor }: { readonly access: Access; readonly actor: Actor },
  { shape }: Plan,
): void {
  const known = passed.get(shape);
  if (known?.has(access)) return;
  checkAction({ access, actor }, shape);
  checkFields(catalog, access, shape);
  if (known && known.size < maxPassed) known.add(access);
  else passed.set(shape, new Set([access]));
}

/** Whether there is anything at all that the policies of the app let an actor do. */
export function mayAnything({ model }: Catalog, actor: Actor): boolean {
  return accessesOf(model).allowsAnything(actor);
}
