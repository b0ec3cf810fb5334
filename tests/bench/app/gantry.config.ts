import { app } from "gantry";

export default app({ name: "Sales" });
