import * as fc from "fast-check";
import { expect, test } from "vitest";
import { quoteText } from "../print/quoteText.ts";
import { spanInLiteral } from "./literalOffsets.ts";

test("a part of a text is found in its literal, whatever is escaped", () => {
  const source = String.raw`x = 'it\'s \u0061\x62 \u{1F642}c'`;
  const text = "it's ab 🙂c";
  const at = (part: string) => {
    const start = text.indexOf(part);
    const span = spanInLiteral(source, { start: 4, end: source.length }, { start, end: start + part.length });
    return source.slice(span.start, span.end);
  };
  expect(at("it")).toBe("it");
  expect(at("'s")).toBe("\\'s");
  expect(at("ab")).toBe("\\u0061\\x62");
  expect(at("🙂")).toBe("\\u{1F642}");
  expect(at("c")).toBe("c");
  expect(spanInLiteral(source, { start: 4, end: source.length }, { start: text.length, end: text.length })).toEqual({
    start: source.length - 1,
    end: source.length - 1,
  });
});

test("each part of a printed text says that part", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.nat(), fc.nat(), (text, one, other) => {
      const [start, end] = [one % (text.length + 1), other % (text.length + 1)].sort((a, b) => a - b);
      const source = quoteText(text, { quote: '"' });
      const span = spanInLiteral(source, { start: 0, end: source.length }, { start: start ?? 0, end: end ?? 0 });
      const quote = source.slice(0, 1);
      const inside = source.slice(span.start, span.end);
      expect(JSON.parse(`"${quote === "'" ? inside.replaceAll("\\'", "'").replaceAll('"', '\\"') : inside}"`)).toBe(
        text.slice(start, end),
      );
    }),
  );
});
