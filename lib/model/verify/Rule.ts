import type { ModelCommand } from "../commands/ModelCommand.ts";
import type { Problem } from "../Problem.ts";
import type { Places } from "../read/Places.ts";
import type { SourceRange } from "../sources.ts";
import type { Model } from "../types.ts";

/** One thing that must hold for a model. Works on drafts, so names may lead nowhere. */
export type Rule = (draft: Model, places: Places) => readonly Problem[];

export interface Finding {
  readonly code: string;
  readonly path: readonly string[];
  /** Which part of the text at the path it concerns, where it is not the whole. */
  readonly part?: { readonly start: number; readonly end: number };
  readonly message: string;
  readonly severity?: Problem["severity"];
  readonly fix?: { readonly title: string; readonly command: ModelCommand };
}

const nowhere: SourceRange = {
  start: { offset: 0, line: 1, column: 1 },
  end: { offset: 0, line: 1, column: 1 },
};

/** A problem at the place of its path. */
export function problemAt(places: Places, { code, path, part, message, severity = "error", fix }: Finding): Problem {
  const place = (part ? places.rangeWithin(path, part) : places.rangeOf(path)) ?? {
    file: "gantry.config.ts",
    range: nowhere,
  };
  return { code, severity, message, file: place.file, range: place.range, path, ...(fix ? { fix } : {}) };
}
