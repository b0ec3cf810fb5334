import { pascalCase } from "./pascalCase.ts";

/** `OrderDetail` and `order_detail` to `orderDetail`. */
export function camelCase(name: string): string {
  const pascal = pascalCase(name);
  return pascal.slice(0, 1).toLowerCase() + pascal.slice(1);
}
