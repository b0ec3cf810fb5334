import { expect, test } from "vitest";
import { applyCommand } from "../commands/applyCommand.ts";
import type { ModelCommand } from "../commands/ModelCommand.ts";
import { readModel } from "../read/readModel.ts";
import { dealSources } from "../testing/dealSources.ts";
import { mergeSources } from "./mergeSources.ts";

function merged(mine: readonly ModelCommand[], theirs: readonly ModelCommand[]) {
  const side = (commands: readonly ModelCommand[]) => commands.reduce(applyCommand, dealSources);
  const { sources, conflicts } = mergeSources({ base: dealSources, mine: side(mine), theirs: side(theirs) });
  const { problems } = readModel(sources);
  return { text: sources["domain/deal.ts"] ?? "", conflicts: conflicts.map(({ sentence }) => sentence), problems };
}

const policy = (expression: string) => ({ effect: "allow", actions: ["read"], expression }) as const;

test("what both sides add to one section is all there", () => {
  const { text, conflicts, problems } = merged(
    [
      { type: "changePolicies", resource: "Deal", change: { kind: "add", item: policy("probability > 50") } },
      { type: "setAction", resource: "Deal", action: { name: "pause", type: "update", accept: [] } },
    ],
    [
      { type: "changePolicies", resource: "Deal", change: { kind: "add", item: policy("notes != null"), at: 0 } },
      { type: "setFeatures", resource: "Deal", features: { history: undefined } },
    ],
  );
  expect({ conflicts, problems }).toEqual({ conflicts: [], problems: [] });
  expect(text).toContain(`allow("read", "probability > 50")`);
  expect(text).toContain(`allow("read", "notes != null")`);
  expect(text).toContain("pause: update({ accept: [] })");
  expect(text).not.toContain("history");
});

test("a rename on one side is followed in what the other side wrote", () => {
  const { text, conflicts, problems } = merged(
    [{ type: "renameAttribute", resource: "Deal", attribute: "amount", to: "value" }],
    [
      { type: "changePolicies", resource: "Deal", change: { kind: "add", item: policy("amount > 100") } },
      { type: "renameChoice", resource: "Deal", attribute: "stage", option: "won", to: "closed" },
    ],
  );
  expect({ conflicts, problems }).toEqual({ conflicts: [], problems: [] });
  expect(text).toContain(`allow("read", "value > 100")`);
  expect(text).toContain(`forbid("destroy", "stage == 'closed'")`);
});

test("one expression that both sides changed is a conflict, and mine is taken", () => {
  const path = ["Deal", "calculations", "weighted", "expression"];
  const { text, conflicts } = merged(
    [{ type: "setExpression", path, to: "amount * 2" }],
    [{ type: "setExpression", path, to: "amount * 3" }],
  );
  expect(conflicts).toEqual([
    'Deal.weighted: you set expression to "amount * 2", they set it to "amount * 3"; yours is taken',
  ]);
  expect(text).toContain(`weighted: decimal("amount * 2"`);
});

test("what speaks of something that the other side removed is told", () => {
  const { conflicts } = merged(
    [{ type: "changePolicies", resource: "Deal", change: { kind: "add", item: policy("notes != null") } }],
    [{ type: "removeAttribute", resource: "Person", attribute: "team" }],
  );
  expect(conflicts).toEqual([]);
  const gone = merged(
    [{ type: "changePolicies", resource: "Deal", change: { kind: "add", item: policy("owner.team != null") } }],
    [{ type: "removeAttribute", resource: "Person", attribute: "team" }],
  );
  expect(gone.conflicts[0]).toContain("There is no attribute `team` on Person");
});
