import { allow, belongsTo, boolean, check, choice, resource, uniqueWhen } from "gantry";

export default resource("DealContact", {
  describe: "What a person has to say in a deal.",
  attributes: {
    role: choice(["decides", "influences", "uses", "buys", "blocks"], { required: true, default: "influences" }),
    main: boolean({ required: true, default: false, describe: "Whom we call first." }),
  },
  relationships: {
    deal: belongsTo("Deal", { required: true, onDelete: "cascade" }),
    contact: belongsTo("Contact", { required: true, onDelete: "cascade" }),
  },
  validations: [
    check("contact.company == deal.company", {
      message: "This person is not of the deal's company.",
      field: "contact",
    }),
  ],
  unique: [["deal", "contact"], uniqueWhen(["deal"], "main")],
  policies: [
    allow("*", "'manager' in actor.roles || 'sales' in actor.roles && deal.owner == actor.id"),
    allow("read", "'support' in actor.roles || 'reader' in actor.roles"),
    allow("read", "'sales' in actor.roles && actor in deal.owner.team.members"),
  ],
  softDelete: true,
});
