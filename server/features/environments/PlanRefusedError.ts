import type { PlanRefusal } from "#lib/compile/schema/SchemaPlan.ts";
import { AppError } from "#lib/errors/AppError.ts";

/** The model cannot be brought to this database as it is. Trying again helps only after the model or the rows change. */
export class PlanRefusedError extends AppError {
  readonly refusals: readonly PlanRefusal[];

  constructor(refusals: readonly PlanRefusal[]) {
    super("invalid_model", refusals.map(({ sentence }) => sentence).join(" "), {
      fields: refusals.map(({ code, path, sentence }) => ({ field: path.join("."), rule: code, message: sentence })),
    });
    this.refusals = refusals;
  }
}
