import type { ObjectMember, ValueType } from "../../expression/ValueType.ts";
import type { Model } from "../types.ts";
import { resourceNamed } from "./resourceAlong.ts";
import { valueTypeOf } from "./valueTypeOf.ts";

/** What kinds of actors there are. */
const actorKinds = ["user", "apiKey", "anonymous", "process"] as const;

const known = new WeakMap<Model, ValueType>();

/**
 * The type of `actor`: who asks. `id` has the type of the key of the app's users, `tenant` that of the tenants, `role` is
 * the first of `roles`; the attributes of the users follow, as far as their names are free.
 */
export function actorType(model: Model): ValueType {
  const type = known.get(model) ?? typeOfActor(model);
  known.set(model, type);
  return type;
}

function typeOfActor(model: Model): ValueType {
  const users = model.app.users === undefined ? null : resourceNamed(model, model.app.users);
  const role: ValueType = { kind: "choice", options: (model.app.roles ?? []).map(({ name }) => name) };
  const own: readonly ObjectMember[] = [
    { name: "id", type: users ? valueTypeOf(users.key.type, model) : { kind: "text" } },
    { name: "kind", type: { kind: "choice", options: actorKinds } },
    { name: "role", type: role },
    { name: "roles", type: { kind: "list", of: role } },
    { name: "tenant", type: tenantType(model) },
  ];
  const attributes = (users?.attributes ?? []).filter(({ name }) => !own.some((member) => member.name === name));
  const members = attributes.map(({ name, type }) => ({
    name,
    type: valueTypeOf(type, model),
    field: { resource: users?.name ?? "", member: name },
  }));
  return { kind: "object", name: "actor", members: [...own, ...members] };
}

/** The type of the values by which tenants are told apart; text where no resource has a tenant. */
export function tenantType(model: Model): ValueType {
  for (const { attributes, relationships, features } of model.resources) {
    const name = features?.tenant;
    if (name === undefined) continue;
    const attribute = attributes.find((candidate) => candidate.name === name);
    if (attribute) return valueTypeOf(attribute.type, model);
    const relationship = relationships.find((candidate) => candidate.name === name);
    const target = relationship ? resourceNamed(model, relationship.target) : null;
    if (target) return valueTypeOf(target.key.type, model);
  }
  return { kind: "text" };
}
