export { onScratch, type RunOnScratch } from "./onScratch.ts";
export { type GateParts, type GateProgress, runGate } from "./runGate.ts";
