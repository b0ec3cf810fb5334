import type { OtherReport } from "../ImportReport.ts";
import { refusal } from "../refusal.ts";

/** Commands of psql that say nothing of the data. */
const harmless =
  /^\\(?:restrict|unrestrict|echo|qecho|warn|set|unset|pset|timing|encoding|if|else|endif|x|a|t|q|r|p|\.|errverbose)\b|^\\\.|^\\$/;

/** What is to be told of a psql command in a dump; null for nothing. Throws for one without which data is missing. */
export function commandNote(text: string, line: number): OtherReport | null {
  if (harmless.test(text)) return null;
  if (/^\\c(?:onnect)?\b/.test(text)) {
    return {
      kind: "statement",
      name: text.slice(0, 80),
      message: `Line ${line} goes on in another database; all of the dump was loaded into one.`,
    };
  }
  throw refusal(
    `Line ${line} has the psql command "${text.slice(0, 40)}", which cannot be run here. Make a dump with pg_dump --format=plain.`,
  );
}
