import { describe, expect, test } from "vitest";
import { describeChange } from "../diff/describeChange.ts";
import { diffModels } from "../diff/diffModels.ts";
import { readModel } from "../read/readModel.ts";
import type { Sources } from "../sources.ts";
import { marked } from "../testing/markedSources.ts";
import { applyCommand } from "./applyCommand.ts";
import type { ModelCommand } from "./ModelCommand.ts";

const { sources } = marked({
  "domain/order.ts": `resource("Order", { attributes: {
    shipTo: embed("Address", { default: { city: "Berlin", kind: "home" } }), // kept
    tags: list(choice(["new", "old"]), { default: ["new"] }),
  } })`,
  "domain/address.ts": `valueObject("Address", { attributes: { city: text(), kind: choice(["home", "work"]), at: embed("Spot") } })`,
  "domain/spot.ts": `valueObject("Spot", { attributes: { east: decimal() } })`,
  "domain/deal.ts": `resource("Deal", { relationships: { contacts: manyToMany("Contact", { through: "Link" }) } })`,
  "domain/contact.ts": `resource("Contact", { relationships: { deals: manyToMany("Deal", { through: "Link" }) } })`,
  "domain/link.ts": `resource("Link", { relationships: { deal: belongsTo("Deal"), contact: belongsTo("Contact") } })`,
});

/** The sources after a command that leaves them sound, and the change in words. */
function apply(command: ModelCommand, from: Sources = sources) {
  const after = applyCommand(from, command);
  const { draft, problems } = readModel(after);
  const sentences = diffModels(readModel(from).draft, draft).map(describeChange);
  return { after, draft, problems: problems.map(({ message }) => message), sentences };
}

const order = (from: Sources) => from["domain/order.ts"] ?? "";

describe("value objects", () => {
  test("a rename is followed wherever they are held, renames the file and is one change", () => {
    const { after, problems, sentences } = apply({ type: "renameValueObject", valueObject: "Address", to: "Place" });
    expect(problems).toEqual([]);
    expect(after["domain/address.ts"]).toBeUndefined();
    expect(after["domain/place.ts"]).toContain('valueObject("Place"');
    expect(order(after)).toContain('shipTo: embed("Place", { default: { city: "Berlin", kind: "home" } }), // kept');
    expect(sentences).toEqual(["The value object Address is now called Place"]);
  });

  test("a renamed part is renamed in the values that are written, and said to be another", () => {
    const { after, problems, sentences } = apply({
      type: "renameAttribute",
      resource: "Address",
      attribute: "city",
      to: "town",
    });
    expect(problems).toEqual([]);
    expect(order(after)).toContain('{ town: "Berlin", kind: "home" }');
    expect(sentences).toContain("Address.city is removed; its values stay in the database");
  });

  test("a part that goes is gone from the values that are written", () => {
    const { after, problems } = apply({ type: "removeAttribute", resource: "Address", attribute: "city" });
    expect(problems).toEqual([]);
    expect(order(after)).toContain('{ default: { kind: "home" } }');
  });

  test("a renamed option of a part is renamed in the values that are written", () => {
    const command = {
      type: "renameChoice",
      resource: "Address",
      attribute: "kind",
      option: "home",
      to: "house",
    } as const;
    const { after, problems } = apply(command);
    expect(problems).toEqual([]);
    expect(order(after)).toContain('kind: "house"');
  });

  test("one that goes takes along what holds it", () => {
    const { draft, problems, sentences } = apply({ type: "removeValueObject", valueObject: "Address" });
    expect(problems).toEqual([]);
    expect(draft.valueObjects?.map(({ name }) => name)).toEqual(["Spot"]);
    expect(sentences).toEqual([
      "The value object Address is removed",
      "Order.shipTo is removed; its values stay in the database",
    ]);
  });

  test("no resource and no value object takes the name of another", () => {
    for (const command of [
      { type: "addResource", name: "Address" },
      { type: "addValueObject", name: "Order" },
      { type: "renameValueObject", valueObject: "Spot", to: "Address" },
    ] as const) {
      expect(() => applyCommand(sources, command)).toThrow(/already/);
    }
  });
});

test("an option of a list is renamed in its default, and keeps what is stored", () => {
  const command = { type: "renameChoice", resource: "Order", attribute: "tags", option: "new", to: "fresh" } as const;
  const { after, problems, sentences } = apply(command);
  expect(problems).toEqual([]);
  expect(order(after)).toContain('tags: list(choice({ fresh: "new", old: "old" }), { default: ["fresh"] })');
  expect(sentences).toEqual(["The option new of Order.tags is now called fresh"]);
});

test.each([
  [{ kind: "list", of: { kind: "decimal", precision: 5 } }, "list(decimal({ precision: 5 }))"],
  [{ kind: "money", currency: "EUR" }, 'money({ currency: "EUR" })'],
  [{ kind: "sequence", pattern: "{00}", gapless: true }, 'sequence("{00}", { gapless: true })'],
  [{ kind: "vector", dimensions: 3 }, "vector(3)"],
  [{ kind: "embed", valueObject: "Spot", many: true }, 'embed("Spot", { many: true })'],
  [{ kind: "encrypted" }, "encrypted()"],
] as const)("an attribute of another type says %o", (type, code) => {
  const { after, problems } = apply({ type: "setAttribute", resource: "Order", attribute: "tags", options: { type } });
  expect(problems).toEqual([]);
  expect(order(after)).toContain(`tags: ${code},`);
});

describe("links that are records", () => {
  test("follow the names of their resource and of its ends", () => {
    const renamed = apply({ type: "renameResource", resource: "Link", to: "DealContact" });
    expect(renamed.problems).toEqual([]);
    expect(renamed.after["domain/deal.ts"]).toContain('manyToMany("Contact", { through: "DealContact" })');
    expect(renamed.sentences).toEqual(["Link is now called DealContact"]);
    const end = apply({ type: "renameRelationship", resource: "Link", relationship: "deal", to: "sale" });
    expect(end.problems).toEqual([]);
    expect(end.sentences).toEqual(["Link.deal is now called sale"]);
  });

  test("go with an end of theirs, on both sides", () => {
    const { draft, problems } = apply({ type: "removeRelationship", resource: "Link", relationship: "deal" });
    expect(problems).toEqual([]);
    expect(draft.resources.flatMap(({ relationships }) => relationships.map(({ name }) => name))).toEqual(["contact"]);
  });

  test("are added on both sides at once", () => {
    const bare = applyCommand(sources, { type: "removeRelationship", resource: "Deal", relationship: "contacts" });
    const none = applyCommand(bare, { type: "removeRelationship", resource: "Contact", relationship: "deals" });
    const common = { resource: "Deal", name: "people", target: "Contact", inverse: "sales" } as const;
    const { draft, problems, sentences } = apply({ type: "addManyToMany", ...common, through: "Link" }, none);
    expect(problems).toEqual([]);
    expect(
      draft.resources.flatMap((resource) => resource.relationships).filter(({ kind }) => kind === "manyToMany"),
    ).toMatchObject([
      { name: "sales", inverse: "people", table: "links", sourceColumn: "contact_id" },
      { name: "people", inverse: "sales", table: "links", sourceColumn: "deal_id" },
    ]);
    expect(sentences).toContain("Deal now has many Contact as people, and they have many of it, through Link");
  });
});

test("one to one makes the other side a hasOne, and many again a hasMany", () => {
  const added = apply({
    type: "addBelongsTo",
    resource: "Link",
    name: "owner",
    target: "Order",
    unique: true,
    inverse: "link",
  });
  expect(added.problems).toEqual([]);
  expect(order(added.after)).toContain('link: hasOne("Link", { via: "owner" })');
  const command = { type: "setRelationship", resource: "Link", relationship: "owner", unique: false } as const;
  const many = apply(command, added.after);
  expect(many.problems).toEqual([]);
  expect(order(many.after)).toContain('link: hasMany("Link", { via: "owner" })');
});
