import { createHash } from "node:crypto";
import { canonicalJson } from "#lib/compile/canonicalJson.ts";
import type { ProcessProgram } from "#lib/model/runs/ProcessProgram.ts";
import { programOf } from "#lib/model/runs/programOf.ts";
import type { JsonValue } from "#lib/model/types.ts";
import type { App } from "../host/App.ts";

/** The version of a process that an app has. */
export interface ProgramVersion {
  /** Hex SHA-256 of the text. */
  readonly hash: string;
  readonly text: string;
  readonly program: ProcessProgram;
}

/** Null where the app has no such process. */
export function programNamed(app: App, name: string): ProgramVersion | null {
  const known = app.part(programNamed, () => new Map<string, ProgramVersion>());
  const found = known.get(name);
  if (found) return found;
  const process = app.model.processes?.find((candidate) => candidate.name === name);
  if (!process) return null;
  const program = programOf(app.model, process);
  const text = canonicalJson(program as unknown as JsonValue);
  const version = { hash: createHash("sha256").update(text).digest("hex"), text, program };
  known.set(name, version);
  return version;
}
