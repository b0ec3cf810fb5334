import { belongsTo, boolean, hasMany, resource, text } from "gantry";

export default resource("TeamMember", {
  describe: "Someone of ours who sells.",
  attributes: {
    name: text({ required: true, maxLength: 120 }),
    email: text({ required: true, unique: true, maxLength: 254 }),
    active: boolean({ required: true, default: true }),
  },
  relationships: {
    manager: belongsTo("TeamMember", { onDelete: "setNull" }),
    reports: hasMany("TeamMember", { via: "manager" }),
    deals: hasMany("Deal", { via: "owner" }),
  },
});
