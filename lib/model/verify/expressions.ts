import type { ExpressionProblem } from "../../expression/ExpressionProblem.ts";
import { checkedExpression } from "../expressions/checkedExpression.ts";
import type { PlacedExpression } from "../expressions/expressionsOf.ts";
import { expressionsOf } from "../expressions/expressionsOf.ts";
import type { Finding, Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

/** Every expression can be read, names what is there and comes out as what is needed. */
export const expressions: Rule = (draft, places) =>
  expressionsOf(draft).flatMap((placed) =>
    checkedExpression(placed)
      // What a file says that could not be read is unknown, not wrong.
      .problems.filter(({ code }) => code === "syntax" || places.unread.size === 0)
      .map((problem) => problemAt(places, findingOf(placed, problem))),
  );

function findingOf({ path, text }: PlacedExpression, problem: ExpressionProblem): Finding {
  const { code, message, start, end, suggestion } = problem;
  const mended = suggestion === undefined ? null : text.slice(0, start) + suggestion + text.slice(end);
  const command = { type: "setExpression", path, to: mended ?? text } as const;
  const fix = mended === null ? {} : { fix: { title: `Write ${suggestion}`, command } };
  return { code, path, part: { start, end }, message, ...fix };
}
