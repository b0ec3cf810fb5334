import { StreamLanguage, type StringStream } from "@codemirror/language";

const keywords = /^(?:query|mutation|subscription|fragment|on|true|false|null)$/;

/** As much of GraphQL as colours need. */
export const graphqlLanguage = StreamLanguage.define({
  token(stream: StringStream): string | null {
    if (stream.eatSpace()) return null;
    if (stream.match(/#.*/)) return "comment";
    if (stream.match(/"(?:[^"\\]|\\.)*"?/)) return "string";
    if (stream.match(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/)) return "number";
    if (stream.match(/[$@][A-Za-z_]\w*/)) return "variableName";
    const word = stream.match(/[A-Za-z_]\w*/);
    if (Array.isArray(word)) return keywords.test(word[0] ?? "") ? "keyword" : "propertyName";
    stream.next();
    return null;
  },
});

/** As much of JSON as colours need. */
export const jsonLanguage = StreamLanguage.define({
  token(stream: StringStream): string | null {
    if (stream.eatSpace()) return null;
    if (stream.match(/"(?:[^"\\]|\\.)*"?(?=\s*:)/)) return "propertyName";
    if (stream.match(/"(?:[^"\\]|\\.)*"?/)) return "string";
    if (stream.match(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/)) return "number";
    if (stream.match(/(?:true|false|null)\b/)) return "keyword";
    stream.next();
    return null;
  },
});
