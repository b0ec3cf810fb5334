import { create, destroy, done, get, key, read, ref, refused, row, rows, service, test, tests } from "gantry";

export default tests({ describe: "What lies where is what its movements leave there." }, [
  test("Stock is the sum of its movements", {
    given: {
      item: row("StockItem"),
      came: row("StockMovement", { stockItem: ref("item"), kind: "received", quantity: "10", unitCost: "2" }),
      went: row("StockMovement", { stockItem: ref("item"), kind: "shipped", quantity: "-4", unitCost: "2" }),
    },
    as: service(),
    do: get("item"),
    expect: done({ onHand: "6", value: "12" }),
  }),
  test("No more leaves than is there", {
    given: {
      item: row("StockItem"),
      came: row("StockMovement", { stockItem: ref("item"), kind: "received", quantity: "10" }),
    },
    as: key({ roles: ["clerk"] }),
    do: create("StockMovement", "ship", { stockItem: ref("item"), quantity: "10.001" }),
    expect: refused("invalid_input", { field: "quantity" }),
  }),
  test("All that is there may leave", {
    given: {
      item: row("StockItem"),
      came: row("StockMovement", { stockItem: ref("item"), kind: "received", quantity: "10" }),
    },
    as: key({ roles: ["clerk"] }),
    do: create("StockMovement", "ship", { stockItem: ref("item"), quantity: "10" }),
    expect: done({ quantity: "-10", kind: "shipped" }),
  }),
  test("Nothing is put where a location is blocked", {
    given: {
      closed: row("Location", { blocked: true }),
      item: row("StockItem", { location: ref("closed") }),
    },
    as: key({ roles: ["clerk"] }),
    do: create("StockMovement", "receive", { stockItem: ref("item"), quantity: "1" }),
    expect: refused("invalid_input", { field: "stockItem" }),
  }),
  test("Only managers reverse movements", {
    given: {
      item: row("StockItem"),
      came: row("StockMovement", { stockItem: ref("item"), kind: "received", quantity: "10" }),
    },
    as: key({ roles: ["clerk"] }),
    do: create("StockMovement", { stockItem: ref("item"), kind: "reversed", quantity: "-10", reverses: ref("came") }),
    expect: refused("forbidden"),
  }),
  test("What has moved once is kept", {
    given: {
      item: row("StockItem"),
      came: row("StockMovement", { stockItem: ref("item"), quantity: "1" }),
    },
    as: key({ roles: ["manager"] }),
    do: destroy("item"),
    expect: refused("forbidden"),
  }),
  test("Empty places are found", {
    given: {
      full: row("StockItem"),
      empty: row("StockItem"),
      came: row("StockMovement", { stockItem: ref("full"), kind: "received", quantity: "1" }),
    },
    as: key({ roles: ["reader"] }),
    do: read("StockItem", { action: "empty" }),
    expect: rows(["empty"]),
  }),
]);
