import { attribute, belongsTo, option, resource } from "../../../compile/testing/modelParts.ts";
import type { Model, Resource } from "../../../model/types.ts";

/** A model that has what only some apps have, and texts that are no Markdown, so that its document has every part. */
export const everythingModel: Model = {
  app: {
    name: "Every <script>thing</script>",
    describe: " ",
    roles: [{ name: "clerk" }],
    auth: { password: {}, magicLink: true, code: true, totp: {}, providers: [], signUp: "open" },
    api: { rateLimits: { key: { requests: 1000, seconds: 60 } } },
  },
  resources: [
    resource("Folder", {
      plural: "folders",
      attributes: [attribute("name", { type: { kind: "text" }, required: true, unique: true, maxLength: 60 })],
      relationships: [{ kind: "hasMany", name: "notes", target: "Note", via: "folder" }],
      policies: [
        { effect: "allow", actions: ["read"], expression: "true" },
        { effect: "allow", actions: ["*"], expression: "'clerk' in actor.roles" },
      ],
    }),
    note(),
    resource("Problem", {
      plural: "problems",
      describe: "A name that the documents have a use for too.",
      attributes: [attribute("text", { type: { kind: "text" }, describe: "<script>alert(1)</script> eval(1)" })],
      actions: ["read"],
    }),
  ],
  processes: [
    {
      name: "tidyUp",
      describe: "Waits a while.",
      input: [
        { name: "folder", type: { kind: "text" }, required: true, maxLength: 60 },
        { name: "after", type: { kind: "duration" }, required: false },
        { name: "times", type: { kind: "integer" }, required: true, min: "1", default: { kind: "literal", value: 2 } },
      ],
      starts: [{ kind: "call", allow: "'clerk' in actor.roles" }],
      steps: [{ kind: "wait", name: "pause", for: "coalesce(input.after, duration('P1D'))" }],
    },
    { name: "inside", steps: [] },
  ],
};

function note(): Resource {
  return resource("Note", {
    plural: "notes",
    describe: "What somebody wrote down.",
    attributes: [
      attribute("title", { type: { kind: "text" }, required: true, minLength: 2, maxLength: 40 }),
      attribute("code", { type: { kind: "text" }, pattern: "[A-Z]{2,3}-[0-9]{3,}", minLength: 8, unique: true }),
      attribute("stage", {
        type: { kind: "choice", options: [option("open"), option("done"), option("gone")] },
        required: true,
        default: { kind: "literal", value: "open" },
      }),
      attribute("weight", { type: { kind: "decimal", precision: 6, scale: 2 }, min: "100", max: "200" }),
      attribute("old", {
        type: { kind: "text" },
        deprecated: { since: "2026-01-01", until: "2027-01-01", note: "Use title instead." },
      }),
      attribute("scan", { type: { kind: "file", mediaTypes: ["image/*", "application/pdf"], maxSize: 1000 } }),
      attribute("number", { type: { kind: "sequence", pattern: "N-{0000}" } }),
    ],
    relationships: [{ ...belongsTo("folder", "Folder"), deprecated: { since: "2026-02-01" } }],
    features: {
      softDelete: { column: "deleted_at" },
      history: true,
      versioned: { column: "version", required: true },
      timestamps: { createdColumn: "created_at", updatedColumn: "updated_at" },
      search: { fields: ["title"], language: "simple" },
      order: [{ name: "title", descending: false }],
      events: true,
    },
    states: {
      attribute: "stage",
      transitions: [{ action: "finish", from: ["open"], to: "done" }],
    },
    definedActions: [
      {
        name: "register",
        type: "create",
        accept: ["title", "code"],
        arguments: [{ name: "reason", type: { kind: "text" }, required: true }],
        upsert: ["code"],
      },
      {
        name: "heavy",
        type: "read",
        describe: "Those that weigh more than so much.",
        arguments: [
          { name: "least", type: { kind: "decimal" }, required: true },
          { name: "stages", type: { kind: "list", of: { kind: "text" } }, required: false },
        ],
        where: "weight > arguments.least",
      },
      { name: "discard", type: "destroy", arguments: [{ name: "why", type: { kind: "text" }, required: false }] },
    ],
    policies: [
      { effect: "allow", actions: ["read"], expression: "true" },
      { effect: "allow", actions: ["*"], expression: "'clerk' in actor.roles" },
    ],
    fieldPolicies: [{ fields: ["weight"], read: "'clerk' in actor.roles" }],
  });
}
