const longestSubject = 120;
const mostLines = 100;

/**
 * A commit's message from the sentences of what it does: `Rename Order.freight to shippingCost; add Customer.preferred`,
 * and where that is too long, the first of them with the whole list below.
 */
export function saveMessage(sentences: readonly string[]): string {
  const clauses = sentences.map((sentence, index) => clause(sentence, index > 0));
  for (let taken = clauses.length; taken > 0; taken -= 1) {
    const rest = clauses.length - taken;
    const subject = clauses.slice(0, taken).join("; ") + (rest > 0 ? `; and ${rest} more` : "");
    if (subject.length > longestSubject && taken > 1) continue;
    return rest === 0 ? subject : `${subject}\n\n${list(sentences)}`;
  }
  return "";
}

function clause(sentence: string, inner: boolean): string {
  const bare = sentence.replace(/\.$/, "");
  return inner ? bare.charAt(0).toLowerCase() + bare.slice(1) : bare;
}

function list(sentences: readonly string[]): string {
  const lines = sentences.slice(0, mostLines).map((sentence) => `- ${sentence}`);
  if (sentences.length > mostLines) lines.push(`- and ${sentences.length - mostLines} more`);
  return lines.join("\n");
}
