import { spokenName } from "../../model/naming/spokenName.ts";
import type { Action, Resource } from "../../model/types.ts";
import { sentenceList, withArticle } from "../../model/words/sentenceList.ts";
import { type Asker, askerWords } from "../../plan/access/matrix/Asker.ts";
import type { Cell } from "../../plan/access/matrix/cellOf.ts";

interface AccessSides {
  readonly before: Cell | null;
  readonly after: Cell | null;
  readonly asker: Asker;
  readonly resource: Resource;
  readonly action: Action;
}

/** What people may do now, and what they might before: a sentence without its full stop. */
export function accessWords({ before, after, asker, resource, action }: AccessSides): string {
  const who = askerWords(asker);
  // A named read is a list, and no verb.
  const isList = action.type === "read" && action.name !== "read";
  const does = isList ? "read" : spokenName(action.name);
  const by = isList ? ` by \`${action.name}\`` : "";
  const many = `${spokenName(resource.plural)}${by}`;
  const all = action.type === "create" ? many : `all ${many}`;
  const one = `${withArticle(spokenName(resource.name))}${by}`;
  const [was, is] = [before?.verdict ?? "no", after?.verdict ?? "no"];
  switch (is) {
    case "no":
      return `${who} may no longer ${does} ${many}`;
    case "yes":
      return was === "sometimes"
        ? `${who} may now ${does} ${all}, not only ${whereWords(before)}`
        : `${who} may now ${does} ${all}`;
    case "sometimes": {
      const now = `${who} may now ${does} ${one} only ${whereWords(after)}`;
      if (was === "yes") return `${now}; before, ${all}`;
      return was === "no" ? now.replace(" only ", " ") : `${now}; before, only ${whereWords(before)}`;
    }
  }
}

function whereWords(cell: Cell | null): string {
  return cell?.condition ? `where ${cell.condition}` : "where policies let them";
}

/** `A sales user may read and create invoices, which are new`. */
export function newAccessWords(cells: readonly Cell[], asker: Asker, { plural }: Resource): string {
  const names = (verdict: Cell["verdict"]) =>
    cells.filter((cell) => cell.verdict === verdict).map(({ action }) => spokenName(action.name));
  const [always, sometimes] = [names("yes"), names("sometimes")];
  const parts = [
    ...(always.length > 0 ? [sentenceList(always)] : []),
    ...(sometimes.length > 0 ? [`under conditions ${sentenceList(sometimes)}`] : []),
  ];
  return `${askerWords(asker)} may ${parts.join(", and ")} ${spokenName(plural)}, which are new`;
}
