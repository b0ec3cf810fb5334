import { expect, test } from "vitest";
import { readModel } from "../../../model/read/readModel.ts";
import type { Model } from "../../../model/types.ts";
import { anonymousAsker, askersOf, signedInAsker } from "./Asker.ts";
import { allowing } from "./allowing.ts";
import { type Cell, cellOf } from "./cellOf.ts";
import { cellLabel, cellSentence } from "./cellWords.ts";

function modelWith(policies: string): Model {
  return readModel({
    "gantry.config.ts": `import { app } from "gantry";

export default app({ name: "Office", roles: ["sales", "admin"], users: "Person" });
`,
    "domain/person.ts": `import { resource, text } from "gantry";

export default resource("Person", { attributes: { name: text({ required: true }) } });
`,
    "domain/deal.ts": `import { allow, belongsTo, choice, forbid, resource, text } from "gantry";

export default resource("Deal", {
  attributes: { title: text(), stage: choice(["lead", "won"], { required: true, default: "lead" }) },
  relationships: { owner: belongsTo("Person") },
  policies: [${policies}],
});
`,
  }).draft;
}

function cell(model: Model, asker: string, action: string): Cell {
  const resource = model.resources.find(({ name }) => name === "Deal");
  const found = askersOf(model).find(({ id }) => id === asker || id === `role ${asker}`);
  if (!resource || !found) throw new Error("The model has no such deal or asker.");
  return cellOf(model, { asker: found, resource, action: { name: action, type: action } });
}

const verdicts = (model: Model, asker: string) =>
  ["read", "create", "update", "destroy"].map((action) => cell(model, asker, action).verdict);

test("without policies nobody may do anything", () => {
  const model = modelWith("");
  expect(verdicts(model, "sales")).toEqual(["no", "no", "no", "no"]);
  expect(cellSentence(cell(model, "sales", "read"))).toBe("A sales user may not read deals: no policy allows it.");
});

test("a role has what its policies allow, and others do not", () => {
  const model = modelWith(`allow("*", "'admin' in actor.roles"), allow(["read", "create"], "actor.role == 'sales'")`);
  expect(verdicts(model, "admin")).toEqual(["yes", "yes", "yes", "yes"]);
  expect(verdicts(model, "sales")).toEqual(["yes", "yes", "no", "no"]);
  expect(verdicts(model, "signedIn")).toEqual(["no", "no", "no", "no"]);
  expect(cellSentence(cell(model, "sales", "update"))).toBe(
    "A sales user may not update deals: no policy that allows it is for them.",
  );
  expect(cellSentence(cell(model, "admin", "read"))).toBe("An admin user may read all deals.");
  expect(cellLabel(cell(model, "admin", "read"))).toBe("admin, read: Yes");
});

test("what depends on the record is sometimes, and the condition is said without what is known", () => {
  const model = modelWith(
    `allow("*", "'sales' in actor.roles && owner == actor.id"), forbid("destroy", "stage == 'won'")`,
  );
  expect(verdicts(model, "sales")).toEqual(["sometimes", "sometimes", "sometimes", "sometimes"]);
  expect(cellSentence(cell(model, "sales", "read"))).toBe(
    "A sales user may read a deal only where the owner is the person asking.",
  );
  expect(cell(model, "sales", "destroy").condition).toBe("the owner is the person asking and the stage is not won");
  expect(cell(model, "sales", "destroy").reasons).toEqual([
    { index: 0, effect: "allow", says: "sometimes" },
    { index: 1, effect: "forbid", says: "sometimes" },
  ]);
});

test("who is signed in is told from who is not, by kind and by id", () => {
  for (const condition of ["actor.kind == 'user'", "actor.id != null", "actor.kind != 'anonymous'"]) {
    const model = modelWith(`allow("read", "${condition}")`);
    expect([cell(model, "signedIn", "read").verdict, cell(model, "anonymous", "read").verdict]).toEqual(["yes", "no"]);
  }
  const owners = modelWith(`allow("read", "owner == actor.id")`);
  expect([cell(owners, "signedIn", "read").verdict, cell(owners, "anonymous", "read").verdict]).toEqual([
    "sometimes",
    "no",
  ]);
});

test("nobody changes what they may not read", () => {
  const model = modelWith(`allow("update", "'sales' in actor.roles")`);
  const update = cell(model, "sales", "update");
  expect(update).toMatchObject({ verdict: "no", unreadable: true });
  expect(allowing(model, update)).toEqual({
    kind: "set",
    index: 0,
    item: { effect: "allow", actions: ["update", "read"], expression: "'sales' in actor.roles" },
  });
});

test("a forbidding policy wins, and one that cannot be understood allows nothing and forbids", () => {
  const forbidden = modelWith(`allow("*", "true"), forbid("read", "'sales' in actor.roles")`);
  expect(verdicts(forbidden, "sales")).toEqual(["no", "yes", "no", "no"]);
  expect(allowing(forbidden, cell(forbidden, "sales", "read"))).toBeNull();
  const broken = modelWith(`allow("create", "nonsense(1)"), allow("read", "true"), forbid("read", "oops ==")`);
  expect(cell(broken, "sales", "create")).toMatchObject({ verdict: "no", reasons: [{ says: "broken" }] });
  expect(cell(broken, "sales", "read").verdict).toBe("no");
});

test("a cell that says no can be allowed, for a role, for all who sign in and for everybody", () => {
  const model = modelWith("");
  const added = (asker: string, action: string) => allowing(model, cell(model, asker, action));
  expect(added("sales", "read")).toEqual({
    kind: "add",
    item: { effect: "allow", actions: ["read"], expression: "'sales' in actor.roles" },
  });
  expect(added("sales", "destroy")).toMatchObject({ item: { actions: ["read", "destroy"] } });
  expect(added(signedInAsker.id, "read")).toMatchObject({ item: { expression: "actor.kind == 'user'" } });
  expect(added(anonymousAsker.id, "read")).toMatchObject({ item: { expression: "true" } });
});
