import { expect, test } from "vitest";
import { applyCommand } from "#lib/model/commands/applyCommand.ts";
import type { ModelCommand } from "#lib/model/commands/ModelCommand.ts";
import type { Sources } from "#lib/model/sources.ts";
import { dealSources } from "#lib/model/testing/dealSources.ts";
import { tellChanges } from "./service.ts";

test("a change is told with what it is about, and whether it says who may do what", () => {
  const before = dealSources;
  const commands: readonly ModelCommand[] = [
    { type: "renameAttribute", resource: "Deal", attribute: "title", to: "subject" },
    {
      type: "changePolicies",
      resource: "Deal",
      change: { kind: "add", item: { effect: "allow", actions: ["read"], expression: "true" } },
    },
    { type: "setApp", name: "Deals and more" },
  ];
  const told = tellChanges(before, commands.reduce<Sources>(applyCommand, before));
  expect(told).toContainEqual({ about: null, isAccess: false, sentence: "The app is now called Deals and more" });
  expect(told).toContainEqual({ about: "Deal", isAccess: false, sentence: "Deal.title is now called subject" });
  expect(told).toContainEqual({ about: "Deal", isAccess: true, sentence: "Everyone may now read deals" });
});
