import type { OperationPlan } from "./OperationPlan.ts";

const mostPlans = 1000;
const longestKey = 4000;

/** The plans of an app's operations, the one not asked for longest going first. */
export class PlanCache {
  readonly #plans = new Map<string, OperationPlan>();

  get size(): number {
    return this.#plans.size;
  }

  find(key: string): OperationPlan | null {
    const plan = this.#plans.get(key);
    if (!plan) return null;
    this.#plans.delete(key);
    this.#plans.set(key, plan);
    return plan;
  }

  keep(key: string, plan: OperationPlan): void {
    if (key.length > longestKey) return;
    this.#plans.set(key, plan);
    if (this.#plans.size > mostPlans) for (const oldest of this.#plans.keys().take(1)) this.#plans.delete(oldest);
  }
}
