/** An app that uses everything that a resource can work out, do and allow. */
export const dealSources: Readonly<Record<string, string>> = {
  "gantry.config.ts": `import { app } from "gantry";

export default app({ name: "Sales", roles: { manager: "Leads a team", sales: "" }, users: "Person" });
`,
  "domain/person.ts": `import { hasMany, resource, text } from "gantry";

export default resource("Person", {
  attributes: {
    name: text({ required: true }),
    team: text(),
  },
  relationships: {
    deals: hasMany("Deal", { via: "owner" }),
  },
});
`,
  "domain/company.ts": `import { count, hasMany, resource, sum, text } from "gantry";

export default resource("Company", {
  attributes: {
    name: text({ required: true }),
  },
  relationships: {
    deals: hasMany("Deal", { via: "company" }),
  },
  aggregates: {
    dealCount: count("deals"),
    wonValue: sum("deals.amount", { where: "stage == 'won'", stored: true }),
  },
});
`,
  "domain/activity.ts": `import { belongsTo, resource, text, timestamp } from "gantry";

export default resource("Activity", {
  attributes: {
    subject: text({ required: true }),
    at: timestamp(),
  },
  relationships: {
    deal: belongsTo("Deal", { required: true }),
  },
});
`,
  "domain/deal.ts": `import {
  allow,
  belongsTo,
  boolean,
  check,
  choice,
  count,
  create,
  date,
  decimal,
  field,
  first,
  forbid,
  hasMany,
  integer,
  max,
  read,
  require,
  resource,
  search,
  sum,
  text,
  transition,
  uniqueWhen,
  update,
} from "gantry";

export default resource("Deal", {
  describe: "A sale in progress.",
  attributes: {
    title: text({ required: true, maxLength: 200 }),
    notes: text(),
    number: text(),
    amount: decimal({ precision: 14, scale: 2, min: "0" }),
    probability: integer({ min: 0, max: 100 }),
    stage: choice(["lead", "qualified", "won", "lost"], { required: true, default: "lead" }),
    dueOn: date(),
    closedOn: date(),
  },
  relationships: {
    company: belongsTo("Company", { required: true }),
    owner: belongsTo("Person", { required: true }),
    activities: hasMany("Activity", { via: "deal" }),
  },
  calculations: {
    weighted: decimal("amount * probability / 100.0", { scale: 2, stored: true }),
    overdue: boolean("stage != 'won' && dueOn < today()"),
  },
  aggregates: {
    activityCount: count("activities"),
    lastActivity: max("activities.at"),
    openValue: sum("company.deals.amount", { where: "stage == 'lead'" }),
    latest: first("activities.subject", { order: ["-at"] }),
  },
  validations: [
    check("closedOn == null || stage in ['won', 'lost']", {
      message: "Only a finished deal has a closing date",
      field: "closedOn",
    }),
    check("amount > 0", { message: "A won deal has an amount", when: "stage == 'won'", on: ["update"] }),
  ],
  states: {
    attribute: "stage",
    transitions: {
      qualify: "lead -> qualified",
      win: transition("qualified -> won", { when: "amount > 0" }),
      lose: "* -> lost",
      reopen: "won, lost -> lead",
    },
  },
  unique: [["company", "title"], uniqueWhen(["number"], "stage != 'lost'")],
  indexes: [["-createdAt", "title"]],
  actions: {
    read: {},
    create: { accept: ["title", "amount", "probability", "company", "owner"] },
    update: {},
    destroy: {},
    win: update({
      accept: ["closedOn"],
      arguments: { reason: text({ maxLength: 200 }) },
      set: { notes: "arguments.reason" },
      require: require("amount > 0", "Give the deal an amount first"),
    }),
    overdueOnes: read({ where: "dueOn < today()" }),
    register: create({ accept: ["title", "company", "owner", "number"], upsert: ["company", "title"] }),
  },
  policies: [
    allow("read", "actor.role == 'manager' || owner == actor.id"),
    allow("*", "'manager' in actor.roles", { describe: "Managers do as they like" }),
    forbid("destroy", "stage == 'won'"),
    field("amount", { read: "actor.role != 'sales'", write: "'manager' in actor.roles" }),
  ],
  softDelete: true,
  history: true,
  versioned: { required: true },
  timestamps: true,
  search: search(["title", "notes"], { language: "english" }),
  order: ["-createdAt", "title"],
});
`,
};
