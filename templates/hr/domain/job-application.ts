import {
  allow,
  belongsTo,
  check,
  choice,
  date,
  integer,
  now,
  require,
  resource,
  text,
  timestamp,
  update,
} from "gantry";

export default resource("JobApplication", {
  describe: "A candidate for an opening.",
  attributes: {
    stage: choice(["received", "screening", "interview", "offer", "hired", "rejected", "withdrawn"], {
      required: true,
      default: "received",
    }),
    score: integer({ min: 0, max: 100 }),
    note: text(),
    receivedAt: timestamp({ required: true, default: now() }),
    decidedOn: date({ readOnly: true }),
  },
  relationships: {
    opening: belongsTo("JobOpening", { required: true, onDelete: "cascade" }),
    candidate: belongsTo("Candidate", { required: true, onDelete: "cascade" }),
  },
  validations: [
    check("opening.status == 'open'", { message: "Nobody is looked for here now.", field: "opening", on: ["create"] }),
  ],
  states: {
    attribute: "stage",
    transitions: {
      screen: "received -> screening",
      invite: "screening -> interview",
      offer: "interview -> offer",
      hire: "offer -> hired",
      reject: "received, screening, interview, offer -> rejected",
      withdraw: "received, screening, interview, offer -> withdrawn",
    },
  },
  unique: [["opening", "candidate"]],
  indexes: [["stage"], ["-receivedAt"]],
  actions: {
    read: {},
    create: {},
    update: {},
    destroy: {},
    offer: update({ require: require("score != null", "Give a score first.") }),
    hire: update({
      set: { decidedOn: "today()" },
      validations: [
        check("opening.hired <= opening.places", { message: "All places are filled.", field: "opening" }),
      ],
    }),
    reject: update({ accept: ["note"], set: { decidedOn: "today()" } }),
  },
  policies: [
    allow("*", "'hr' in actor.roles || 'recruiter' in actor.roles"),
    allow("read", "opening.department.head == actor.id", { describe: "Heads see who wants to join their department." }),
  ],
  history: true,
  timestamps: true,
  order: ["-receivedAt"],
});
