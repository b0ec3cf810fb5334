import { app } from "gantry";

export default app({ name: "CRM", describe: "Companies, the people in them, and the deals made with them." });
