import type { Sources } from "#lib/model/sources.ts";

/** An app with something of everything that tests meet: policies, states, checks, numbers, keys, kept values, secrets. */
export const salesSources: Sources = {
  "gantry.config.ts": `import { app } from "gantry";
export default app({ name: "Sales", roles: ["rep", "manager"], users: "Person" });`,
  "domain/person.ts": `import { allow, belongsTo, email, resource, text } from "gantry";
export default resource("Person", {
  attributes: { email: email({ required: true, unique: true }), name: text({ required: true, maxLength: 12 }) },
  relationships: { team: belongsTo("Team", { required: true }) },
  policies: [allow("read", "true"), allow("update", "id == actor.id")],
});`,
  "domain/team.ts": `import { allow, resource, text } from "gantry";
export default resource("Team", {
  attributes: { name: text({ required: true, unique: true, pattern: "[A-Z]{3}-[0-9]{2}" }) },
  policies: [allow("read", "true")],
});`,
  "domain/tag.ts": `import { allow, generated, integer, resource, text } from "gantry";
export default resource("Tag", {
  key: integer({ default: generated() }),
  attributes: { label: text({ required: true, unique: true }) },
  policies: [allow("read", "true"), allow("create", "'rep' in actor.roles")],
});`,
  "domain/deal.ts": `import { allow, belongsTo, check, choice, count, create, date, decimal, destroy, encrypted, expression, field, forbid, hasMany, integer, manyToMany, read, require, resource, sequence, text, transition, update } from "gantry";
export default resource("Deal", {
  attributes: {
    number: sequence("D-{0000}", { required: true, gapless: true }),
    loose: sequence("L-{000}"),
    title: text({ required: true, maxLength: 20 }),
    amount: decimal({ precision: 12, scale: 2, min: "0", required: true }),
    stage: choice(["lead", "offer", "won", "lost"], { required: true, default: "lead" }),
    opened: date(),
    lostBecause: text({ readOnly: true }),
    margin: decimal({ precision: 12, scale: 2, sensitive: true }),
    secret: encrypted(),
    due: date({ default: expression("opened == null ? null : addDays(opened, 14)") }),
  },
  relationships: {
    owner: belongsTo("Person"),
    tags: manyToMany("Tag"),
    lines: hasMany("Line", { via: "deal" }),
  },
  calculations: {
    double: decimal("amount * 2", { precision: 14, scale: 2 }),
    half: decimal("amount / 2.0", { precision: 14, scale: 2, stored: true }),
  },
  aggregates: { lineCount: count("lines", { stored: true }) },
  validations: [check("due == null || opened == null || due >= opened", { message: "A deal is not due before it opens.", field: "due" })],
  states: {
    attribute: "stage",
    transitions: { offer: transition("lead -> offer", { when: "amount > 0" }), win: "offer -> won", lose: "* -> lost" },
  },
  actions: {
    read: {},
    create: {},
    update: {},
    destroy: {},
    lose: update({ arguments: { reason: text({ required: true, minLength: 3 }) }, set: { lostBecause: "arguments.reason" } }),
    large: read({ arguments: { least: decimal({ required: true }) }, where: "amount >= arguments.least" }),
    drop: destroy({ require: require("stage == 'lead'", "Only leads are dropped.") }),
    quick: create({ accept: ["title"], set: { amount: "1" } }),
  },
  policies: [
    allow("*", "'manager' in actor.roles"),
    allow("read", "'rep' in actor.roles || owner == actor.id"),
    allow(["create", "update", "drop"], "owner == actor.id"),
    allow("quick", "'rep' in actor.roles"),
    forbid("destroy", "stage == 'won'"),
    field("margin", { read: "'manager' in actor.roles", write: "'manager' in actor.roles" }),
  ],
  history: true,
  softDelete: true,
  versioned: true,
  timestamps: true,
});`,
  "domain/line.ts": `import { allow, belongsTo, integer, resource } from "gantry";
export default resource("Line", {
  attributes: { quantity: integer({ required: true, min: 1, max: 9 }) },
  relationships: { deal: belongsTo("Deal", { required: true }) },
  unique: [["deal", "quantity"]],
  policies: [allow("*", "'manager' in actor.roles")],
});`,
};
