import { create, destroy, done, get, key, ref, refused, row, service, test, tests, update } from "gantry";

export default tests({ describe: "Who orders what, and up to where." }, [
  test("A buyer sends orders of up to 5000", {
    given: {
      order: row("PurchaseOrder"),
      line: row("PurchaseOrderLine", { order: ref("order"), quantity: "100", unitCost: "50" }),
    },
    as: key({ roles: ["buyer"] }),
    do: update("order", "send"),
    expect: done({ status: "sent", total: "5000" }),
  }),
  test("Orders of more than 5000 are sent by managers only", {
    given: {
      order: row("PurchaseOrder"),
      line: row("PurchaseOrderLine", { order: ref("order"), quantity: "100", unitCost: "50.01" }),
    },
    as: key({ roles: ["buyer"] }),
    do: update("order", "send"),
    expect: refused("forbidden"),
  }),
  test("An order without lines is not sent", {
    given: {
      order: row("PurchaseOrder"),
    },
    as: key({ roles: ["buyer"] }),
    do: update("order", "send"),
    expect: refused("conflict"),
  }),
  test("An order is complete once everything has arrived", {
    given: {
      order: row("PurchaseOrder", { status: "sent" }),
      line: row("PurchaseOrderLine", { order: ref("order"), quantity: "10" }),
      some: row("StockMovement", { orderLine: ref("line"), kind: "received", quantity: "9" }),
    },
    as: key({ roles: ["clerk"] }),
    do: update("order", "complete"),
    expect: refused("conflict"),
  }),
  test("What was sent once is kept", {
    given: {
      order: row("PurchaseOrder", { status: "cancelled" }),
    },
    as: key({ roles: ["manager"] }),
    do: destroy("order"),
    expect: refused("forbidden"),
  }),
  test("The lines of a sent order stay as they are", {
    given: {
      order: row("PurchaseOrder", { status: "sent" }),
      screw: row("Product"),
    },
    as: service(),
    do: create("PurchaseOrderLine", { order: ref("order"), product: ref("screw"), quantity: 1 }),
    expect: refused("invalid_input", { field: "order" }),
  }),
  test("A clerk does not see what an order costs", {
    given: {
      order: row("PurchaseOrder"),
    },
    as: key({ roles: ["clerk"] }),
    do: get("order"),
    expect: done({ total: null }),
  }),
]);
