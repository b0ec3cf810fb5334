import {
  allow,
  belongsTo,
  boolean,
  check,
  choice,
  count,
  date,
  decimal,
  field,
  hasMany,
  integer,
  require,
  resource,
  text,
  today,
  update,
} from "gantry";

export default resource("JobOpening", {
  describe: "A place to be filled.",
  attributes: {
    title: text({ required: true, maxLength: 120 }),
    places: integer({ min: 1, required: true, default: 1 }),
    status: choice(["draft", "open", "filled", "closed"], { required: true, default: "draft" }),
    salaryFrom: decimal({ precision: 12, scale: 2, min: "0" }),
    salaryTo: decimal({ precision: 12, scale: 2, min: "0" }),
    openedOn: date({ required: true, default: today() }),
  },
  relationships: {
    department: belongsTo("Department", { required: true }),
    position: belongsTo("Position"),
    applications: hasMany("JobApplication", { via: "opening" }),
  },
  calculations: {
    full: boolean("hired >= places"),
  },
  aggregates: {
    candidates: count("applications", { where: "!(stage in ['rejected', 'withdrawn'])" }),
    hired: count("applications", { where: "stage == 'hired'", stored: true }),
  },
  validations: [
    check("salaryFrom == null || salaryTo == null || salaryFrom <= salaryTo", {
      message: "The band ends below its beginning.",
      field: "salaryTo",
    }),
  ],
  states: {
    attribute: "status",
    transitions: {
      publish: "draft -> open",
      fill: "open -> filled",
      close: "draft, open -> closed",
      reopen: "filled, closed -> open",
    },
  },
  indexes: [["-openedOn"]],
  actions: {
    read: {},
    create: {},
    update: {},
    destroy: {},
    publish: update({ set: { openedOn: "today()" } }),
    fill: update({ require: require("hired >= places", "There are places left to be filled.") }),
  },
  policies: [
    allow("read", "status == 'open' && size(actor.roles) > 0", { describe: "Everybody may look what is open." }),
    allow("*", "'hr' in actor.roles || 'recruiter' in actor.roles"),
    field(["salaryFrom", "salaryTo"], {
      read: "'hr' in actor.roles || 'recruiter' in actor.roles || department.head == actor.id",
    }),
  ],
  timestamps: true,
  search: ["title"],
  order: ["-openedOn"],
});
