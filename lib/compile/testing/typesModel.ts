import type { Model } from "../../model/types.ts";
import { attribute, belongsTo, option, resource } from "./modelParts.ts";

const colours = { kind: "choice", options: [option("red", "R"), option("green", "G")] } as const;

/** A model with every kind of attribute beyond the plain ones, and their options. */
export const typesModel: Model = {
  app: { name: "Types" },
  valueObjects: [
    {
      name: "Address",
      describe: "Where a thing is sent.",
      attributes: [
        attribute("street", { type: { kind: "text" }, maxLength: 40 }),
        attribute("city", { type: { kind: "text" }, required: true, minLength: 2 }),
        attribute("floor", { type: { kind: "integer" }, max: "99" }),
        attribute("fee", { type: { kind: "decimal", precision: 8, scale: 2 }, min: "0" }),
        attribute("colour", { type: colours, default: { kind: "literal", value: "red" } }),
        attribute("since", { type: { kind: "timestamp" } }),
        attribute("within", { type: { kind: "duration" } }),
        attribute("open", { type: { kind: "boolean" } }),
        attribute("deposit", { type: { kind: "money" } }),
        attribute("rent", { type: { kind: "money", currency: "EUR" } }),
        attribute("tags", { type: { kind: "list", of: { kind: "text" } } }),
        attribute("shades", { type: { kind: "list", of: colours } }),
        attribute("geo", { type: { kind: "embed", valueObject: "Place" } }),
        attribute("extra", { type: { kind: "json" } }),
      ].map((each) => ({ ...each, column: each.name })),
    },
    {
      name: "Place",
      attributes: [
        { ...attribute("latitude", { type: { kind: "decimal" }, required: true }) },
        { ...attribute("longitude", { type: { kind: "decimal" }, required: true }) },
      ],
    },
  ],
  resources: [
    resource("Depot", {
      plural: "depots",
      attributes: [
        attribute("name", { type: { kind: "text" } }),
        attribute("address", { type: { kind: "embed", valueObject: "Address" } }),
      ],
      relationships: [{ kind: "hasMany", name: "things", target: "Thing", via: "depot" }],
    }),
    resource("Thing", {
      plural: "things",
      attributes: [
        attribute("name", { type: { kind: "text" } }),
        attribute("opens", { type: { kind: "time" }, min: "06:00:00" }),
        attribute("takes", { type: { kind: "duration" }, max: "PT100H" }),
        attribute("mail", { type: { kind: "email" }, unique: true, example: "ada@example.com" }),
        attribute("site", { type: { kind: "url" } }),
        attribute("phone", { type: { kind: "phone" } }),
        attribute("price", { type: { kind: "money" }, min: "0" }),
        attribute("cost", {
          type: { kind: "money", currency: "EUR" },
          max: "1000",
          default: { kind: "literal", value: "1.50 EUR" },
        }),
        attribute("tags", { type: { kind: "list", of: { kind: "text" } }, minItems: 1, maxItems: 3, maxLength: 10 }),
        attribute("counts", { type: { kind: "list", of: { kind: "bigint" } } }),
        attribute("sizes", {
          type: { kind: "list", of: { kind: "integer" } },
          required: true,
          default: { kind: "literal", value: [1, 2] },
        }),
        attribute("prices", { type: { kind: "list", of: { kind: "decimal", precision: 6, scale: 2 } } }),
        attribute("shades", { type: { kind: "list", of: colours } }),
        attribute("moments", { type: { kind: "list", of: { kind: "timestamp" } } }),
        attribute("spans", { type: { kind: "list", of: { kind: "duration" } } }),
        attribute("address", { type: { kind: "embed", valueObject: "Address" } }),
        attribute("stops", { type: { kind: "embed", valueObject: "Address", many: true }, maxItems: 2 }),
        attribute("feature", { type: { kind: "vector", dimensions: 3 } }),
        attribute("origin", { type: { kind: "text" }, writable: "writeOnce" }),
        attribute("status", {
          type: { kind: "text" },
          writable: "readOnly",
          default: { kind: "literal", value: "new" },
        }),
        attribute("photo", { type: { kind: "file", mediaTypes: ["image/*"] } }),
        attribute("number", { type: { kind: "sequence", pattern: "T-{year}-{0000}", gapless: true } }),
        attribute("pin", { type: { kind: "text" }, sensitive: true }),
      ],
      relationships: [belongsTo("depot", "Depot")],
      indexes: [{ fields: [{ name: "price", descending: false }] }],
    }),
  ],
};
