import type { Sources } from "#lib/model/sources.ts";

/** A small app with tests of which all pass. */
export const shopFiles: Sources = {
  "gantry.config.ts": `import { app } from "gantry";

export default app({ name: "Shop", roles: ["clerk"] });
`,
  "domain/order.ts": `import { allow, choice, decimal, encrypted, resource, text } from "gantry";

export default resource("Order", {
  attributes: {
    title: text({ required: true, maxLength: 40 }),
    amount: decimal({ min: "0" }),
    state: choice(["open", "paid"], { default: "open" }),
    secret: encrypted(),
  },
  states: { attribute: "state", transitions: { pay: "open -> paid" } },
  policies: [allow("read", "true"), allow(["create", "update"], "'clerk' in actor.roles")],
});
`,
  "tests/orders.ts": `import { anonymous, create, destroy, done, get, key, read, refused, row, rows, service, test, tests, update } from "gantry";

export default tests([
  test("Everybody sees orders", {
    given: { order: row("Order") },
    as: anonymous(),
    do: read("Order"),
    expect: rows(["order"]),
  }),
  test("An order is paid once", {
    given: { order: row("Order", { state: "paid" }) },
    as: key({ roles: ["clerk"] }),
    do: update("order", "pay"),
    expect: refused("illegal_transition"),
  }),
  test("Only clerks create", {
    as: anonymous(),
    do: create("Order", { title: "Books" }),
    expect: refused("unauthenticated"),
  }),
  test("A secret can be read again", {
    given: { order: row("Order", { title: "Books", secret: "4711" }) },
    as: service(),
    do: get("order"),
    expect: done({ title: "Books", secret: "4711", state: "open" }),
  }),
  test("Nobody but the app destroys", {
    given: { order: row("Order") },
    as: key({ roles: ["clerk"] }),
    do: destroy("order"),
    expect: refused("forbidden"),
  }),
]);
`,
};
