import { AppError } from "#lib/errors/AppError.ts";

/** Whoever comes by a provider or a mail alone cannot give what else a record needs: says so, in place of its fields. */
export async function toldWhatIsMissing<Result>(made: Promise<Result>): Promise<Result> {
  try {
    return await made;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "invalid_input") throw error;
    const names = error.fields.map(({ field }) => field).join(", ");
    const sentence = `An account cannot be made in this way: it needs more than is known of you (${names}). Ask whoever runs the app for an invitation.`;
    throw new AppError("invalid_input", sentence, { fields: error.fields, cause: error });
  }
}
