import { spokenName } from "#lib/model/naming/spokenName.ts";
import type { Step } from "#lib/model/processTypes.ts";
import { sentenceList, withArticle } from "#lib/model/words/sentenceList.ts";
import { durationWords } from "./durationWords.ts";

/** A condition as part of a sentence. */
export type Say = (text: string) => string;

/** The text itself, between backticks; what is nothing but a text in quotes, as a quotation. */
export const sayText: Say = (text) => {
  const plain = text.replace(/\s+/g, " ").trim();
  if (plain === "") return "…";
  const quoted = /^'([^'\\]*)'$/.exec(plain)?.[1];
  return quoted === undefined ? `\`${plain}\`` : `“${quoted}”`;
};

/** What a step does, in one sentence; `say` puts its conditions into words. */
export function stepSentence(step: Step, say: Say = sayText): string {
  const words = head(step, say);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${step.when === undefined ? "" : `, only if ${say(step.when)}`}.`;
}

function head(step: Step, say: Say): string {
  switch (step.kind) {
    case "action":
      return actionWords(step);
    case "find":
      return `look up the ${spokenName(step.resource)} ${sayText(step.key)}`;
    case "select": {
      const where = (step.where ?? []).map(({ name, expression }) => `${spokenName(name)} is ${sayText(expression)}`);
      const read = step.action === undefined ? "" : ` by ${spokenName(step.action)}`;
      return `read up to ${step.limit ?? 100} ${spokenName(step.resource)} records${read}${where.length === 0 ? "" : ` whose ${sentenceList(where)}`}`;
    }
    case "transform":
      return step.values.length === 0
        ? "work out nothing yet"
        : `work out ${sentenceList(step.values.map(({ name }) => spokenName(name)))}`;
    case "branch":
      return step.branches.length === 1
        ? `go one way if ${isOpen(step.branches[0]?.when) ? "a condition holds" : say(step.branches[0]?.when ?? "")}, another if not`
        : `go the first of ${step.branches.length} ways whose condition holds`;
    case "forEach":
      return `for each ${spokenName(step.as)} of ${sayText(step.items)}${step.atOnce === undefined ? "" : `, ${step.atOnce} at once`}`;
    case "repeat":
      return `repeat while ${say(step.while)}, at most ${step.atMost} times`;
    case "parallel":
      return `do ${step.branches.length === 1 ? "one thing" : `${step.branches.length} things`} at the same time: ${sentenceList(step.branches.map(({ name }) => spokenName(name)))}`;
    case "wait":
      return step.until === undefined ? `wait for ${waitWords(step.for ?? "")}` : `wait until ${sayText(step.until)}`;
    case "waitFor":
      return `wait until a change of ${withArticle(spokenName(step.resource))} fits, at most ${durationWords(step.within)}`;
    case "request":
      return `call ${step.method} ${sayText(step.url)}${step.connection === undefined ? "" : ` of ${spokenName(step.connection)}`}`;
    case "mail":
      return `mail ${sayText(step.subject)} to ${sayText(step.to)}`;
    case "function":
      return step.function === "" ? "run a function" : `run the function \`${step.function}\``;
    case "process": {
      const which = step.process === "" ? "another process" : `the process \`${step.process}\``;
      return step.detached ? `start ${which} and go on` : `run ${which} to its end`;
    }
    case "ask":
      return step.returns.length === 0
        ? "ask a language model"
        : `ask a language model for ${sentenceList(step.returns.map(({ name }) => spokenName(name)))}`;
    case "emit":
      return `tell listeners of \`${step.type}\``;
    case "fail":
      return `end the run as failed with ${sayText(step.message)}`;
  }
}

/** A condition that nobody has written yet. */
function isOpen(when: string | undefined): boolean {
  return when === undefined || when.trim() === "true" || when.trim() === "";
}

function actionWords(step: Extract<Step, { readonly kind: "action" }>): string {
  const noun = spokenName(step.resource);
  const fields = (step.input ?? []).map(({ name }) => spokenName(name));
  const given = fields.length === 0 ? "" : ` with ${sentenceList(fields)}`;
  if (step.key === undefined) {
    const verb = step.action === "create" ? "create" : `${spokenName(step.action)}:`;
    return `${verb} ${withArticle(noun)}${given}`;
  }
  const verb = step.action === "destroy" ? "delete" : spokenName(step.action);
  return `${verb} the ${noun} ${sayText(step.key)}${step.action === "update" ? given.replace("with", "setting") : given}`;
}

function waitWords(text: string): string {
  const literal = /^(?:duration\()?['"](P[^'"]+)['"]\)?$/.exec(text.trim())?.[1];
  return literal === undefined ? sayText(text) : durationWords(literal);
}
