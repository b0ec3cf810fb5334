import type { Step } from "#lib/model/processTypes.ts";
import { stepKinds } from "../steps/stepLooks.ts";

const key = "gantry:copied-step";

/** The step that was copied last in this window, in whatever process. */
export function copiedStep(): Step | null {
  try {
    const found: unknown = JSON.parse(window.sessionStorage.getItem(key) ?? "null");
    return isStep(found) ? found : null;
  } catch {
    return null;
  }
}

export function keepCopied(step: Step): void {
  window.sessionStorage.setItem(key, JSON.stringify(step));
}

function isStep(found: unknown): found is Step {
  if (typeof found !== "object" || found === null || !("kind" in found) || !("name" in found)) return false;
  return typeof found.name === "string" && stepKinds.some((kind) => kind === found.kind);
}
