import { attribute, belongsTo, option, resource } from "#lib/compile/testing/modelParts.ts";
import type { Model } from "#lib/model/types.ts";

/** Deals of companies: every kind of policy in one small app. */
export const officeModel: Model = {
  app: {
    name: "Office",
    users: "Person",
    roles: [{ name: "admin" }, { name: "sales" }, { name: "guest" }, { name: "auditor" }],
  },
  resources: [
    resource("Person", {
      plural: "people",
      attributes: [
        attribute("name", { type: { kind: "text" }, required: true }),
        attribute("level", { type: { kind: "integer" } }),
      ],
      relationships: [{ kind: "hasMany", name: "tickets", target: "Ticket", via: "owner" }],
      policies: [{ effect: "allow", actions: ["read"], expression: "actor.kind == 'user'" }],
    }),
    resource("Ticket", {
      plural: "tickets",
      attributes: [attribute("urgent", { type: { kind: "boolean" } })],
      relationships: [belongsTo("owner", "Person")],
      policies: [
        { effect: "allow", actions: ["read", "destroy"], expression: "owner == actor.id" },
        { effect: "allow", actions: ["create", "update"], expression: "count(owner.tickets) <= 2" },
        { effect: "forbid", actions: ["update"], expression: "count(owner.tickets, urgent) > 1" },
      ],
    }),
    resource("Company", {
      plural: "companies",
      attributes: [
        attribute("name", { type: { kind: "text" }, required: true, unique: true }),
        attribute("secret", { type: { kind: "text" } }),
      ],
      relationships: [belongsTo("owner", "Person"), { kind: "hasMany", name: "deals", target: "Deal", via: "company" }],
      policies: [
        { effect: "allow", actions: ["*"], expression: "'admin' in actor.roles" },
        { effect: "allow", actions: ["read"], expression: "owner == actor.id" },
      ],
      fieldPolicies: [{ fields: ["secret"], read: "'admin' in actor.roles" }],
    }),
    resource("Deal", {
      plural: "deals",
      attributes: [
        attribute("title", { type: { kind: "text" }, required: true }),
        attribute("amount", { type: { kind: "decimal" } }),
        attribute("code", { type: { kind: "text" }, unique: true }),
        attribute("stage", {
          type: { kind: "choice", options: [option("lead"), option("won", "W")] },
          required: true,
          default: { kind: "literal", value: "lead" },
        }),
      ],
      relationships: [
        { ...belongsTo("company", "Company"), onDelete: "setNull" },
        belongsTo("owner", "Person"),
        {
          kind: "manyToMany",
          name: "tags",
          target: "Tag",
          table: "deal_tags",
          sourceColumn: "deal_id",
          targetColumn: "tag_id",
          owner: true,
          inverse: "deals",
        },
      ],
      policies: [
        { effect: "allow", actions: ["*"], expression: "'admin' in actor.roles" },
        { effect: "allow", actions: ["read"], expression: "owner == actor.id || company.owner == actor.id" },
        { effect: "allow", actions: ["create", "update"], expression: "'sales' in actor.roles && owner == actor.id" },
        { effect: "allow", actions: ["destroy"], expression: "owner == actor.id" },
        { effect: "forbid", actions: ["destroy"], expression: "stage == 'won'" },
      ],
      fieldPolicies: [
        { fields: ["amount"], read: "owner == actor.id || 'admin' in actor.roles", write: "stage == 'lead'" },
        { fields: ["code"], write: "'admin' in actor.roles" },
      ],
    }),
    resource("Tag", {
      plural: "tags",
      attributes: [attribute("name", { type: { kind: "text" }, required: true })],
      relationships: [
        {
          kind: "manyToMany",
          name: "deals",
          target: "Deal",
          table: "deal_tags",
          sourceColumn: "tag_id",
          targetColumn: "deal_id",
          owner: false,
          inverse: "tags",
        },
      ],
      policies: [
        { effect: "allow", actions: ["*"], expression: "'admin' in actor.roles" },
        { effect: "allow", actions: ["read"], expression: "name != 'hidden'" },
      ],
    }),
    resource("Note", {
      plural: "notes",
      attributes: [attribute("text", { type: { kind: "text" } })],
      policies: [
        { effect: "allow", actions: ["create"], expression: "true" },
        { effect: "allow", actions: ["read"], expression: "text == 'public'" },
      ],
    }),
    resource("Log", {
      plural: "logs",
      attributes: [attribute("text", { type: { kind: "text" } })],
    }),
  ],
};
