/** An expression that says something a little different. */
export interface TextMutation {
  readonly text: string;
  /** "`<` instead of `<=`" */
  readonly change: string;
}

const swaps: Readonly<Record<string, string>> = {
  "&&": "||",
  "||": "&&",
  "<=": "<",
  "<": "<=",
  ">=": ">",
  ">": ">=",
  "==": "!=",
  "!=": "==",
};

/** Texts and names are passed over; what is left are operators, numbers and the sign that negates. */
const tokens = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[A-Za-z_][\w]*|\d+(?:\.\d+)?|&&|\|\||<=|>=|==|!=|<|>|!/g;

/** Flips each comparison and connective, takes away each negation and shifts each bound by one. */
export function textMutations(text: string): readonly TextMutation[] {
  return [...text.matchAll(tokens)].flatMap((match): TextMutation[] => {
    const [token] = match;
    const put = (other: string) => text.slice(0, match.index) + other + text.slice(match.index + token.length);
    const swap = swaps[token];
    if (swap !== undefined) return [{ text: put(swap), change: `\`${swap}\` instead of \`${token}\`` }];
    if (token === "!") return [{ text: put(""), change: "without the negation" }];
    if (!/^\d+$/.test(token) || token.length > 9) return [];
    const shifted = String(Number(token) + 1);
    return [{ text: put(shifted), change: `\`${shifted}\` instead of \`${token}\`` }];
  });
}
