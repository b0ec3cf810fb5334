import { expect, test } from "vitest";
import { sampleModel } from "../testing/sampleModel.ts";
import { reuseModel } from "./reuseModel.ts";

test("an equal model is the same object", () => {
  const before = sampleModel();
  expect(reuseModel(before, sampleModel())).toBe(before);
});

test("only the resource that changed is new", () => {
  const before = sampleModel();
  const after = sampleModel();
  const changed = after.resources.map((resource) =>
    resource.name === "Order" ? { ...resource, describe: "Changed." } : resource,
  );
  const reused = reuseModel(before, { ...after, resources: changed });
  expect(reused).not.toBe(before);
  for (const [index, resource] of reused.resources.entries()) {
    expect(resource === before.resources[index]).toBe(resource.name !== "Order");
  }
});

test("a resource that is gone is not kept", () => {
  const before = sampleModel();
  const reused = reuseModel(before, { ...before, resources: before.resources.slice(1) });
  expect(reused.resources).toHaveLength(before.resources.length - 1);
});

test("value objects come along, and stay the same objects while they do not change", () => {
  const valueObjects = [{ name: "Address", attributes: [] }];
  const before = reuseModel(sampleModel(), { ...sampleModel(), valueObjects });
  expect(before.valueObjects).toEqual(valueObjects);
  expect(reuseModel(before, structuredClone(before))).toBe(before);
  expect(reuseModel(before, sampleModel()).valueObjects).toBeUndefined();
});

test("processes and functions come along likewise", () => {
  const processes = [
    { name: "a", steps: [] },
    { name: "b", steps: [] },
  ];
  const before = reuseModel(sampleModel(), { ...sampleModel(), processes });
  expect(before.processes).toEqual(processes);
  expect(reuseModel(before, structuredClone(before))).toBe(before);
  const after = reuseModel(before, { ...structuredClone(before), processes: [{ name: "a", steps: [] }] });
  expect(after.processes?.[0]).toBe(before.processes?.[0]);
  expect(after.resources).toBe(before.resources);
});
