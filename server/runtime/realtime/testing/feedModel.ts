import { attribute, belongsTo, option, resource } from "#lib/compile/testing/modelParts.ts";
import type { ManyToMany, Model } from "#lib/model/types.ts";

const link = { kind: "manyToMany", table: "deal_tags" } as const;
const tags: ManyToMany = {
  ...link,
  owner: true,
  name: "tags",
  target: "Tag",
  inverse: "deals",
  sourceColumn: "deal_no",
  targetColumn: "tag_id",
};
const deals: ManyToMany = {
  ...link,
  owner: false,
  name: "deals",
  target: "Deal",
  inverse: "tags",
  sourceColumn: "tag_id",
  targetColumn: "deal_no",
};

/** Deals and notes with a change feed, deals under policies; people and tags without. */
export const feedModel: Model = {
  app: { name: "Feed", users: "Person", roles: [{ name: "admin" }, { name: "sales" }, { name: "guest" }] },
  resources: [
    resource("Person", {
      plural: "people",
      key: attribute("id", { type: { kind: "text" }, required: true, unique: true }),
      attributes: [attribute("name", { type: { kind: "text" } })],
      policies: [{ effect: "allow", actions: ["*"], expression: "'admin' in actor.roles" }],
    }),
    resource("Deal", {
      plural: "deals",
      key: attribute("id", { type: { kind: "integer" }, required: true, unique: true, column: "no" }),
      attributes: [
        attribute("title", { type: { kind: "text" } }),
        attribute("amount", { type: { kind: "decimal", precision: 12, scale: 2 } }),
        attribute("stage", {
          type: { kind: "choice", options: [option("lead"), option("won", "W")] },
          required: true,
          default: { kind: "literal", value: "lead" },
        }),
        attribute("code", { type: { kind: "encrypted" } }),
      ],
      calculations: [
        { name: "doubled", type: { kind: "decimal", precision: 14, scale: 2 }, expression: "amount * 2.0" },
      ],
      relationships: [belongsTo("owner", "Person"), tags],
      policies: [
        { effect: "allow", actions: ["*"], expression: "'admin' in actor.roles" },
        { effect: "allow", actions: ["read", "update"], expression: "owner == actor.id" },
      ],
      fieldPolicies: [{ fields: ["amount"], read: "'sales' in actor.roles || 'admin' in actor.roles" }],
      features: { changeFeed: true },
    }),
    resource("Tag", {
      plural: "tags",
      key: attribute("id", { type: { kind: "text" }, required: true, unique: true }),
      relationships: [deals],
      policies: [{ effect: "allow", actions: ["read"], expression: "true" }],
    }),
    resource("Note", {
      plural: "notes",
      attributes: [attribute("text", { type: { kind: "text" } })],
      policies: [
        { effect: "allow", actions: ["*"], expression: "'admin' in actor.roles" },
        { effect: "allow", actions: ["read"], expression: "true" },
      ],
      features: { changeFeed: true, softDelete: { column: "gone" } },
    }),
  ],
};
