import { appOptionCodes } from "../print/printApp.ts";
import { quoteText } from "../print/quoteText.ts";
import { plain } from "../read/literals.ts";
import { appOptions } from "../read/readApp.ts";
import { isExpression } from "../read/readProperties.ts";
import type { AppConfig } from "../types.ts";
import { editOptions, optionsObject } from "./editCall.ts";
import { editCode } from "./editCode.ts";
import { findProperty } from "./objectOptions.ts";
import type { SourceFile } from "./SourceFile.ts";
import { cannotEdit, exportedCall, openSource } from "./SourceFile.ts";

interface AppEdit {
  readonly before: AppConfig;
  readonly after: AppConfig;
}

/** The text of `gantry.config.ts` once it says `after` and no longer `before`. */
export function editApp(path: string, text: string, edit: AppEdit): string {
  const source = editRoles(openSource(path, text), edit);
  const codes = (app: AppConfig) => [
    ...(app.name === "" ? [] : [["name", quoteText(app.name, source.style)] as const]),
    ...appOptionCodes(app, source.style),
  ];
  const before = codes({ ...edit.before, ...keptRoles(edit) });
  const after = codes(edit.after);
  return editOptions(source, exportedCall, { before, after, argument: 0, order: appOptions, derived: [] }).text;
}

/** Roles that stay a list or a map are edited one by one. */
function editRoles(source: SourceFile, edit: AppEdit): SourceFile {
  if (!keptRoles(edit).roles) return source;
  const code = (app: AppConfig) => appOptionCodes(app, source.style).find(([name]) => name === "roles")?.[1] ?? "";
  const find = (current: SourceFile) => {
    const options = optionsObject(current, exportedCall(current), 0);
    const value = options && findProperty(options, "roles")?.value;
    if (!value || !isExpression(value)) throw cannotEdit(current.path);
    return plain(value);
  };
  return editCode(source, find, { before: code(edit.before), after: code(edit.after) });
}

function keptRoles({ before, after }: AppEdit): Pick<AppConfig, "roles"> {
  return before.roles && after.roles ? { roles: after.roles } : {};
}
