import { wordsOf } from "./wordsOf.ts";

/** `OrderDetail` to `order_detail`. */
export function snakeCase(name: string): string {
  return wordsOf(name).join("_").toLowerCase();
}
