import type { ColumnMark, Retirement } from "./Schema.ts";

/** Marks are comments in the database: `gantry {"of":"code","retired":{"at":"2026-01-31T08:00:00Z","release":7}}`. */
const prefix = "gantry ";

export function printMark({ of, form, filled, retired }: ColumnMark): string | null {
  const mark = {
    ...(of !== undefined && { of }),
    ...(form !== undefined && { form }),
    ...(filled !== undefined && { filled }),
    ...(retired && { retired: { at: retired.at, release: retired.release } }),
  };
  return Object.keys(mark).length === 0 ? null : prefix + JSON.stringify(mark);
}

/** A comment that is none of ours is no mark. */
export function readMark(comment: string | null): ColumnMark | null {
  if (!comment?.startsWith(prefix)) return null;
  let read: unknown;
  try {
    read = JSON.parse(comment.slice(prefix.length));
  } catch {
    return null;
  }
  const of = textIn(read, "of");
  const form = textIn(read, "form");
  const filled = textIn(read, "filled");
  const retired = retirementIn(read);
  return {
    ...(of !== null && { of }),
    ...(form !== null && { form }),
    ...(filled !== null && { filled }),
    ...(retired && { retired }),
  };
}

function textIn(value: unknown, name: string): string | null {
  const found = memberOf(value, name);
  return typeof found === "string" ? found : null;
}

function retirementIn(value: unknown): Retirement | null {
  const found = memberOf(value, "retired");
  const at = textIn(found, "at");
  const release = memberOf(found, "release");
  return at === null ? null : { at, release: typeof release === "number" ? release : null };
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
