import { toJson } from "../../expression/toCanonical.ts";
import type { Value } from "../../expression/Value.ts";
import { actorType } from "../../model/expressions/actorType.ts";
import { resourceNamed } from "../../model/expressions/resourceAlong.ts";
import { tenantField } from "../../model/features/tenantField.ts";
import type { TestActor } from "../../model/testTypes.ts";
import { anonymousActor, keyActor, serviceActor } from "../../plan/access/actors.ts";
import type { Actor, ParameterValue } from "../../plan/types.ts";
import { NotKnown } from "./environmentOf.ts";
import type { Row, World } from "./World.ts";

/** Whoever a test acts as, as policies know them. */
export function actorOf(world: World, as: TestActor): Actor {
  switch (as.kind) {
    case "anonymous":
      return anonymousActor;
    case "service":
      return serviceActor("test");
    case "key":
      return keyActor("test", as.roles);
    case "user":
      return userOf(world, as.row, as.roles ?? []);
  }
}

function userOf(world: World, name: string, roles: readonly string[]): Actor {
  const { model } = world;
  const users = model.app.users === undefined ? null : resourceNamed(model, model.app.users);
  const row = world.named(name);
  if (!users || row?.entity.name !== users.name) throw new NotKnown(`${name} is no given record of the app's users.`);
  const type = actorType(model);
  const members = type.kind === "object" ? type.members.filter(({ field }) => field !== undefined) : [];
  const attributes = Object.fromEntries(
    members.flatMap(({ name: member, type: of }) => {
      const field = row.entity.fields.get(member);
      return field ? [[member, canonical(toJson(of, read(world, row, member)))]] : [];
    }),
  );
  const tenant = tenantField(model, users);
  const told = tenant === null ? null : canonical(keyText(read(world, row, tenant)));
  const id = canonical(keyText(row.values.get("id") ?? null));
  return {
    kind: "user",
    id: typeof id === "string" ? id : null,
    roles: roles.filter((role) => (model.app.roles ?? []).some((known) => known.name === role)),
    tenant: typeof told === "string" ? told : null,
    attributes,
    unrestricted: false,
  };
}

function read(world: World, row: Row, name: string): Value {
  const field = row.entity.fields.get(name);
  return field
    ? (row.values.get(field.name) ?? null)
    : (row.values.get(name) ?? world.named(name)?.values.get("id") ?? null);
}

function keyText(value: Value): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

function canonical(json: unknown): ParameterValue {
  if (json === null || json === undefined) return null;
  if (Array.isArray(json)) return json.map(String);
  return typeof json === "object" ? JSON.stringify(json) : String(json);
}
