import type { ActionStep, AppFunction, Connection, Process } from "#lib/model/processTypes.ts";
import type { Attribute, Model, Resource } from "#lib/model/types.ts";

/** Orders with lines, a log that steps write into, and the processes of a test. */
export function processModel(
  processes: readonly Process[],
  more: { readonly functions?: readonly AppFunction[]; readonly connections?: readonly Connection[] } = {},
): Model {
  const { functions = [], connections = [] } = more;
  return { app: { name: "Orders", connections }, resources: [orders, entries], processes, functions };
}

const text = { kind: "text" } as const;
const key = attribute("id", {
  type: { kind: "integer" },
  required: true,
  unique: true,
  default: { kind: "generated" },
});

const states = ["open", "paid", "sent"].map((name) => ({ name, stored: name }));

const orders: Resource = {
  ...resource("Order", "orders"),
  attributes: [
    attribute("title", { type: text, required: true, maxLength: 40 }),
    attribute("amount", {
      type: { kind: "decimal", precision: 14, scale: 2 },
      default: { kind: "literal", value: "0" },
      min: "0",
    }),
    attribute("state", {
      type: { kind: "choice", options: states },
      required: true,
      default: { kind: "literal", value: "open" },
    }),
    attribute("note", { type: text, sensitive: true }),
  ],
  states: {
    attribute: "state",
    transitions: [
      { action: "pay", from: ["open"], to: "paid" },
      { action: "send", from: ["paid"], to: "sent" },
      { action: "reopen", from: [], to: "open" },
    ],
  },
  definedActions: ["pay", "send", "reopen"].map((name) => ({ name, type: "update", accept: [] })),
  features: { history: true },
};

const entries: Resource = {
  ...resource("Entry", "entries"),
  attributes: [attribute("text", { type: text, required: true }), attribute("number", { type: { kind: "integer" } })],
};

function resource(name: string, plural: string): Resource {
  return {
    name,
    table: plural,
    plural,
    key,
    attributes: [],
    relationships: [],
    uniques: [],
    indexes: [],
    actions: ["read", "create", "update", "destroy"],
  };
}

function attribute(name: string, settings: Pick<Attribute, "type"> & Partial<Attribute>): Attribute {
  return { name, column: name, required: false, unique: false, ...settings };
}

/** A step that writes into the log. */
export function log(name: string, text: string): ActionStep {
  return { kind: "action", name, resource: "Entry", action: "create", input: [{ name: "text", expression: text }] };
}
