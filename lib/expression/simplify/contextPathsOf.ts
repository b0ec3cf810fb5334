import type { Expression } from "../Expression.ts";
import { partsOf } from "../partsOf.ts";

/** Which context values an expression needs, each once: `[["actor", "id"], ["now"]]`. */
export function contextPathsOf(expression: Expression): readonly (readonly string[])[] {
  const paths = new Map<string, readonly string[]>();
  const collect = (part: Expression): void => {
    if (part.kind === "context") paths.set(JSON.stringify(part.path), part.path);
    for (const inner of partsOf(part)) collect(inner);
  };
  collect(expression);
  return [...paths.values()];
}
