import { expect, test } from "vitest";
import { applyCommand } from "../commands/applyCommand.ts";
import type { ModelCommand } from "../commands/ModelCommand.ts";
import { readModel } from "../read/readModel.ts";
import type { Sources } from "../sources.ts";

const tests = `import { create, destroy, done, key, read, ref, refused, row, rows, service, test, tests, update, user } from 'gantry';

// What sales rely on.
export default tests([
  test('A won deal stays', {
    given: {
      ada: row('Person', { email: 'ada@example.com' }), // the seller
      deal: row('Deal', { title: 'Big', owner: ref('ada'), stage: 'won', place: { city: 'Rome' } }),
    },
    as: user('ada', { roles: ['rep'] }),
    do: destroy('deal'),
    expect: refused('forbidden'),
  }),
  test('A deal is lost for a reason', {
    given: { deal: row('Deal', { stage: 'lead' }) }, as: key({ roles: ['rep'] }),
    do: update('deal', 'lose', { reason: 'Price' }),
    expect: done({ stage: 'lost', title: 'Big', twice: '2' }),
  }),
  test('Only leads are listed', { as: service(), do: read('Deal', { where: "stage == 'lead' && owner.email != null" }), expect: rows([]) }),
  test('A deal has a title', {
    as: service(),
    do: create('Deal', { owner: { email: 'b@c.io' } }),
    expect: refused('invalid_input', { field: 'title' }),
  }),
]);
`;

const sources: Sources = {
  "gantry.config.ts": `import { app } from "gantry";

export default app({ name: "A", roles: ["rep"], users: "Person" });
`,
  "domain/person.ts": `import { email, resource } from "gantry";

export default resource("Person", { attributes: { email: email() } });
`,
  "domain/place.ts": `import { text, valueObject } from "gantry";

export default valueObject("Place", { attributes: { city: text() } });
`,
  "domain/deal.ts": `import { belongsTo, choice, embed, integer, resource, text, update } from "gantry";

export default resource("Deal", {
  attributes: {
    title: text({ required: true }),
    stage: choice(["lead", "won", "lost"], { default: "lead" }),
    place: embed("Place"),
  },
  relationships: { owner: belongsTo("Person") },
  calculations: { twice: integer("2") },
  actions: { read: {}, create: {}, update: {}, destroy: {}, lose: update({ arguments: { reason: text() } }) },
});
`,
  "tests/deals.ts": tests,
};

/** The lines of the tests that a command changes: gone, and in their place. */
function changes(command: ModelCommand): { readonly gone: readonly string[]; readonly added: readonly string[] } {
  const after = applyCommand(sources, command);
  expect(readModel(after).problems).toEqual([]);
  const [was, is] = [tests, after["tests/deals.ts"] ?? ""].map((text) => text.split("\n").map((line) => line.trim()));
  return {
    gone: was?.filter((line) => !is?.includes(line)) ?? [],
    added: is?.filter((line) => !was?.includes(line)) ?? [],
  };
}

test("what is called otherwise is called so in tests too, and nothing else is touched", () => {
  expect(readModel(sources).problems).toEqual([]);
  const field = { resource: "Deal", attribute: "title", to: "name" } as const;
  expect(changes({ type: "renameAttribute", ...field }).added).toEqual([
    "deal: row('Deal', { name: 'Big', owner: ref('ada'), stage: 'won', place: { city: 'Rome' } }),",
    "expect: done({ stage: 'lost', name: 'Big', twice: '2' }),",
    "expect: refused('invalid_input', { field: 'name' }),",
  ]);
  expect(changes({ type: "renameRelationship", resource: "Deal", relationship: "owner", to: "seller" }).added).toEqual([
    "deal: row('Deal', { title: 'Big', seller: ref('ada'), stage: 'won', place: { city: 'Rome' } }),",
    `test('Only leads are listed', { as: service(), do: read('Deal', { where: "stage == 'lead' && seller.email != null" }), expect: rows([]) }),`,
    "do: create('Deal', { seller: { email: 'b@c.io' } }),",
  ]);
  const choice = { type: "renameChoice", resource: "Deal", attribute: "stage", option: "lead", to: "open" } as const;
  expect(changes(choice).added).toEqual([
    "given: { deal: row('Deal', { stage: 'open' }) }, as: key({ roles: ['rep'] }),",
    `test('Only leads are listed', { as: service(), do: read('Deal', { where: "stage == 'open' && owner.email != null" }), expect: rows([]) }),`,
  ]);
  expect(changes({ type: "renameResource", resource: "Person", to: "Employee" }).added).toEqual([
    "ada: row('Employee', { email: 'ada@example.com' }), // the seller",
  ]);
  expect(changes({ type: "renameAttribute", resource: "Person", attribute: "email", to: "mail" }).added).toEqual([
    "ada: row('Person', { mail: 'ada@example.com' }), // the seller",
    `test('Only leads are listed', { as: service(), do: read('Deal', { where: "stage == 'lead' && owner.mail != null" }), expect: rows([]) }),`,
    "do: create('Deal', { owner: { mail: 'b@c.io' } }),",
  ]);
  expect(changes({ type: "renameAction", resource: "Deal", action: "lose", to: "drop" }).added).toEqual([
    "do: update('deal', 'drop', { reason: 'Price' }),",
  ]);
  const argument = { type: "renameArgument", resource: "Deal", action: "lose", argument: "reason", to: "why" } as const;
  expect(changes(argument).added).toEqual(["do: update('deal', 'lose', { why: 'Price' }),"]);
  expect(changes({ type: "renameCalculation", resource: "Deal", calculation: "twice", to: "two" }).added).toEqual([
    "expect: done({ stage: 'lost', title: 'Big', two: '2' }),",
  ]);
  expect(changes({ type: "renameRole", role: "rep", to: "seller" }).added).toEqual([
    "as: user('ada', { roles: ['seller'] }),",
    "given: { deal: row('Deal', { stage: 'lead' }) }, as: key({ roles: ['seller'] }),",
  ]);
  expect(changes({ type: "renameAttribute", resource: "Place", attribute: "city", to: "town" }).added).toEqual([
    "deal: row('Deal', { title: 'Big', owner: ref('ada'), stage: 'won', place: { town: 'Rome' } }),",
  ]);
});

test("values of what goes are left out, and tests about it go with it", () => {
  expect(changes({ type: "removeAttribute", resource: "Deal", attribute: "place" }).added).toEqual([
    "deal: row('Deal', { title: 'Big', owner: ref('ada'), stage: 'won' }),",
  ]);
  const action = changes({ type: "removeAction", resource: "Deal", action: "lose" });
  expect(action.added).toEqual([
    "import { create, destroy, read, ref, refused, row, rows, service, test, tests, user } from 'gantry';",
  ]);
  expect(action.gone).toContain("test('A deal is lost for a reason', {");
  const people = applyCommand(sources, { type: "removeResource", resource: "Person" })["tests/deals.ts"] ?? "";
  expect([...people.matchAll(/test\('([^']*)'/g)].map(([, name]) => name)).toEqual([
    "A deal is lost for a reason",
    "A deal has a title",
  ]);
  expect(people).toContain("do: create('Deal'),");
});

test("a file of tests with errors is left as it is", () => {
  const broken = { ...sources, "tests/deals.ts": `${tests}\nconst more = 1;\n` };
  const after = applyCommand(broken, { type: "renameAttribute", resource: "Deal", attribute: "title", to: "name" });
  expect(after["tests/deals.ts"]).toBe(broken["tests/deals.ts"]);
});
