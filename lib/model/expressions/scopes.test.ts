import { expect, test } from "vitest";
import { readModel } from "../read/readModel.ts";
import { dealSources } from "../testing/dealSources.ts";
import { scopeOf } from "./scopeOf.ts";

const { draft } = readModel(dealSources);

test("a record shows its fields, its references, what it works out and what it leads to", () => {
  const members = scopeOf(draft, "Deal").resources.of("Deal")?.members;
  expect(members?.get("id")).toEqual({ kind: "field", type: { kind: "uuid" } });
  expect(members?.get("probability")).toEqual({ kind: "field", type: { kind: "integer", bits: 32 } });
  expect(members?.get("owner")).toEqual({ kind: "toOne", resource: "Person", reference: "ownerId" });
  expect(members?.get("ownerId")).toEqual({ kind: "field", type: { kind: "uuid" } });
  expect(members?.get("activities")).toEqual({ kind: "toMany", resource: "Activity" });
  expect(members?.get("createdAt")).toEqual({ kind: "field", type: { kind: "timestamp" } });
  expect(members?.get("weighted")).toEqual({ kind: "field", type: { kind: "decimal" } });
  expect(members?.get("activityCount")).toEqual({ kind: "field", type: { kind: "integer" } });
  expect(members?.get("lastActivity")).toEqual({ kind: "field", type: { kind: "timestamp" } });
  expect(members?.get("latest")).toEqual({ kind: "field", type: { kind: "text" } });
  expect(scopeOf(draft, "Deal").resources.of("Nothing")).toBeNull();
});

test("the actor has the key and the attributes of the app's users", () => {
  const actor = scopeOf(draft, null).context.get("actor");
  expect(actor?.kind === "object" && actor.members.map(({ name, type }) => [name, type.kind])).toEqual([
    ["id", "uuid"],
    ["kind", "choice"],
    ["role", "choice"],
    ["roles", "list"],
    ["tenant", "text"],
    ["name", "text"],
    ["team", "text"],
  ]);
});

test("the arguments of an action are in sight where they are given", () => {
  const win = draft.resources.find(({ name }) => name === "Deal")?.definedActions?.[1];
  const context = scopeOf(draft, "Deal", { arguments: win?.arguments ?? [], previous: true }).context;
  expect(context.get("arguments")).toEqual({
    kind: "object",
    name: "arguments",
    members: [{ name: "reason", type: { kind: "text" } }],
  });
  expect(context.get("previous")).toMatchObject({ kind: "object" });
  expect(scopeOf(draft, "Deal").context.has("previous")).toBe(false);
});

test("an aggregate that depends on itself has no type and ends", () => {
  const company = (text: string) => ({
    ...dealSources,
    "domain/company.ts": (dealSources["domain/company.ts"] ?? "").replace('count("deals")', text),
  });
  const around = readModel(company('sum("deals.company.dealCount")')).draft;
  expect(scopeOf(around, "Company").resources.of("Company")?.members.get("dealCount")).toEqual({
    kind: "field",
    type: { kind: "null" },
  });
});
