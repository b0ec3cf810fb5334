import { expect, test } from "vitest";
import { checkExpression } from "../../expression/check/checkExpression.ts";
import type { ExpressionScope } from "../../expression/ExpressionScope.ts";
import { readModel } from "../read/readModel.ts";
import { processSources } from "../testing/processSources.ts";
import type { Model } from "../types.ts";
import { checkedProcessExpression, expressionsOfProcess } from "./expressionsOfProcess.ts";
import { outputScope, startScope, stepScope } from "./scopes.ts";
import { stepResultType } from "./stepResultType.ts";
import { allSteps, stepNamed } from "./stepsWithin.ts";

const { draft, problems } = readModel(processSources);

function closeDeal(model: Model = draft) {
  const found = model.processes?.find(({ name }) => name === "closeDeal");
  if (!found) throw new Error("It is among the sources.");
  return found;
}

const process = closeDeal();
const says = (text: string, scope: ExpressionScope) =>
  checkExpression(text, scope).problems.map(({ message }) => message);
const namesIn = (scope: ExpressionScope) => {
  const steps = scope.context.get("steps");
  return steps?.kind === "object" ? steps.members.map(({ name }) => name) : [];
};

test("every expression of the example is typed without a problem", () => {
  expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  const found = expressionsOfProcess(draft, process).map((placed) => ({
    slot: `${placed.step ?? ""}#${placed.slot}`,
    problems: checkedProcessExpression(placed).problems,
  }));
  expect(found.filter((one) => one.problems.length > 0)).toEqual([]);
  expect(found.map(({ slot }) => slot)).toMatchSnapshot();
});

test("a step sees the results before it, and none of those after it or beside it", () => {
  expect(namesIn(stepScope(draft, process, "total"))).toEqual(["deal", "owner", "tax"]);
  expect(namesIn(stepScope(draft, process, "opinion"))).not.toContain("thanks");
  expect(namesIn(stepScope(draft, process, "other"))).toContain("opinion");
});

test("what stands in branches and rounds is seen afterwards, what stands in a loop over items is not", () => {
  const after = namesIn(stepScope(draft, process, "paid"));
  expect(after).toContain("page");
  expect(after).toContain("small");
  expect(after).not.toContain("touched");
  expect(namesIn(outputScope(draft, process))).toContain("paid");
});

test("the condition of a repetition and its steps see the round before", () => {
  expect(namesIn(stepScope(draft, process, "pages"))).not.toContain("page");
  expect(namesIn(stepScope(draft, process, "pages", "while"))).toContain("page");
  expect(namesIn(stepScope(draft, process, "page"))).toContain("page");
});

test("what undoes a step sees its result; steps for its error see the error", () => {
  expect(namesIn(stepScope(draft, process, "undo"))).toContain("invoice");
  expect(stepScope(draft, process, "undo").context.has("error")).toBe(false);
  expect(says("error.message", stepScope(draft, process, "sorry"))).toEqual([]);
  expect(namesIn(stepScope(draft, process, "sorry"))).not.toContain("invoice");
});

test("an item of a loop has the fields of what it is an item of", () => {
  const scope = stepScope(draft, process, "touched");
  expect(says("row.amount > 1 && row.stage == 'lead'", scope)).toEqual([]);
  expect(says("row.amunt > 1", scope)).toEqual(["There is no `amunt` in `row`; did you mean `amount`?"]);
  expect(says("row.stage == 'led'", scope)[0]).toContain("lead");
});

test("a change shows the record, what it was before and who did it; a wait for one also what its steps see", () => {
  const [start] = process.starts ?? [];
  if (!start) throw new Error("It has starts.");
  const scope = startScope(draft, process, start);
  expect(
    says("stage == 'won' && previous.stage != 'won' && actor.role == 'manager' && record.ownerId != null", scope),
  ).toEqual([]);
  expect(says("owner.email == ''", scope)).toEqual(["There is no `owner` here."]);
  expect(says("stage == won", scope)).toEqual(["Write the option between quotes: `'won'`."]);
  expect(says("paid && amount == steps.total.gross", stepScope(draft, process, "paid", "match"))).toEqual([]);
});

test("what is sensitive or encrypted is not in sight", () => {
  const person = stepResultType(draft, { kind: "find", name: "x", resource: "Person", key: "''" });
  expect(person.kind === "object" && person.members.map(({ name }) => name)).toEqual(["id", "email", "name"]);
});

test("an item of a list of records can be taken by its place", () => {
  const scope = outputScope(draft, process);
  expect(says("steps.rest[0].amount + 1", scope)).toEqual([]);
  expect(says("steps.rest[0].nothing", scope)[0]).toContain("nothing");
  expect(says("size(steps.rest.filter(row, row.amount > 10)) > 0", scope)).toEqual([]);
});

test("each step of whatever depth is found by its name", () => {
  expect(allSteps(process).map(({ name }) => name)).toContain("undo");
  expect(stepNamed(process, "big")?.kind).toBe("emit");
  expect(stepNamed(process, "nothing")).toBe(null);
});
