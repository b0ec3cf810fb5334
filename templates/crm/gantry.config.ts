import { app } from "gantry";

export default app({
  name: "CRM",
  describe: "Companies, the people in them, and the deals made with them.",
  roles: {
    sales: "Sells: sees the deals of the own team, changes the own ones.",
    manager: "Leads sales: sees and may do everything, margins included.",
    support: "Helps customers: sees everything but margins, and notes what was talked about.",
    reader: "Looks, and changes nothing.",
  },
  users: "TeamMember",
});
