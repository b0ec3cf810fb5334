import { kebabCase } from "#lib/model/naming/kebabCase.ts";
import { spokenName } from "#lib/model/naming/spokenName.ts";
import type { Process, Start } from "#lib/model/processTypes.ts";
import { sentenceList, withArticle } from "#lib/model/words/sentenceList.ts";
import { cronWords } from "../schedule/cronForm.ts";
import { type Say, sayText } from "./stepSentence.ts";

/** What begins runs, in one sentence. */
export function startSentence(start: Start, say: Say = sayText): string {
  switch (start.kind) {
    case "change": {
      const what = sentenceList((start.actions ?? []).map(pastOf), "or");
      const fields = sentenceList((start.fields ?? []).map(spokenName), "or");
      const change = what === "" ? "is created, changed or deleted" : `is ${what}`;
      const which = fields === "" ? "" : ` and its ${fields} changed`;
      const only = start.when === undefined ? "" : `, if ${say(start.when)}`;
      return `When ${withArticle(spokenName(start.resource))} ${change}${which}${only}.`;
    }
    case "schedule": {
      const words = cronWords(start.cron);
      return `${words.charAt(0).toUpperCase()}${words.slice(1)} (${start.zone ?? "UTC"}).`;
    }
    case "hook":
      return `When another system calls \`/hooks/${kebabCase(start.name)}\`.`;
    case "call":
      return start.allow === undefined
        ? "When a service key calls it over the API."
        : `When somebody calls it over the API, if ${say(start.allow)}.`;
  }
}

/** What starts a process, in one sentence. */
export function startsSentence(
  { starts = [] }: Pick<Process, "starts">,
  sayAt: (place: string) => Say = () => sayText,
): string {
  if (starts.length === 0) return "Nothing starts it but other processes.";
  return starts.map((start, index) => startSentence(start, sayAt(`start ${index}`))).join(" ");
}

function pastOf(action: string): string {
  if (action === "create") return "created";
  if (action === "update") return "changed";
  return action === "destroy" ? "deleted" : `changed by ${spokenName(action)}`;
}
