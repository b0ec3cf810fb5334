import type { Sources } from "#lib/model/sources.ts";
import type { Asked, Told } from "./ConstantLoad.ts";

/** An app before and after a change that renames nothing its callers use, but moves much underneath. */
export const shopBefore: Sources = {
  "gantry.config.ts": `import { app } from "gantry";\nexport default app({ name: "Shop" });\n`,
  "domain/customer.ts": `import { resource, text } from "gantry";
export default resource("Customer", { attributes: { name: text({ required: true }) } });
`,
  "domain/order.ts": `import { belongsTo, decimal, resource, text } from "gantry";
export default resource("Order", {
  attributes: { code: text({ unique: true }), freight: decimal({ precision: 8, scale: 2 }), weight: text(), note: text() },
  relationships: { customer: belongsTo("Customer") },
});
`,
};

/** Requires new values, widens, changes a type, retires a part, adds a resource, an index and a stored calculation. */
export const shopAfter: Sources = {
  ...shopBefore,
  "domain/customer.ts": `import { boolean, resource, text, uuid } from "gantry";
export default resource("Customer", {
  attributes: {
    name: text(),
    preferred: boolean({ required: true, default: false }),
    token: uuid({ required: true, default: uuid() }),
  },
});
`,
  "domain/order.ts": `import { belongsTo, decimal, hasMany, integer, now, resource, text, timestamp } from "gantry";
export default resource("Order", {
  attributes: {
    code: text({ unique: true }),
    freight: decimal({ precision: 12, scale: 2 }),
    weight: integer(),
    createdAt: timestamp({ required: true, default: now() }),
  },
  relationships: { customer: belongsTo("Customer", { onDelete: "setNull" }), lines: hasMany("Line", { via: "order" }) },
  calculations: { taxed: decimal("freight * 1.2", { precision: 14, scale: 4, stored: true }) },
  indexes: [["-createdAt"]],
});
`,
  "domain/line.ts": `import { belongsTo, integer, resource } from "gantry";
export default resource("Line", {
  attributes: { quantity: integer({ required: true, min: 1 }) },
  relationships: { order: belongsTo("Order", { required: true, onDelete: "cascade" }) },
});
`,
};

/** Reads and writes that are valid in both versions, on what was made before. */
export class ShopTraffic {
  readonly #orders: string[] = [];

  readonly next = (number: number): Asked => {
    const known = this.#orders[number % Math.max(this.#orders.length, 1)];
    switch (known === undefined ? 0 : number % 6) {
      case 0:
        return { method: "POST", path: "/rest/v1/orders", body: { code: `C${number}`, freight: "12.50" } };
      case 1:
        return { method: "GET", path: `/rest/v1/orders/${known}` };
      case 2:
        return { method: "PATCH", path: `/rest/v1/orders/${known}`, body: { freight: `${number % 1000}.25` } };
      case 3:
        return { method: "GET", path: "/rest/v1/orders?page[size]=5&sort=code" };
      case 4:
        return { method: "POST", path: "/rest/v1/customers", body: { name: `N${number}` } };
      default:
        return {
          method: "POST",
          path: "/graphql",
          body: { query: "{ orders(first: 5) { nodes { id code freight } } }" },
        };
    }
  };

  readonly onTold = ({ asked, status, text }: Told): void => {
    if (asked.method === "POST" && asked.path.endsWith("/orders") && status === "201") {
      this.#orders.push((JSON.parse(text) as { id: string }).id);
    }
  };
}
