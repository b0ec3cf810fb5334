import {
  allow,
  belongsTo,
  choice,
  count,
  date,
  hasMany,
  require,
  resource,
  sequence,
  sum,
  text,
  today,
  update,
} from "gantry";

export default resource("StockTake", {
  describe: "A count of all that lies at a location.",
  attributes: {
    number: sequence("ST-{0000}", { required: true, unique: true }),
    status: choice(["planned", "counting", "posted", "cancelled"], { required: true, default: "planned" }),
    countedOn: date({ required: true, default: today() }),
    note: text({ maxLength: 500 }),
  },
  relationships: {
    location: belongsTo("Location", { required: true }),
    lines: hasMany("StockTakeLine", { via: "stockTake" }),
  },
  aggregates: {
    lineCount: count("lines"),
    differences: count("lines", { where: "difference != 0" }),
    difference: sum("lines.differenceValue", { describe: "What was found or is missing, at cost." }),
  },
  states: {
    attribute: "status",
    transitions: {
      begin: "planned -> counting",
      post: "counting -> posted",
      cancel: "planned, counting -> cancelled",
    },
  },
  actions: {
    read: {},
    create: {},
    update: { accept: ["countedOn", "note"] },
    post: update({
      require: [
        require("exists(lines)", "Nothing has been counted."),
        require("all(lines, difference == 0 || movement != null)", "Some differences have not been moved yet."),
      ],
      describe: "Ends the count; every difference has its movement by then.",
    }),
  },
  policies: [
    allow("read", "size(actor.roles) > 0"),
    allow(["create", "update"], "'clerk' in actor.roles"),
    allow("*", "'manager' in actor.roles"),
  ],
  history: true,
  order: ["-number"],
});
