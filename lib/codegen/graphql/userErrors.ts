import { type ErrorCode, errorCodes } from "../../errors/codes.ts";

/** Refusals that a form can show: mutations answer them as data. All others are errors of the request. */
export const userErrorCodes = [
  "invalid_input",
  "unknown_field",
  "conflict",
  "version_mismatch",
  "illegal_transition",
  "not_found",
] as const satisfies readonly ErrorCode[];

/** Whether a mutation tells it in `errors`. */
export function isUserError(code: ErrorCode): boolean {
  return (userErrorCodes as readonly ErrorCode[]).includes(code);
}

/** The types of `errors` in what mutations answer. */
export const userErrorSdl = [
  [
    '"Why an action was refused; REST has the same codes."',
    "enum UserErrorCode {",
    ...userErrorCodes.map((code) => `  ${JSON.stringify(`${errorCodes[code].title}.`)}\n  ${code}`),
    "}",
  ].join("\n"),
  [
    '"A refused action, as data: nothing of it has happened."',
    "type UserError {",
    "  code: UserErrorCode!",
    '  "A sentence that says what to do."',
    "  message: String!",
    '  "All that is wrong, at once."',
    "  fields: [FieldError!]!",
    "}",
  ].join("\n"),
  [
    '"What is wrong with one field of an input."',
    "type FieldError {",
    '  "Where it is: `title`, `address.city`, `lines.2.amount`."',
    "  field: String!",
    '  "Which rule it breaks, such as `required`, `unique` or `max`; stable."',
    "  rule: String!",
    '  "A sentence for people."',
    "  message: String!",
    '  "What would be legal, where that can be told."',
    "  allowed: [String!]",
    '  "Of a change of many records: the id of the one that it is about."',
    "  key: ID",
    "}",
  ].join("\n"),
].join("\n\n");
