import { appOptionCodes } from "../print/printApp.ts";
import { quoteText } from "../print/quoteText.ts";
import { plain } from "../read/literals.ts";
import { appOptions } from "../read/readApp.ts";
import { isExpression } from "../read/readProperties.ts";
import type { AppConfig } from "../types.ts";
import { editOptions, optionsObject } from "./editCall.ts";
import { editCode } from "./editCode.ts";
import { editImports } from "./editImports.ts";
import { findProperty } from "./objectOptions.ts";
import type { SourceFile } from "./SourceFile.ts";
import { cannotEdit, exportedCall, openSource } from "./SourceFile.ts";

const editedParts = ["roles", "auth", "connections", "api"] as const;

interface AppEdit {
  readonly before: AppConfig;
  readonly after: AppConfig;
}

/** The text of `gantry.config.ts` once it says `after` and no longer `before`. */
export function editApp(path: string, text: string, edit: AppEdit): string {
  const opened = openSource(path, text);
  const source = editParts(opened, edit);
  const codes = (app: AppConfig) => [
    ...(app.name === "" ? [] : [["name", quoteText(app.name, source.style)] as const]),
    ...appOptionCodes(app, source.style),
  ];
  const before = codes({ ...edit.before, ...keptParts(edit) });
  const after = codes(edit.after);
  const done = editOptions(source, exportedCall, { before, after, argument: 0, order: appOptions, derived: [] });
  return done === opened ? text : editImports(opened, done).text;
}

/** Parts that are there before and after are edited where they differ, not written anew. */
function editParts(source: SourceFile, edit: AppEdit): SourceFile {
  return editedParts.reduce((current, part) => {
    if (!edit.before[part] || !edit.after[part]) return current;
    const code = (app: AppConfig) => appOptionCodes(app, current.style).find(([name]) => name === part)?.[1] ?? "";
    const find = (latest: SourceFile) => {
      const options = optionsObject(latest, exportedCall(latest), 0);
      const value = options && findProperty(options, part)?.value;
      if (!value || !isExpression(value)) throw cannotEdit(latest.path);
      return plain(value);
    };
    return editCode(current, find, { before: code(edit.before), after: code(edit.after) });
  }, source);
}

function keptParts({ before, after }: AppEdit): Partial<AppConfig> {
  const kept = editedParts.filter((part) => before[part] && after[part]);
  return Object.fromEntries(kept.map((part) => [part, after[part]]));
}
