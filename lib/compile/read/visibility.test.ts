import { describe, expect, test } from "vitest";
import type { FieldPolicy, Model, Policy } from "../../model/types.ts";
import { isNever } from "../../plan/access/Access.ts";
import { accessesOf } from "../../plan/access/Accesses.ts";
import { anonymousActor, keyActor, serviceActor } from "../../plan/access/actors.ts";
import { authorize } from "../../plan/authorize.ts";
import { catalogOf } from "../../plan/catalog/Catalog.ts";
import { defaultSelection } from "../../plan/read/defaultSelection.ts";
import type { Actor, ReadOneShape } from "../../plan/types.ts";
import { attribute, belongsTo, resource } from "../testing/modelParts.ts";
import { compileRead } from "./compileRead.ts";

/** What is left of policies in the statement of a read of one note. */

interface Rules {
  readonly policies: readonly Policy[];
  readonly fieldPolicies?: readonly FieldPolicy[];
}

function noteModel({ policies, fieldPolicies = [] }: Rules): Model {
  return {
    app: { name: "Notes", users: "Person", roles: [{ name: "admin" }, { name: "editor" }] },
    resources: [
      resource("Person", {
        plural: "people",
        attributes: [attribute("level", { type: { kind: "integer" } })],
      }),
      resource("Note", {
        plural: "notes",
        attributes: [attribute("text", { type: { kind: "text" } })],
        relationships: [belongsTo("owner", "Person")],
        policies,
        fieldPolicies,
      }),
    ],
  };
}

const allow = (expression: string, actions: readonly string[] = ["*"]): Policy => ({
  effect: "allow",
  actions,
  expression,
});
const forbid = (expression: string): Policy => ({ effect: "forbid", actions: ["*"], expression });

const user = (parts: Partial<Actor> = {}): Actor => ({
  kind: "user",
  id: "00000000-0000-4000-8000-000000000001",
  roles: [],
  tenant: null,
  attributes: {},
  unrestricted: false,
  ...parts,
});

function statementFor(model: Model, actor: Actor): string {
  const catalog = catalogOf(model);
  const note = catalog.entities.get("Note");
  if (!note) throw new Error("There is no Note.");
  const shape: ReadOneShape = { kind: "one", resource: "Note", key: 0, selection: defaultSelection(note) };
  const { access } = authorize(catalog, actor, { shape, parameters: ["x"] });
  return compileRead(catalog, shape, access).text;
}

const refusedBy = (model: Model, actor: Actor): unknown => {
  try {
    return statementFor(model, actor);
  } catch (error) {
    return Reflect.get(error as Error, "code");
  }
};

describe("a policy that the actor alone decides", () => {
  const model = noteModel({
    policies: [allow("'admin' in actor.roles || actor.level > 3"), allow("owner == actor.id", ["read"])],
  });

  test("costs no SQL where it is true", () => {
    const plain = statementFor(model, serviceActor("key"));
    expect(statementFor(model, user({ roles: ["admin"] }))).toBe(plain);
    expect(statementFor(model, user({ attributes: { level: "4" } }))).toBe(plain);
    expect(statementFor(model, keyActor("key", ["admin"]))).toBe(plain);
  });

  test("leaves the others where it is not", () => {
    const left = statementFor(model, user({ roles: ["editor"], attributes: { level: "3" } }));
    expect(left).toContain('("t1"."owner_id" = $2::uuid)');
    expect(left).not.toContain("roles");
  });

  test("makes one access of all actors that it does not tell apart, and others of those that it does", () => {
    const accesses = accessesOf(model);
    const of = (parts: Partial<Actor>) => accesses.of(user(parts)).key;
    const some = of({ roles: ["editor"], attributes: { level: "1" } });
    expect(of({ id: "00000000-0000-4000-8000-000000000002", attributes: { level: "3" } })).toBe(some);
    expect(of({ roles: ["admin"] })).not.toBe(some);
    expect(of({ id: null, attributes: { level: "1" } })).not.toBe(some);
    expect(of({ roles: ["admin", "editor"], attributes: { level: "9" } })).toBe(
      of({ roles: ["admin"], attributes: { level: "5" } }),
    );
  });
});

describe("what can never be true", () => {
  test("is refused before any SQL, and anonymous callers are told to sign in", () => {
    const model = noteModel({ policies: [allow("owner == actor.id"), allow("'admin' in actor.roles")] });
    expect(refusedBy(model, user({ id: null }))).toBe("forbidden");
    expect(refusedBy(model, keyActor("key", ["editor"]))).toBe("forbidden");
    expect(refusedBy(model, anonymousActor)).toBe("unauthenticated");
    expect(refusedBy(noteModel({ policies: [] }), user())).toBe("forbidden");
    expect(refusedBy(noteModel({ policies: [allow("true", ["update"])] }), user())).toBe("forbidden");
  });

  test("includes what is forbidden, or not known to be not forbidden", () => {
    expect(refusedBy(noteModel({ policies: [allow("true"), forbid("true")] }), user())).toBe("forbidden");
    const unknown = noteModel({ policies: [allow("true"), forbid("actor.level > 3")] });
    expect(refusedBy(unknown, user())).toBe("forbidden");
    expect(refusedBy(unknown, user({ attributes: { level: "4" } }))).toBe("forbidden");
    expect(statementFor(unknown, user({ attributes: { level: "3" } }))).toBe(
      statementFor(unknown, serviceActor("key")),
    );
  });
});

test("a field that may not be read is null in the statement, one that may be is a plain column", () => {
  const fieldPolicies = [{ fields: ["text"], read: "'admin' in actor.roles" }];
  const model = noteModel({ policies: [allow("true")], fieldPolicies });
  expect(statementFor(model, user())).toContain('CASE WHEN false THEN "t1"."text" ELSE null END');
  expect(statementFor(model, user({ roles: ["admin"] }))).toBe(statementFor(model, serviceActor("key")));
  const access = accessesOf(model).of(user());
  expect(isNever(access.fieldRead("Note", "text"))).toBe(true);
  expect(access.fieldWrite("Note", "text")).toBeNull();
});

test("many kinds of actors are forgotten, not gathered", () => {
  const model = noteModel({ policies: Array.from({ length: 12 }, (_, index) => allow(`actor.level == ${index}`)) });
  const accesses = accessesOf(model);
  const first = accesses.of(user({ attributes: { level: "0" } })).key;
  for (let mask = 0; mask < 12; mask++) accesses.of(user({ attributes: { level: String(mask) } }));
  expect(accesses.of(user({ attributes: { level: "0" } })).key).toBe(first);
});
