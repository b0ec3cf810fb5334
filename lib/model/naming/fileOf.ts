import { kebabCase } from "./kebabCase.ts";

/** Where a resource is written: `OrderDetail` to `domain/order-detail.ts`. */
export function fileOf(resourceName: string): string {
  return `domain/${kebabCase(resourceName)}.ts`;
}
