import { wordsOf } from "./wordsOf.ts";

/** `order_detail` to `OrderDetail`. */
export function pascalCase(name: string): string {
  return wordsOf(name)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase())
    .join("");
}
