import { attribute, belongsTo, resource } from "#lib/compile/testing/modelParts.ts";
import type { AppAuth } from "#lib/model/processTypes.ts";
import type { AppConfig, Model, Resource } from "#lib/model/types.ts";

const text = { kind: "text" } as const;

/** People of companies who see the notes of their own company, and change their own. */
export function usersModel(
  auth: AppAuth = {},
  { users = {}, app = {} }: { readonly users?: Partial<Resource>; readonly app?: Partial<AppConfig> } = {},
): Model {
  return {
    app: {
      name: "Notes",
      roles: [{ name: "member" }, { name: "admin" }],
      users: "Person",
      auth: { password: {}, email: "email", signUp: "open", defaultRoles: ["member"], ...auth },
      ...app,
    },
    resources: [
      resource("Company", {
        plural: "companies",
        attributes: [attribute("name", { type: text, required: true })],
        policies: [{ effect: "allow", actions: ["read"], expression: "actor.kind == 'user'" }],
      }),
      resource("Person", {
        plural: "people",
        attributes: [
          attribute("email", { type: { kind: "email" }, unique: true }),
          attribute("name", { type: text }),
          attribute("level", { type: { kind: "integer" }, default: { kind: "literal", value: 1 } }),
        ],
        relationships: [belongsTo("company", "Company")],
        definedActions: [
          { name: "signUp", type: "create", accept: ["email", "name"] },
          { name: "invite", type: "create", accept: ["email", "name", "company"], arguments: [rolesArgument] },
          { name: "manageAccount", type: "update", arguments: [{ ...rolesArgument, required: false }] },
        ],
        policies: [
          { effect: "allow", actions: ["read"], expression: "id == actor.id" },
          { effect: "allow", actions: ["update"], expression: "id == actor.id" },
          { effect: "allow", actions: ["*"], expression: "'admin' in actor.roles" },
        ],
        ...users,
      }),
      resource("Note", {
        plural: "notes",
        attributes: [attribute("title", { type: text, required: true })],
        relationships: [belongsTo("author", "Person"), belongsTo("company", "Company")],
        features: { tenant: "company", changeFeed: true },
        policies: [
          { effect: "allow", actions: ["read", "create"], expression: "actor.kind == 'user'" },
          { effect: "allow", actions: ["update", "destroy"], expression: "author == actor.id || actor.level > 3" },
        ],
      }),
    ],
  };
}

const rolesArgument = {
  name: "roles",
  type: { kind: "list", of: { kind: "choice", options: ["member", "admin"].map((name) => ({ name, stored: name })) } },
  required: true,
} as const;
