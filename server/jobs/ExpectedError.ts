/** A step cannot go on for a reason that was foreseen and has been kept where people look; trying again may help. */
export class ExpectedError extends Error {
  override readonly name = "ExpectedError";
}
