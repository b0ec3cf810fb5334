import type { Attribute, Model, Resource } from "#lib/model/types.ts";

function resource(name: string, table: string, parts: Partial<Resource> = {}): Resource {
  return {
    name,
    plural: table,
    table,
    key: {
      name: "id",
      column: "id",
      type: { kind: "integer" },
      required: true,
      unique: true,
      default: { kind: "generated" },
    },
    attributes: [],
    relationships: [],
    uniques: [],
    indexes: [],
    actions: ["read", "create", "update", "destroy"],
    ...parts,
  };
}

function text(name: string, parts: Partial<Attribute> = {}): Attribute {
  return { name, column: name, type: { kind: "text" }, required: false, unique: false, ...parts };
}

/** A small app before and after a change that takes every kind of step which can hold up writes. */
export const shopBefore: Model = {
  app: { name: "Shop" },
  resources: [
    resource("Customer", "customers", { attributes: [text("name", { required: true })] }),
    resource("Order", "orders", {
      attributes: [
        text("code"),
        text("legacy", { required: true }),
        text("weight"),
        { ...text("total"), type: { kind: "decimal", precision: 8, scale: 2 } },
      ],
      relationships: [
        {
          kind: "belongsTo",
          name: "customer",
          target: "Customer",
          column: "customer_id",
          required: true,
          unique: false,
          onDelete: "restrict",
        },
      ],
    }),
  ],
};

export const shopAfter: Model = {
  app: { name: "Shop" },
  resources: [
    resource("Customer", "customers", {
      attributes: [
        text("name"),
        {
          ...text("preferred", { required: true, default: { kind: "literal", value: false } }),
          type: { kind: "boolean" },
        },
        { ...text("token", { required: true, default: { kind: "uuid" } }), type: { kind: "uuid" } },
      ],
    }),
    resource("Invoice", "invoices", {
      relationships: [
        {
          kind: "belongsTo",
          name: "order",
          target: "Order",
          column: "order_id",
          required: true,
          unique: true,
          onDelete: "cascade",
        },
      ],
    }),
    resource("Order", "orders", {
      attributes: [
        text("code", { unique: true }),
        { ...text("weight"), type: { kind: "integer" } },
        {
          ...text("total", { default: { kind: "literal", value: "0" } }),
          type: { kind: "decimal", precision: 12, scale: 2 },
        },
      ],
      relationships: [
        {
          kind: "belongsTo",
          name: "customer",
          target: "Customer",
          column: "customer_id",
          required: true,
          unique: false,
          onDelete: "cascade",
        },
        {
          kind: "belongsTo",
          name: "replaces",
          target: "Order",
          column: "replaces_id",
          required: false,
          unique: false,
          onDelete: "setNull",
        },
      ],
      indexes: [{ fields: [{ name: "total", descending: true }] }],
    }),
  ],
};
