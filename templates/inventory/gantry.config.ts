import { app } from "gantry";

export default app({
  name: "Inventory",
  describe: "What is in stock, where it lies, and what is on its way.",
  roles: {
    clerk: "Works in the warehouse: receives, ships, moves and counts. Sees no costs.",
    buyer: "Orders from suppliers, up to a limit.",
    manager: "May do everything, and answers for the value of the stock.",
    reader: "Looks, and changes nothing.",
  },
});
