export { onScratch } from "./onScratch.ts";
export { runGate } from "./runGate.ts";
