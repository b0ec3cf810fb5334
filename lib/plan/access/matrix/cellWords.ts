import { spokenName } from "../../../model/naming/spokenName.ts";
import { withArticle } from "../../../model/words/sentenceList.ts";
import { askerName, askerWords } from "./Asker.ts";
import type { Cell, Reason, Verdict } from "./cellOf.ts";

export const verdictWords: Readonly<Record<Verdict, string>> = { yes: "Yes", no: "No", sometimes: "Sometimes" };

/** For those who hear it: `sales, update: Sometimes`. */
export function cellLabel({ asker, action, verdict }: Cell): string {
  return `${askerName(asker)}, ${spokenName(action.name)}: ${verdictWords[verdict]}`;
}

/** What a cell means, a whole sentence. */
export function cellSentence(cell: Cell): string {
  const { asker, resource, action, verdict, condition } = cell;
  const who = askerWords(asker);
  const does = spokenName(action.name);
  const many = spokenName(resource.plural);
  const one = withArticle(spokenName(resource.name));
  switch (verdict) {
    case "yes":
      return `${who} may ${does} ${action.type === "create" ? many : `all ${many}`}.`;
    case "no":
      return `${who} may not ${does} ${many}: ${refusal(cell)}.`;
    case "sometimes":
      return condition === null
        ? `${who} may ${does} some ${many}, as the policies below say.`
        : `${who} may ${does} ${one} only where ${condition}.`;
  }
}

function refusal({ reasons, unreadable, resource }: Cell): string {
  if (unreadable) return `nobody changes what they may not read, and they may read no ${spokenName(resource.plural)}`;
  const speaking = reasons.filter(({ effect }) => effect === "allow");
  if (speaking.length === 0) return "no policy allows it";
  if (speaking.every(({ says }) => says === "never" || says === "broken"))
    return "no policy that allows it is for them";
  return "a policy forbids it";
}

/** What a policy says for the people of a cell. */
export function reasonWords({ effect, says }: Reason): string {
  switch (says) {
    case "broken":
      return "cannot be understood; until it is mended nothing comes of it";
    case "never":
      return effect === "allow" ? "does not allow it to them" : "does not forbid it to them";
    case "always":
      return effect === "allow" ? "allows it" : "forbids it";
    case "sometimes":
      return effect === "allow" ? "allows it in some cases" : "forbids it in some cases";
  }
}
