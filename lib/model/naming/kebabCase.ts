import { wordsOf } from "./wordsOf.ts";

/** `OrderDetail` to `order-detail`. */
export function kebabCase(name: string): string {
  return wordsOf(name).join("-").toLowerCase();
}
