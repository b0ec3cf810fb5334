import { expect, test } from "vitest";
import { patternMatcher } from "../../expression/pattern/patternMatcher.ts";
import { textAgainstPattern, textOfPattern } from "./textOfPattern.ts";

test.each(["[A-Z]{2}", "[A-Z0-9-]+", "[0-9]{8}|[0-9]{12,14}", "a?b*c+", "(ab|cd){2}x"])(
  "texts for %s match it, differ, and those against it do not",
  (pattern) => {
    const matches = patternMatcher(pattern);
    const texts = [0, 1].map((number) => textOfPattern(pattern, { number }));
    expect(texts.every(matches)).toBe(true);
    const against = textAgainstPattern(pattern);
    expect(against !== null && !matches(against)).toBe(true);
  },
);

test("a text is as long as is wanted", () => {
  expect(textOfPattern("[A-Z]+", { minLength: 4 })).toHaveLength(4);
});
