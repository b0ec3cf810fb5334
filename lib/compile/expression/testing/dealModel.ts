import { dealScope } from "../../../expression/testing/dealScope.ts";
import type { Attribute, AttributeType, BelongsTo, Model, Resource } from "../../../model/types.ts";

/** The model of `dealScope`, with stored names of their own and renamed options. */
export const dealModel: Model = {
  app: { name: "Deals" },
  valueObjects: [
    {
      name: "Address",
      attributes: [
        { ...attribute("city", { kind: "text" }), column: "city" },
        { ...attribute("floor", { kind: "integer" }), column: "floor" },
      ],
    },
  ],
  resources: [
    resource("Deal", {
      attributes: [
        attribute("title", { kind: "text" }),
        attribute("amount", { kind: "decimal" }),
        attribute("probability", { kind: "integer" }),
        attribute("views", { kind: "bigint" }),
        attribute("stage", choice("Deal", "stage")),
        attribute("urgent", { kind: "boolean" }),
        attribute("dueOn", { kind: "date" }),
        attribute("opensAt", { kind: "time" }),
        attribute("effort", { kind: "duration" }),
        attribute("createdAt", { kind: "timestamp" }),
        attribute("price", { kind: "money" }),
        attribute("meta", { kind: "json" }),
        attribute("tagNames", { kind: "list", of: { kind: "text" } }),
        attribute("address", { kind: "embed", valueObject: "Address" }),
        attribute("addresses", { kind: "embed", valueObject: "Address", many: true }),
      ],
      relationships: [
        belongsTo("owner", "User"),
        belongsTo("company", "Company"),
        { kind: "hasOne", name: "contract", target: "Contract", via: "deal" },
        { kind: "hasMany", name: "activities", target: "Activity", via: "deal" },
        { kind: "hasMany", name: "lines", target: "Line", via: "deal" },
      ],
    }),
    resource("User", {
      attributes: [attribute("email", { kind: "email" })],
      relationships: [{ kind: "hasMany", name: "deals", target: "Deal", via: "owner" }],
    }),
    resource("Company", {
      attributes: [attribute("name", { kind: "text" })],
      relationships: [belongsTo("owner", "User"), { kind: "hasMany", name: "deals", target: "Deal", via: "company" }],
    }),
    resource("Contract", {
      attributes: [attribute("signedAt", { kind: "timestamp" })],
      relationships: [{ ...belongsTo("deal", "Deal"), unique: true }],
    }),
    resource("Activity", {
      attributes: [
        attribute("at", { kind: "timestamp" }),
        attribute("done", { kind: "boolean" }),
        attribute("note", { kind: "text" }),
      ],
      relationships: [belongsTo("deal", "Deal")],
    }),
    resource("Line", {
      attributes: [
        attribute("price", { kind: "decimal" }),
        attribute("quantity", { kind: "integer" }),
        attribute("kind", choice("Line", "kind")),
      ],
      relationships: [belongsTo("deal", "Deal")],
    }),
  ],
};

function resource(name: string, parts: Pick<Resource, "attributes" | "relationships">): Resource {
  return {
    name,
    plural: `${name.toLowerCase()}s`,
    table: `${name} "rows"`,
    key: { ...attribute("id", { kind: "uuid" }), required: true, unique: true },
    uniques: [],
    indexes: [],
    actions: ["read"],
    ...parts,
  };
}

function attribute(name: string, type: AttributeType): Attribute {
  return { name, column: `${name} column`, type, required: false, unique: false };
}

function belongsTo(name: string, target: string): BelongsTo {
  const column = `${name} key`;
  return { kind: "belongsTo", name, target, column, required: false, unique: false, onDelete: "restrict" };
}

/** Every other option is stored under the name of the one before it. */
function choice(owner: string, name: string): AttributeType {
  const member = dealScope().resources.of(owner)?.members.get(name);
  const options = member?.kind === "field" && member.type.kind === "choice" ? member.type.options : [];
  return {
    kind: "choice",
    options: options.map((option, index) => ({ name: option, stored: options.at(index - 1) ?? option })),
  };
}
