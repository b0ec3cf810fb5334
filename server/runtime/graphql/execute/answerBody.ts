import type { GraphQLFormattedError } from "graphql";
import type { RootAnswer } from "./RootAnswer.ts";

/** `{"errors":[…],"data":{…}}` from the JSON that the database made, passed on as it is. */
export function answerBody(answers: readonly RootAnswer[]): Uint8Array {
  const errors = answers.flatMap((answer) => answer.errors);
  const lost = answers.some(({ json, nonNull }) => nonNull && json === null);
  const head = errors.length === 0 ? "{" : `{"errors":${JSON.stringify(errors)},`;
  if (lost) return Buffer.from(`${head}"data":null}`);
  const pieces: Uint8Array[] = [Buffer.from(`${head}"data":{`)];
  for (const [index, { name, json }] of answers.entries()) {
    pieces.push(Buffer.from(`${index === 0 ? "" : ","}${JSON.stringify(name)}:`), ...(json ?? [nothing]));
  }
  pieces.push(end);
  return Buffer.concat(pieces);
}

/** A list of answers in the order of their requests. */
export function batchBody(bodies: readonly Uint8Array[]): Uint8Array {
  const pieces = bodies.flatMap((body, index) => [index === 0 ? opening : comma, body]);
  return Buffer.concat([...pieces, closing]);
}

/** A request that could not be run at all has no `data`. */
export const refusalBody = (errors: readonly GraphQLFormattedError[]): Uint8Array =>
  Buffer.from(JSON.stringify({ errors }));

const nothing = Buffer.from("null");
const end = Buffer.from("}}");
const [opening, comma, closing] = [Buffer.from("["), Buffer.from(","), Buffer.from("]")];
