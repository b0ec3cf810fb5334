import { quoteText } from "../print/quoteText.ts";
import type { AppConfig } from "../types.ts";
import { editOptions } from "./editCall.ts";
import { exportedCall, openSource } from "./SourceFile.ts";

/** The text of `gantry.config.ts` once it says `after` and no longer `before`. */
export function editApp(
  path: string,
  text: string,
  edit: { readonly before: AppConfig; readonly after: AppConfig },
): string {
  const source = openSource(path, text);
  const codes = ({ name, describe }: AppConfig) => [
    ...(name === "" ? [] : [["name", quoteText(name, source.style)] as const]),
    ...(describe === undefined ? [] : [["describe", quoteText(describe, source.style)] as const]),
  ];
  const before = codes(edit.before);
  const after = codes(edit.after);
  return editOptions(source, exportedCall, { before, after, argument: 0, order: ["name", "describe"], derived: [] })
    .text;
}
