import { expect, test } from "vitest";
import { durationWords } from "./durationWords.ts";

test("lengths of time are said in words, anything else stays as it is", () => {
  expect(durationWords("PT36H30M")).toBe("36 hours and 30 minutes");
  expect(durationWords("PT1M")).toBe("1 minute");
  expect(durationWords("P1DT2H3M4.5S")).toBe("1 day, 2 hours, 3 minutes and 4.5 seconds");
  expect(durationWords("P2W")).toBe("2 weeks");
  expect(durationWords("soon")).toBe("soon");
  expect(durationWords("PT")).toBe("PT");
});
