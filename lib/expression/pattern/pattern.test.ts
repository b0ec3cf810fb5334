import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { patterns, values } from "../testing/arbitraryPattern.ts";
import { patternMatcher } from "./patternMatcher.ts";
import { patternProblem, spelledOut } from "./patternProblem.ts";

describe("taken", () => {
  test.each([
    "[A-Z]{3}",
    "^[A-Z].*$",
    "[a-z]+(-[a-z]+)*",
    "[0-9]{1,3}(,[0-9]{3})*",
    "([0-9a-f]{2})*",
    ".+@.+\\..+",
    "(https?)://[^ ]+",
    "\\+[0-9 ]+",
    "[-+]?[0-9]+(\\.[0-9]+)?",
    "a|b|",
    "(?:ab)+c",
    "[\\u00e9\\-é]*",
    "[^\\]]+",
    "(a|b)*abb",
  ])("%s", (pattern) => {
    expect(patternProblem(pattern)).toBeNull();
  });
});

describe("refused, with what to write instead", () => {
  test.each([
    ["\\d+", "Write `[0-9]` for `\\d`, which not every engine reads alike."],
    ["[\\w.]+", "Write `A-Za-z0-9_` for `\\w`, which not every engine reads alike."],
    ["(?=a)b", "Looking ahead or behind, names and flags cannot be used. A group is `( )` or `(?: )`."],
    ["a+?", "Two signs of repetition follow each other. Keep one of them."],
    ["a**", "Two signs of repetition follow each other. Keep one of them."],
    ["(a)\\1", "`\\1` cannot be used here. Write the character itself."],
    ["\\bword\\b", "`\\b` cannot be used here. Write the character itself."],
    ["a^b", "`^` can stand at the ends only. Write `\\^` for the sign itself."],
    ["(^a)", "`^` can stand at the ends only. Write `\\^` for the sign itself."],
    ["[]a]", "`[ ]` must name at least one character. Write `\\]` for the sign."],
    ["[[:alpha:]]", "Write `[` as `\\[` inside of `[ ]`."],
    ["[z-a]", "A range in `[ ]` goes from the lower to the higher character."],
    ["[a-c-e]", "Write `-` as `\\-` inside of `[ ]`."],
    ["a{2,1}", "Turn the numbers of `{2,1}` round."],
    ["a{256}", "A count is at most 255."],
    ["a{,5}", "Write `{` as `\\{`, or a count such as `{2,5}`."],
    ["(a", "There is a `(` without its `)`. Add it or write `\\(`."],
    ["a)", "There is a `)` without its `(`. Remove it or write `\\)`."],
    ["[a", "The pattern ends too early. Close what is open or remove the last `\\`."],
    ["a\\", "The pattern ends too early. Close what is open or remove the last `\\`."],
    ["*a", "There is nothing that `*` could repeat. Write `\\*` for the sign itself."],
    ["((a{200}){200})", "The counts make this pattern too large. Use smaller ones."],
    ["", "Write a pattern or leave the option out."],
  ])("%s", (pattern, message) => {
    expect(patternProblem(pattern)).toBe(message);
  });

  test.each([
    "(a+)+",
    "(a*)*",
    "(a|a)*",
    "(a|aa)+",
    "([a-z]+[a-z0-9]*)*x",
    "(a*b*)*",
    "(.*,)*.*(.*)*",
    "(a?a?)*b",
    "(\\.|.)*",
    "(a{1,3})*",
  ])("%s explodes", (pattern) => {
    expect(patternProblem(pattern)).toMatch(/could take for ever/);
  });
});

test("what not every engine reads alike is spelled out", () => {
  expect(spelledOut("\\d{3}[\\d.]\\\\d\\w")).toBe("[0-9]{3}[0-9.]\\\\d[A-Za-z0-9_]");
});

test("the matcher agrees with JavaScript's own engine", () => {
  fc.assert(
    fc.property(patterns, values, (pattern, value) => {
      const expected = new RegExp(`^(?:${pattern})$`, "su").test(value);
      expect(patternMatcher(pattern)(value)).toBe(expected);
    }),
    { numRuns: 3000 },
  );
});

test("any text is either taken and readable by JavaScript, or refused", () => {
  const unit = fc.constantFrom(..."ab01()[]{}|*+?^$\\.-,:=!<>dwsbu/🙂\u0000");
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 12 }), (pattern) => {
      if (patternProblem(pattern) === null) expect(() => new RegExp(`^(?:${pattern})$`, "su")).not.toThrow();
    }),
    { numRuns: 5000 },
  );
});
