import { Failure } from "../Failure.ts";
import type { ExitCode } from "./exitCodes.ts";
import { exitCodes } from "./exitCodes.ts";

interface Told {
  readonly exit?: ExitCode;
  /** Stable, for scripts: `not_found`, `invalid_model` … */
  readonly code?: string;
  /** What else a script may want to know. */
  readonly details?: unknown;
  readonly cause?: unknown;
}

/** A command that could not do what it was asked: one sentence for the person, a code for scripts. */
export class CliFailure extends Failure {
  readonly exit: ExitCode;
  readonly code: string;
  readonly details: unknown;

  constructor(message: string, { exit = exitCodes.refused, code = "failed", details, cause }: Told = {}) {
    super(message, { cause });
    this.exit = exit;
    this.code = code;
    this.details = details;
  }
}
