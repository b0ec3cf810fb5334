import { wordsOf } from "./wordsOf.ts";

/** A name as it stands in a sentence: `OrderDetail` and `orderDetail` to `order detail`. */
export function spokenName(name: string): string {
  return wordsOf(name).join(" ").toLowerCase();
}
