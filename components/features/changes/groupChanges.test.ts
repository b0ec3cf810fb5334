import { expect, test } from "vitest";
import { groupChanges } from "./groupChanges.ts";

const told = (about: string | null, sentence: string, isAccess = false) => ({ about, sentence, isAccess });

test("what changes who may do what comes first, the rest by its resource", () => {
  const changes = [
    told("Customer", "Customer has a new text, motto"),
    told("Order", "Order.orderedOn is now called placedOn"),
    told("Order", "Everyone may now read an order if its stage is shipped", true),
    told("Customer", "Customer.name is removed"),
    told(null, "There is a new role, sales", true),
  ];
  expect(groupChanges(changes)).toEqual({
    access: [
      { about: "Order", sentences: ["Everyone may now read an order if its stage is shipped"] },
      { about: null, sentences: ["There is a new role, sales"] },
    ],
    others: [
      { about: "Customer", sentences: ["Customer has a new text, motto", "Customer.name is removed"] },
      { about: "Order", sentences: ["Order.orderedOn is now called placedOn"] },
    ],
  });
});

test("the same said twice is said once", () => {
  const change = told("Order", "Nobody may read orders", true);
  expect(groupChanges([change, change]).access).toEqual([{ about: "Order", sentences: [change.sentence] }]);
});
