import { join } from "node:path";
import * as fc from "fast-check";
import {
  buildSchema,
  GraphQLError,
  isEnumType,
  isInputObjectType,
  isObjectType,
  isScalarType,
  validateSchema,
} from "graphql";
import { describe, expect, test } from "vitest";
import { readApp } from "#tests/bench/readApp.ts";
import { graphqlName, offeredNamedActions, offers } from "../../model/api/operations.ts";
import { historyField, manyField, readField } from "../../model/naming/actionFields.ts";
import { queryFields } from "../../model/naming/graphqlNames.ts";
import { drawModel } from "../../model/testing/arbitraryModel.ts";
import type { Attribute, Model, Resource } from "../../model/types.ts";
import { verifyModel } from "../../model/verify/verifyModel.ts";
import { hasUpsert } from "./actionInputs.ts";
import { graphqlSdl } from "./graphqlSdl.ts";
import { userErrorCodes } from "./userErrors.ts";

const templates = join(import.meta.dirname, "../../../templates");

/** What stands against a text as a schema. */
function complaints(sdl: string): readonly string[] {
  try {
    return validateSchema(buildSchema(sdl)).map(({ message }) => message);
  } catch (error) {
    if (error instanceof GraphQLError || error instanceof Error) return [error.message];
    throw error;
  }
}

describe("the GraphQL schema of an app", () => {
  test("is written like this for the CRM template", async () => {
    const sdl = graphqlSdl(await readApp(join(templates, "crm")));
    await expect(`${sdl}\n`).toMatchFileSnapshot("../../../tests/golden/files/graphql/crm.graphql");
  });

  test.each(["crm", "hr", "inventory"])("is valid for the template %s", async (template) => {
    expect(complaints(graphqlSdl(await readApp(join(templates, template))))).toEqual([]);
  });

  test("is valid for an app without resources, and for one that nobody may read or write", () => {
    const app = { name: "Empty" };
    expect(complaints(graphqlSdl({ app, resources: [] }))).toEqual([]);
    const closed = { ...resource("Note", "notes"), actions: [] };
    expect(complaints(graphqlSdl({ app, resources: [closed] }))).toEqual([]);
  });

  test("is valid for whatever the language can say, and has the actions that the model has", () => {
    fc.assert(
      fc.property(fc.gen(), (draw) => {
        const model = drawModel(draw);
        const schema = buildSchema(graphqlSdl(model));
        expect(validateSchema(schema)).toEqual([]);
        const queries = Object.keys(schema.getQueryType()?.getFields() ?? {});
        const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});
        const nodes = model.resources.some((one) => offers(one, "read", "graphql")) ? ["node", "nodes"] : [];
        const own = model.resources.flatMap((one) => [
          ...(offers(one, "read", "graphql") ? Object.values(queryFields(one)) : []),
          ...(one.features?.history && offers(one, "read", "graphql") ? [historyField(one)] : []),
          ...offeredNamedActions(one, "graphql").flatMap(({ name, type }) =>
            type === "read" ? [readField(name, one)] : [],
          ),
        ]);
        const expected = [...nodes, ...own];
        expect(queries).toEqual(expected.length === 0 ? ["empty"] : expected);
        expect(mutations).toEqual(
          model.resources.flatMap((one) => {
            const can = (action: "create" | "update" | "destroy") => offers(one, action, "graphql");
            const called = (action: string) => graphqlName(one, action) ?? `${action}${one.name}`;
            const many = (["update", "destroy"] as const).filter(can).map((action) => manyField(action, one));
            const single = (["create", "update", "destroy"] as const).filter(can).map(called);
            const named = offeredNamedActions(one, "graphql").flatMap(({ name, type }) => {
              if (type === "read") return [];
              return type === "create" ? [called(name)] : [called(name), manyField(name, one)];
            });
            return [...single, ...(hasUpsert(one) ? [`upsert${one.name}`] : []), ...many, ...named];
          }),
        );
      }),
      { numRuns: 150 },
    );
  });

  test.each(["\ud800 alone", 'quotes """ and \\', "line\u2028separators\u0085\u007f\u0000", "\u{1f418}"])(
    "keeps descriptions apart from its own syntax: %j",
    (describe) => {
      const base = resource("Note", "notes");
      const attributes = [{ ...base.key, name: "title", column: "title", unique: false, describe }];
      const sdl = graphqlSdl({ app: { name: "Notes" }, resources: [{ ...base, describe, attributes }] });
      const type = buildSchema(sdl).getType("Note");
      expect(type?.description).toBe(describe.toWellFormed());
    },
  );

  test("marks what is deprecated wherever clients meet it, but for what they have to give", () => {
    const deprecated = { since: "2026-01-01", until: "2027-01-01", note: "Use headline." };
    const base = resource("Note", "notes");
    const attribute = (name: string, required: boolean): Attribute => ({
      ...{ name, column: name, type: { kind: "text" }, required, unique: false, deprecated },
    });
    const attributes = [attribute("title", true), attribute("subtitle", false)];
    const actions = ["read", "create", "update"] as const;
    const address = { name: "Address", attributes: [attribute("city", false)] };
    const schema = buildSchema(
      graphqlSdl({ app: { name: "Notes" }, resources: [{ ...base, attributes, actions }], valueObjects: [address] }),
    );
    expect(validateSchema(schema)).toEqual([]);
    const marked = (name: string) => {
      const type = schema.getType(name);
      const fields = isObjectType(type) || isInputObjectType(type) ? Object.values(type.getFields()) : [];
      return fields.filter(({ deprecationReason }) => deprecationReason).map((field) => field.name);
    };
    for (const name of ["Note", "NoteFilter", "NoteOrderBy", "NoteUpdateInput"]) {
      expect([name, marked(name)]).toEqual([name, ["title", "subtitle"]]);
    }
    expect(marked("NoteCreateInput")).toEqual(["subtitle"]);
    expect([marked("Address"), marked("AddressInput")]).toEqual([["city"], ["city"]]);
    const type = schema.getType("Note");
    expect(isObjectType(type) && type.getFields().title?.deprecationReason).toBe(
      "Use headline. Deprecated since 2026-01-01. It may go on 2027-01-01.",
    );
  });

  test("says of errors which codes there are, and of scalars where they are described", () => {
    const schema = buildSchema(graphqlSdl({ app: { name: "Notes" }, resources: [resource("Note", "notes")] }));
    const codes = schema.getType("UserErrorCode");
    expect(isEnumType(codes) && codes.getValues().map(({ name }) => name)).toEqual([...userErrorCodes]);
    const described = Object.values(schema.getTypeMap()).filter((type) => isScalarType(type) && type.specifiedByURL);
    expect(described.map(({ name }) => name).toSorted()).toEqual(["Date", "DateTime", "JSON", "UUID"]);
  });

  test("has a name of its own for every type, or the model is refused", () => {
    const choice = (name: string) => ({
      ...resource("Order", "orders").key,
      name,
      column: name,
      type: { kind: "choice" as const, options: [{ name: "a", stored: "a" }] },
      unique: false,
    });
    const names = [
      "stage",
      "stageFilter",
      "connection",
      "connectionChoice",
      "edge",
      "filter",
      "orderBy",
      "createInput",
    ];
    for (const one of names) {
      for (const other of names.filter((name) => name !== one)) {
        const model: Model = {
          app: { name: "Names" },
          resources: [{ ...resource("Order", "orders"), attributes: [choice(one), choice(other)] }],
        };
        if (isAccepted(model)) expect([one, other, complaints(graphqlSdl(model))]).toEqual([one, other, []]);
      }
    }
    for (const [name, attribute] of [
      ["User", "error"],
      ["Page", "info"],
      ["Sort", "direction"],
      ["Big", "int"],
    ] as const) {
      const model: Model = {
        app: { name: "Names" },
        resources: [{ ...resource(name, "others"), attributes: [choice(attribute)] }],
      };
      if (isAccepted(model)) expect([name, complaints(graphqlSdl(model))]).toEqual([name, []]);
    }
    for (const name of ["OrderStage", "OrderStageFilter", "OrderConnection", "CreateOrderPayload", "StringFilter"]) {
      const model: Model = {
        app: { name: "Names" },
        resources: [
          { ...resource("Order", "orders"), attributes: [choice("stage")] },
          { ...resource(name, "others"), table: "others" },
        ],
      };
      if (isAccepted(model)) expect([name, complaints(graphqlSdl(model))]).toEqual([name, []]);
    }
  });
});

const nowhere = { rangeOf: () => null, rangeWithin: () => null, unread: new Set<string>() };
const isAccepted = (model: Model) => verifyModel(model, nowhere).length === 0;

function resource(name: string, plural: string): Resource {
  return {
    name,
    plural,
    table: plural,
    key: { name: "id", column: "id", type: { kind: "uuid" }, required: true, unique: true, default: { kind: "uuid" } },
    attributes: [],
    relationships: [],
    uniques: [],
    indexes: [],
    actions: ["read", "create", "update", "destroy"],
  };
}
