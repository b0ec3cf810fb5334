import { AppError } from "#lib/errors/AppError.ts";
import type { Sources } from "#lib/model/sources.ts";
import { readCheckedApp } from "../../functions/readCheckedApp.ts";

const mostShown = 100;

/** Rejects with `invalid_model` with every error and its place (`domain/order.ts:12:5`) unless the files are a sound app. */
export async function requireSoundModel(files: Sources): Promise<void> {
  const { problems } = await readCheckedApp(files);
  const errors = problems.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return;
  const count = errors.length === 1 ? "one error" : `${errors.length} errors`;
  throw new AppError("invalid_model", `The model has ${count}, so it was not saved. Mend what is marked.`, {
    fields: errors.slice(0, mostShown).map(({ file, range, code, message }) => ({
      field: `${file}:${range.start.line}:${range.start.column}`,
      rule: code,
      message,
    })),
  });
}
