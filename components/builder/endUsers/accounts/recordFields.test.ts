import { expect, test } from "vitest";
import { attribute, belongsTo, resource } from "#lib/compile/testing/modelParts.ts";
import type { Model } from "#lib/model/types.ts";
import { recordFields } from "./recordFields.ts";

const text = { kind: "text" } as const;
const model: Model = {
  app: { name: "Notes", users: "Person", auth: { password: {}, email: "email" } },
  resources: [
    resource("Person", {
      plural: "people",
      attributes: [
        attribute("email", { type: { kind: "email" }, required: true, unique: true }),
        attribute("name", { type: text, required: true }),
        attribute("nickname", { type: text }),
        attribute("level", { type: { kind: "integer" }, required: true }),
        attribute("active", { type: { kind: "boolean" }, required: true }),
        attribute("region", {
          type: text,
          required: true,
          default: { kind: "literal", value: "north" },
        }),
      ],
      relationships: [{ ...belongsTo("company", "Company"), required: true }, belongsTo("boss", "Person")],
    }),
    resource("Company", { plural: "companies" }),
  ],
};

test("what a record cannot be without is asked for, as the app takes it", () => {
  const fields = recordFields(model);
  expect(fields.map(({ name }) => name)).toEqual(["name", "level", "active", "companyId"]);
  const read = (name: string, given: string) => fields.find((field) => field.name === name)?.read(given);
  expect(read("name", " Ada ")).toBe("Ada");
  expect(read("level", "3")).toBe(3);
  expect(read("level", "three")).toBe("three");
  expect(read("active", "true")).toBe(true);
});

test("nothing is asked for where people have no records", () => {
  const { users: _, ...app } = model.app;
  expect(recordFields({ ...model, app })).toEqual([]);
});
