import { create, done, get, key, ref, refused, row, service, test, tests, user } from "gantry";

export default tests({ describe: "Prices, discounts and margins." }, [
  test("A line comes to its price less its discount", {
    given: {
      line: row("DealLine", { quantity: 3, unitPrice: "100", discount: "10" }),
    },
    as: service(),
    do: get("line"),
    expect: done({ total: "270" }),
  }),
  test("The price of a line is that of the product", {
    given: {
      deal: row("Deal"),
      chair: row("Product", { price: "49.90" }),
    },
    as: service(),
    do: create("DealLine", { deal: ref("deal"), product: ref("chair"), quantity: 2 }),
    expect: done({ unitPrice: "49.90", total: "99.80" }),
  }),
  test("More than a fifth off is for a manager to give", {
    given: {
      ada: row("TeamMember"),
      deal: row("Deal", { owner: ref("ada") }),
      chair: row("Product"),
    },
    as: user("ada", { roles: ["sales"] }),
    do: create("DealLine", { deal: ref("deal"), product: ref("chair"), discount: "20.01" }),
    expect: refused("forbidden"),
  }),
  test("A fifth off is still for sales to give", {
    given: {
      ada: row("TeamMember"),
      deal: row("Deal", { owner: ref("ada") }),
      chair: row("Product"),
    },
    as: user("ada", { roles: ["sales"] }),
    do: create("DealLine", { deal: ref("deal"), product: ref("chair"), discount: "20" }),
    expect: done({ discount: "20" }),
  }),
  test("What is not sold any more is not offered", {
    given: {
      deal: row("Deal"),
      chair: row("Product", { active: false }),
    },
    as: service(),
    do: create("DealLine", { deal: ref("deal"), product: ref("chair") }),
    expect: refused("invalid_input", { field: "product" }),
  }),
  test("The lines of a finished deal stay as they are", {
    given: {
      deal: row("Deal", { stage: "won" }),
      chair: row("Product"),
    },
    as: service(),
    do: create("DealLine", { deal: ref("deal"), product: ref("chair") }),
    expect: refused("invalid_input", { field: "deal" }),
  }),
  test("Support does not see what a line costs us", {
    given: {
      line: row("DealLine", { unitCost: "20" }),
    },
    as: key({ roles: ["support"] }),
    do: get("line"),
    expect: done({ unitCost: null }),
  }),
]);
