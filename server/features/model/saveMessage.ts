const longestSubject = 120;
const mostLines = 100;

/**
 * A commit's message: what it does in few words, `Rename Order.freight to shippingCost; add Customer.preferred`, and
 * below it, where that does not say it all, the sentences.
 */
export function saveMessage(clauses: readonly string[], sentences: readonly string[]): string {
  const distinct = [...new Set(clauses)];
  const subject = subjectOf(distinct);
  const whole = subject === joined(distinct) && distinct.length === sentences.length;
  return whole ? subject : `${subject}\n\n${list(sentences)}`;
}

function subjectOf(clauses: readonly string[]): string {
  for (let taken = clauses.length; taken > 1; taken -= 1) {
    const rest = clauses.length - taken;
    const subject = joined(clauses.slice(0, taken)) + (rest > 0 ? `; and ${rest} more` : "");
    if (subject.length <= longestSubject) return subject;
  }
  const rest = clauses.length - 1;
  return (clauses[0] ?? "") + (rest > 0 ? `; and ${rest} more` : "");
}

/** Each begins with a verb, which is in lower case within the line. */
function joined(clauses: readonly string[]): string {
  return clauses
    .map((clause, index) => (index === 0 ? clause : clause.charAt(0).toLowerCase() + clause.slice(1)))
    .join("; ");
}

function list(sentences: readonly string[]): string {
  const lines = sentences.slice(0, mostLines).map((sentence) => `- ${sentence}`);
  if (sentences.length > mostLines) lines.push(`- and ${sentences.length - mostLines} more`);
  return lines.join("\n");
}
