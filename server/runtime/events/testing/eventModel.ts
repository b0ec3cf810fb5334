import { attribute, belongsTo, option, resource } from "#lib/compile/testing/modelParts.ts";
import type { Process } from "#lib/model/processTypes.ts";
import type { Model } from "#lib/model/types.ts";

const text = { kind: "text" } as const;
const key = attribute("id", {
  type: { kind: "integer" },
  required: true,
  unique: true,
  default: { kind: "generated" },
  column: "no",
});

/** Deals, whose changes are events and are kept when they are destroyed, of people, whose changes are not. */
export function eventModel(processes: readonly Process[] = []): Model {
  return {
    app: { name: "Events", roles: [{ name: "manager" }], users: "Person" },
    valueObjects: [
      {
        name: "Address",
        attributes: [attribute("city", { type: text }), attribute("door", { type: text, sensitive: true })],
      },
    ],
    resources: [
      resource("Deal", {
        plural: "deals",
        key,
        attributes: [
          attribute("title", { type: text, column: "name" }),
          attribute("amount", { type: { kind: "decimal", precision: 30, scale: 2 } }),
          attribute("stage", { type: { kind: "choice", options: [option("lead"), option("won", "closed")] } }),
          attribute("margin", { type: text, sensitive: true }),
          attribute("code", { type: { kind: "encrypted" } }),
          attribute("site", { type: { kind: "embed", valueObject: "Address" } }),
          attribute("closedAt", { type: { kind: "timestamp" } }),
        ],
        relationships: [{ ...belongsTo("owner", "Person"), onDelete: "cascade" }],
        definedActions: [
          { name: "win", type: "update", accept: ["amount"], set: [{ field: "stage", expression: "'won'" }] },
        ],
        features: { events: true, softDelete: { column: "gone" } },
      }),
      resource("Person", { plural: "people", key, attributes: [attribute("name", { type: text })] }),
    ],
    ...(processes.length > 0 && { processes }),
  };
}
