import { app } from "gantry";

export default app({ name: "Inventory", describe: "What is in stock, where it lies, and what is on its way." });
