import type { Model, Resource } from "../../../../model/types.ts";
import { attribute, belongsTo, resource } from "../../../testing/modelParts.ts";

const number = { kind: "integer" } as const;
const amount = { kind: "decimal" } as const;
const yes = { kind: "boolean" } as const;

const integerKey = (): Pick<Resource, "key"> => ({
  key: attribute("id", { type: number, required: true, unique: true }),
});

/** Stored fields over the row itself, over each other and along every kind of relationship. */
export const ordersModel: Model = {
  app: { name: "Orders" },
  resources: [
    resource("Customer", {
      plural: "customers",
      ...integerKey(),
      attributes: [attribute("discount", { type: amount })],
      relationships: [{ kind: "hasMany", name: "orders", target: "Order", via: "customer" }],
      aggregates: [
        { name: "turnover", function: "sum", path: ["orders"], field: "total", where: "open", column: "turnover" },
        { name: "heaviest", function: "max", path: ["orders", "lines", "product"], field: "weight", column: "heavy" },
      ],
      calculations: [{ name: "big", type: yes, expression: "turnover > 100.0", column: "is_big" }],
    }),
    resource("Order", {
      plural: "orders",
      ...integerKey(),
      attributes: [attribute("open", { type: yes })],
      relationships: [
        belongsTo("customer", "Customer"),
        { kind: "hasMany", name: "lines", target: "Line", via: "order" },
        {
          kind: "manyToMany",
          name: "tags",
          target: "Tag",
          table: "order_tags",
          sourceColumn: "order_id",
          targetColumn: "tag_id",
          owner: true,
        },
      ],
      calculations: [
        { name: "total", type: amount, expression: "coalesce(gross, 0.0) * (1.0 - rate)", column: "total" },
        { name: "rate", type: amount, expression: "coalesce(customer.discount, 0.0)" },
        { name: "gross", type: amount, expression: "sum(lines.total)", column: "gross" },
      ],
      aggregates: [{ name: "tagCount", function: "count", path: ["tags"], where: "visible", column: "tag_count" }],
    }),
    resource("Line", {
      plural: "lines",
      ...integerKey(),
      attributes: [attribute("quantity", { type: number })],
      relationships: [
        { ...belongsTo("order", "Order"), onDelete: "cascade" },
        { ...belongsTo("product", "Product"), onDelete: "setNull" },
      ],
      calculations: [{ name: "total", type: amount, expression: "quantity * product.price", column: "line_total" }],
      features: { softDelete: { column: "gone" } },
    }),
    resource("Product", {
      plural: "products",
      ...integerKey(),
      attributes: [attribute("price", { type: amount }), attribute("weight", { type: number })],
    }),
    resource("Tag", {
      plural: "tags",
      ...integerKey(),
      attributes: [attribute("visible", { type: yes })],
    }),
  ],
};
