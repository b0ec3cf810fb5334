import { attribute, belongsTo, resource } from "#lib/compile/testing/modelParts.ts";
import type { Model } from "#lib/model/types.ts";

/** A model whose resources use every feature. */
export const notesModel: Model = {
  app: { name: "Notes" },
  resources: [
    resource("Folder", {
      plural: "folders",
      attributes: [attribute("name", { type: { kind: "text" }, required: true, unique: true })],
      relationships: [{ kind: "hasMany", name: "notes", target: "Note", via: "folder" }],
      features: { softDelete: { column: "deleted_at" }, history: true },
    }),
    resource("Note", {
      plural: "notes",
      attributes: [
        attribute("title", { type: { kind: "text" }, required: true }),
        attribute("body", { type: { kind: "text" } }),
        attribute("rank", { type: { kind: "integer" } }),
        attribute("price", { type: { kind: "decimal", precision: 10, scale: 2 } }),
        attribute("mood", {
          type: {
            kind: "choice",
            options: [
              { name: "glad", stored: "G" },
              { name: "sad", stored: "S" },
            ],
          },
        }),
      ],
      relationships: [{ ...belongsTo("folder", "Folder"), onDelete: "cascade" }],
      features: {
        softDelete: { column: "gone" },
        history: true,
        versioned: { column: "revision", required: false },
        timestamps: { createdColumn: "created_at", updatedColumn: "updated_at" },
        search: { fields: ["title", "body"], language: "english" },
        order: [{ name: "rank", descending: true }],
      },
    }),
  ],
};
