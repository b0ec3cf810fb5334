import type { ExpressionScope, RecordMember, ResourceType } from "../ExpressionScope.ts";
import type { ObjectMember, ValueType } from "../ValueType.ts";

const text: ValueType = { kind: "text" };
const uuid: ValueType = { kind: "uuid" };
const decimal: ValueType = { kind: "decimal" };
const boolean: ValueType = { kind: "boolean" };
const timestamp: ValueType = { kind: "timestamp" };
const smallInteger: ValueType = { kind: "integer", bits: 32 };
const stages: ValueType = { kind: "choice", options: ["lead", "qualified", "won", "lost"] };
const address: ValueType = {
  kind: "object",
  name: "Address",
  members: [
    { name: "city", type: text, field: { resource: "Address", member: "city" } },
    { name: "floor", type: smallInteger, field: { resource: "Address", member: "floor" } },
  ],
};

function field(type: ValueType): RecordMember {
  return { kind: "field", type };
}

function toMany(resource: string): RecordMember {
  return { kind: "toMany", resource };
}

function belongsTo(name: string, resource: string): Record<string, RecordMember> {
  return { [name]: { kind: "toOne", resource, reference: `${name}Id` }, [`${name}Id`]: field(uuid) };
}

function resource(name: string, members: Record<string, RecordMember>): ResourceType {
  return { name, key: uuid, members: new Map([["id", field(uuid)], ...Object.entries(members)]) };
}

const resources = new Map(
  [
    resource("Deal", {
      title: field(text),
      amount: field(decimal),
      probability: field(smallInteger),
      views: field({ kind: "integer" }),
      stage: field(stages),
      urgent: field(boolean),
      dueOn: field({ kind: "date" }),
      opensAt: field({ kind: "time" }),
      effort: field({ kind: "duration" }),
      createdAt: field(timestamp),
      price: field({ kind: "money" }),
      meta: field({ kind: "json" }),
      tagNames: field({ kind: "list", of: text }),
      address: field(address),
      addresses: field({ kind: "list", of: address }),
      ...belongsTo("owner", "User"),
      ...belongsTo("company", "Company"),
      contract: { kind: "toOne", resource: "Contract" },
      activities: toMany("Activity"),
      lines: toMany("Line"),
    }),
    resource("User", { email: field(text), deals: toMany("Deal") }),
    resource("Company", { name: field(text), ...belongsTo("owner", "User"), deals: toMany("Deal") }),
    resource("Contract", { signedAt: field(timestamp), ...belongsTo("deal", "Deal") }),
    resource("Activity", {
      at: field(timestamp),
      done: field(boolean),
      note: field(text),
      ...belongsTo("deal", "Deal"),
    }),
    resource("Line", {
      price: field(decimal),
      quantity: field(smallInteger),
      kind: field({ kind: "choice", options: ["goods", "service"] }),
      ...belongsTo("deal", "Deal"),
    }),
  ].map((type) => [type.name, type]),
);

const roles: ValueType = { kind: "choice", options: ["admin", "manager", "guest"] };

const context: Readonly<Record<string, readonly ObjectMember[]>> = {
  actor: [
    { name: "id", type: uuid },
    { name: "role", type: roles },
    { name: "roles", type: { kind: "list", of: roles } },
  ],
  arguments: [
    { name: "reason", type: text },
    { name: "count", type: smallInteger },
  ],
  context: [{ name: "environment", type: text }],
};

/** A small customer database with every type and every kind of relationship, for tests. */
export function dealScope(about: string | null = "Deal"): ExpressionScope {
  return {
    resource: about,
    context: new Map(Object.entries(context).map(([name, members]) => [name, { kind: "object", name, members }])),
    resources: { of: (name) => resources.get(name) ?? null },
  };
}
