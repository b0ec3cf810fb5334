import { kebabCase } from "./kebabCase.ts";

/** Where a resource's rows for a new environment are written: `OrderDetail` to `seeds/order-detail.json`. */
export function seedFileOf(resourceName: string): string {
  return `seeds/${kebabCase(resourceName)}.json`;
}
