import { expect, test } from "vitest";
import type { Process } from "../processTypes.ts";
import { processSources as sources } from "../testing/processSources.ts";
import { readModel } from "./readModel.ts";

test("processes, functions, connections, sign-in and events are read as they are written", () => {
  const { model, problems } = readModel(sources);
  expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(model?.app).toMatchSnapshot();
  expect(model?.processes).toMatchSnapshot();
  expect(model?.functions).toMatchSnapshot();
  expect(model?.resources.find(({ name }) => name === "Deal")?.features).toEqual({ changeFeed: true, events: true });
});

const step = (text: string) =>
  readModel({
    ...sources,
    "processes/remind.ts": `import { act, branch, find, mail, process, transform, uuid, when } from "gantry";
export default process("remind", { input: { deal: uuid() }, steps: { ${text} } });`,
  });

test("a step that is written twice at any depth is told where it stands the second time", () => {
  const { problems, draft } = step(
    `a: find("Deal", "input.deal"), b: branch([when("true", { a: find("Deal", "input.deal") })])`,
  );
  expect(problems.map(({ code, range }) => [code, range.start.line])).toEqual([["duplicate_name", 2]]);
  expect(problems[0]?.path).toEqual(["processes", "remind", "steps", "a"]);
  const remindDraft = draft.processes?.find(({ name }) => name === "remind") as Process;
  expect(remindDraft.steps.map(({ name }) => name)).toEqual(["a", "b"]);
});

test("what a step cannot go without is asked for", () => {
  expect(step(`a: mail({ to: "'a@example.com'" })`).problems.map(({ message }) => message)).toEqual([
    expect.stringContaining("Write `subject` too"),
    expect.stringContaining("Write `text` too"),
  ]);
  expect(step(`a: find("Deal")`).problems[0]?.message).toContain('find("Deal", "input.deal")');
  expect(step(`a: act("Deal")`).problems[0]?.message).toContain("act(");
  expect(step(`a: transform()`).problems[0]?.message).toContain("transform(");
  expect(step(`a: fnd("Deal", "input.deal")`).problems[0]?.message).toContain("Did you mean `find`?");
});

test("a file with an error still gives the name that others speak of", () => {
  const { draft, problems } = readModel({
    ...sources,
    "processes/remind.ts": `export default process("remind", { steps: {`,
  });
  expect(problems.every(({ file }) => file === "processes/remind.ts")).toBe(true);
  expect(draft.processes?.map(({ name }) => name)).toEqual(["closeDeal", "remind"]);
});

test("a function keeps its text, whatever stands in it", () => {
  const { model } = readModel(sources);
  expect(model?.functions?.[0]?.source).toMatch(/^\(\{ amount \}: .*\n\s+\/\/ Exact[\s\S]*\}$/);
});
