import type { ChosenStrategy, Strategy } from "./shippedTypes.ts";

/** A strategy as a form holds it: numbers as they are typed. */
export interface StrategyDraft {
  readonly kind: "atOnce" | "canary" | "split";
  readonly approval: boolean;
  readonly steps: readonly StepDraft[];
  readonly errorPercent: string;
  readonly latencyFactor: string;
  readonly minRequests: string;
  readonly by: "header" | "cookie" | "actor" | "weight";
  readonly name: string;
  readonly value: string;
  readonly percent: string;
}

export interface StepDraft {
  /** Tells the rows of the form apart. */
  readonly id: string;
  readonly percent: string;
  readonly minutes: string;
}

const blank: StrategyDraft = {
  kind: "atOnce",
  approval: false,
  steps: [
    { id: "1", percent: "5", minutes: "10" },
    { id: "2", percent: "25", minutes: "10" },
    { id: "3", percent: "50", minutes: "20" },
  ],
  errorPercent: "1",
  latencyFactor: "1.5",
  minRequests: "100",
  by: "header",
  name: "X-Beta",
  value: "yes",
  percent: "10",
};

export function draftOf(strategy: Strategy | null): StrategyDraft {
  const draft = { ...blank, approval: strategy?.approval === true };
  const rollout = strategy?.rollout;
  if (!rollout) return draft;
  if (rollout.kind === "canary") {
    const { limits } = rollout;
    return {
      ...draft,
      kind: "canary",
      steps: rollout.steps.map(({ percent, minutes }, index) => ({
        id: String(index + 1),
        percent: String(percent),
        minutes: String(minutes),
      })),
      errorPercent: String(limits.errorPercent),
      latencyFactor: String(limits.latencyFactor),
      minRequests: String(limits.minRequests),
    };
  }
  const { split } = rollout;
  const parts = "name" in split ? { name: split.name, value: split.value } : { percent: String(split.percent) };
  return { ...draft, kind: "split", by: split.by, ...parts };
}

/** What the form means; null is at once, without approval. The server says what is wrong with it. */
export function strategyOf(draft: StrategyDraft): ChosenStrategy {
  const rollout = rolloutOf(draft);
  if (!rollout && !draft.approval) return null;
  return { ...(draft.approval && { approval: true as const }), ...(rollout && { rollout }) };
}

function rolloutOf(draft: StrategyDraft): NonNullable<ChosenStrategy>["rollout"] | null {
  const { kind, by, name, value } = draft;
  switch (kind) {
    case "atOnce":
      return null;
    case "canary":
      return {
        kind,
        steps: draft.steps.map(({ percent, minutes }) => ({ percent: number(percent), minutes: number(minutes) })),
        limits: {
          errorPercent: number(draft.errorPercent),
          latencyFactor: number(draft.latencyFactor),
          minRequests: number(draft.minRequests),
        },
      };
    case "split":
      return {
        kind,
        split: by === "header" || by === "cookie" ? { by, name, value } : { by, percent: number(draft.percent) },
      };
  }
}

/** What is not a number is refused by the server at its field, as -1. */
function number(text: string): number {
  const value = Number(text.replace(",", ".").trim());
  return text.trim() === "" || !Number.isFinite(value) ? -1 : value;
}

/** `at once`, `as a canary in 3 steps, after approval` */
export function strategyWords(strategy: Strategy | null): string {
  const rollout = strategy?.rollout;
  const how = !rollout
    ? "at once"
    : rollout.kind === "canary"
      ? `as a canary in ${rollout.steps.length} ${rollout.steps.length === 1 ? "step" : "steps"}`
      : splitWords(rollout.split);
  return strategy?.approval ? `${how}, after approval` : how;
}

function splitWords(split: Extract<Strategy["rollout"], { kind: "split" }>["split"]): string {
  switch (split.by) {
    case "weight":
      return `side by side for ${split.percent} % of the requests`;
    case "actor":
      return `side by side for ${split.percent} % of the actors`;
    case "header":
    case "cookie":
      return `side by side by the ${split.by} ${split.name}`;
  }
}
