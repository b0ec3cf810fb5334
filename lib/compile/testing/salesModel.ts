import type { Model } from "../../model/types.ts";
import { attribute, belongsTo, option, resource } from "./modelParts.ts";

/** A model with every type of attribute and every kind of relationship, for tests against a real database. */
export const salesModel: Model = {
  app: { name: "Sales" },
  resources: [
    resource("Company", {
      plural: "companies",
      attributes: [
        attribute("name", { type: { kind: "text" }, required: true, maxLength: 80 }),
        attribute("city", { type: { kind: "text" } }),
        attribute("size", { type: { kind: "choice", options: [option("small", "S"), option("large", "L")] } }),
      ],
      relationships: [
        belongsTo("parent", "Company"),
        { kind: "hasMany", name: "subsidiaries", target: "Company", via: "parent" },
        { kind: "hasMany", name: "deals", target: "Deal", via: "company" },
      ],
      uniques: [["name", "city"]],
    }),
    resource("Deal", {
      plural: "deals",
      attributes: [
        attribute("title", { type: { kind: "text" }, required: true, minLength: 2, pattern: "[^<>]*" }),
        attribute("stage", {
          type: { kind: "choice", options: [option("lead"), option("won"), option("lost")] },
          required: true,
          default: { kind: "literal", value: "lead" },
        }),
        attribute("amount", { type: { kind: "decimal", precision: 14, scale: 2 }, min: "0" }),
        attribute("quantity", { type: { kind: "integer" } }),
        attribute("points", { type: { kind: "bigint" }, column: "Points; drop" }),
        attribute("ratio", { type: { kind: "decimal" } }),
        attribute("hot", { type: { kind: "boolean" } }),
        attribute("closedOn", { type: { kind: "date" } }),
        attribute("createdAt", { type: { kind: "timestamp" }, required: true, default: { kind: "now" } }),
        attribute("token", { type: { kind: "uuid" }, unique: true }),
        attribute("extra", { type: { kind: "json" } }),
      ],
      relationships: [
        { ...belongsTo("company", "Company"), required: true },
        { ...belongsTo("owner", "Person"), onDelete: "setNull" },
        { ...tags("Deal"), owner: true, name: "tags", target: "Tag", inverse: "deals" },
      ],
    }),
    resource("Person", {
      plural: "people",
      key: attribute("id", {
        type: { kind: "integer" },
        column: "person_no",
        required: true,
        unique: true,
        default: { kind: "generated" },
      }),
      attributes: [attribute("name", { type: { kind: "text" }, required: true })],
      relationships: [
        belongsTo("boss", "Person"),
        { kind: "hasMany", name: "reports", target: "Person", via: "boss" },
        { kind: "hasMany", name: "deals", target: "Deal", via: "owner" },
      ],
    }),
    resource("Tag", {
      plural: "tags",
      key: attribute("id", { type: { kind: "text" }, required: true, unique: true, maxLength: 10 }),
      attributes: [attribute("colour", { type: { kind: "text" } })],
      relationships: [
        {
          ...tags("Tag"),
          owner: false,
          name: "deals",
          target: "Deal",
          inverse: "tags",
        },
      ],
    }),
  ],
};

function tags(side: "Deal" | "Tag") {
  const [sourceColumn, targetColumn] = side === "Deal" ? ["deal_id", "tag_id"] : ["tag_id", "deal_id"];
  return { kind: "manyToMany", table: "deal_tags", sourceColumn, targetColumn } as const;
}
