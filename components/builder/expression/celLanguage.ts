import { StreamLanguage, type StringStream } from "@codemirror/language";

const words: ReadonlyMap<string, string> = new Map([
  ["true", "bool"],
  ["false", "bool"],
  ["null", "null"],
  ["in", "keyword"],
  ["actor", "keyword"],
  ["arguments", "keyword"],
  ["context", "keyword"],
  ["record", "keyword"],
  ["previous", "keyword"],
]);

/** CEL for the eye: what is a text, a number, a function, a name. Its meaning is the checker's matter. */
export const celLanguage = StreamLanguage.define({
  name: "cel",
  token(stream) {
    if (stream.eatSpace()) return null;
    if (stream.match("//")) {
      stream.skipToEnd();
      return "comment";
    }
    if (stream.match(/^[rRbB]?(?=["'])/)) return text(stream);
    if (stream.match(/^(?:0x[0-9a-f]+u?|\d+(?:\.\d+)?(?:e[+-]?\d+)?u?)/i)) return "number";
    const name = stream.match(/^[A-Za-z_]\w*/);
    if (name && typeof name !== "boolean") {
      const isMember = /\.\s*$/.test(stream.string.slice(0, stream.start));
      const word = words.get(name[0]);
      if (word !== undefined && !isMember) return word;
      return stream.match(/^\s*\(/, false) ? "variableName.function" : "propertyName";
    }
    if (stream.match(/^(?:&&|\|\||[=!<>]=|[-+*/%<>!?:])/)) return "operator";
    stream.next();
    return null;
  },
  languageData: { closeBrackets: { brackets: ["(", "[", "'", '"'] } },
});

/** A text up to its closing quote; one that is not closed goes to the end of the line. */
function text(stream: StringStream): "string" {
  const quote = stream.next();
  for (let next = stream.next(); next !== undefined && next !== quote; next = stream.next()) {
    if (next === "\\") stream.next();
  }
  return "string";
}
