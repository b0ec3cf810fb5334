import type { Attribute, BelongsTo, Model, Resource } from "#lib/model/types.ts";

const text = { kind: "text" } as const;
const key = attribute("id", {
  type: { kind: "integer" },
  required: true,
  unique: true,
  default: { kind: "generated" },
});

/** A model whose records are checked, have states and are changed by named actions. */
export const dealsModel: Model = {
  app: { name: "Deals", roles: [{ name: "manager" }] },
  resources: [
    resource("Company", {
      plural: "companies",
      attributes: [
        attribute("name", { type: text, required: true, maxLength: 40 }),
        attribute("code", { type: text, unique: true }),
        attribute("credit", { type: { kind: "integer" } }),
      ],
      relationships: [{ kind: "hasMany", name: "deals", target: "Deal", via: "company" }],
      validations: [{ expression: "name != 'Acme'", message: "That name is taken by a cartoon.", field: "name" }],
    }),
    resource("Deal", {
      plural: "deals",
      attributes: [
        attribute("title", { type: text, required: true, minLength: 2 }),
        attribute("stage", {
          type: { kind: "choice", options: [option("lead"), option("qualified", "Q"), option("won"), option("lost")] },
          required: true,
          default: { kind: "literal", value: "lead" },
        }),
        attribute("amount", {
          type: { kind: "decimal", precision: 14, scale: 2 },
          default: { kind: "literal", value: "0" },
        }),
        attribute("probability", { type: { kind: "integer" }, min: "0", max: "100" }),
        attribute("closedOn", { type: { kind: "date" } }),
        attribute("reason", { type: text }),
        attribute("label", {
          type: text,
          default: { kind: "expression", expression: "upper(title) + '/' + actor.kind" },
        }),
        attribute("reviewedBy", { type: text, writable: "readOnly" }),
      ],
      relationships: [
        belongsTo("company", "Company"),
        { kind: "hasMany", name: "lines", target: "Line", via: "deal" },
        { ...tags("Deal"), owner: true, name: "tags", target: "Tag", inverse: "deals" },
      ],
      validations: [
        {
          expression: "closedOn == null || stage in ['won', 'lost']",
          message: "Only a finished deal has a closing date.",
          field: "closedOn",
        },
        {
          expression: "probability >= 50",
          message: "A deal of more than 1000 is likely.",
          field: "probability",
          when: "amount > 1000.0",
        },
        { expression: "size(title) < 30", message: "Registered deals have short titles.", actions: ["register"] },
        {
          expression: "company == null || company.credit == null || amount <= decimal(company.credit)",
          message: "The company has not that much credit.",
          field: "amount",
        },
      ],
      states: {
        attribute: "stage",
        transitions: [
          { action: "qualify", from: ["lead"], to: "qualified" },
          { action: "win", from: ["qualified"], to: "won", when: "amount > 0.0" },
          { action: "lose", from: [], to: "lost" },
          { action: "reopen", from: ["won"], to: "qualified" },
          { action: "reopen", from: ["lost"], to: "lead" },
        ],
      },
      definedActions: [
        {
          name: "win",
          type: "update",
          accept: ["closedOn"],
          arguments: [argument("reason2", { type: text, maxLength: 10 })],
          set: [{ field: "reason", expression: "coalesce(arguments.reason2, 'because')" }],
          require: [{ expression: "title != 'Hopeless'", message: "Nobody wins a hopeless deal." }],
        },
        {
          name: "discount",
          type: "update",
          arguments: [
            argument("percent", { type: { kind: "integer" }, required: true, min: "1", max: "90" }),
            argument("note", { type: text }),
          ],
          set: [
            { field: "amount", expression: "amount * decimal(100 - arguments.percent) / 100.0" },
            { field: "reason", expression: "arguments.note" },
          ],
          require: [{ expression: "stage in ['lead', 'qualified']" }],
          validations: [{ expression: "amount >= 10.0", message: "Less than 10 is too little.", field: "amount" }],
        },
        {
          name: "register",
          type: "create",
          accept: ["title", "amount", "companyId"],
          arguments: [argument("hot", { type: { kind: "boolean" }, default: { kind: "literal", value: false } })],
          set: [
            { field: "probability", expression: "arguments.hot ? 90 : 10" },
            { field: "reviewedBy", expression: "'by ' + actor.kind" },
          ],
          require: [{ expression: "title != 'Secret'", message: "That is a secret." }],
        },
        { name: "purge", type: "destroy", require: [{ expression: "stage == 'lost'", message: "Lose it first." }] },
        {
          name: "above",
          type: "read",
          arguments: [argument("least", { type: { kind: "decimal" }, required: true })],
          where: "amount >= arguments.least",
        },
      ],
    }),
    resource("Line", {
      plural: "lines",
      attributes: [
        attribute("product", { type: text, required: true }),
        attribute("price", { type: { kind: "decimal", precision: 10, scale: 2 }, required: true, min: "0" }),
        attribute("quantity", { type: { kind: "integer" }, default: { kind: "literal", value: 1 } }),
      ],
      relationships: [{ ...belongsTo("deal", "Deal"), required: true, onDelete: "cascade" }],
      validations: [
        { expression: "price * decimal(quantity) <= 500.0", message: "A line is at most 500.", field: "price" },
        {
          expression: "deal.lines.all(line, line.product != product || line.id == id)",
          message: "Each product stands once in a deal.",
          field: "product",
        },
      ],
    }),
    resource("Tag", {
      plural: "tags",
      attributes: [attribute("name", { type: text, required: true, unique: true })],
      relationships: [{ ...tags("Tag"), owner: false, name: "deals", target: "Deal", inverse: "tags" }],
    }),
    resource("Contact", {
      plural: "contacts",
      attributes: [
        attribute("email", { type: { kind: "email" }, required: true, unique: true }),
        attribute("name", { type: text }),
        attribute("visits", { type: { kind: "integer" }, default: { kind: "literal", value: 0 } }),
        attribute("code", { type: text, writable: "writeOnce" }),
        attribute("locked", { type: { kind: "boolean" }, default: { kind: "literal", value: false } }),
      ],
      relationships: [belongsTo("company", "Company")],
      uniques: [["company", "name"]],
      validations: [{ expression: "visits >= 0", message: "Nobody visits less than never.", field: "visits" }],
      definedActions: [
        { name: "update", type: "update", require: [{ expression: "!locked", message: "This contact is locked." }] },
        {
          name: "subscribe",
          type: "create",
          accept: ["email", "name"],
          set: [{ field: "visits", expression: "1" }],
          upsert: ["email"],
        },
      ],
    }),
  ],
};

function tags(side: "Deal" | "Tag") {
  const [sourceColumn, targetColumn] = side === "Deal" ? ["deal_id", "tag_id"] : ["tag_id", "deal_id"];
  return { kind: "manyToMany", table: "deal_tags", sourceColumn, targetColumn } as const;
}

function resource(name: string, parts: Partial<Resource> & Pick<Resource, "plural">): Resource {
  return {
    name,
    table: parts.plural,
    key,
    attributes: [],
    relationships: [],
    uniques: [],
    indexes: [],
    actions: ["read", "create", "update", "destroy"],
    ...parts,
  };
}

function attribute(name: string, parts: Partial<Attribute> & Pick<Attribute, "type">): Attribute {
  return { name, column: name.replace(/[A-Z]/g, "_$&").toLowerCase(), required: false, unique: false, ...parts };
}

function argument(name: string, parts: Partial<Attribute> & Pick<Attribute, "type">) {
  const { column: _column, unique: _unique, ...rest } = attribute(name, parts);
  return rest;
}

function belongsTo(name: string, target: string): BelongsTo {
  const column = `${name}_id`;
  return { kind: "belongsTo", name, target, column, required: false, unique: false, onDelete: "restrict" };
}

function option(name: string, stored: string = name) {
  return { name, stored };
}
