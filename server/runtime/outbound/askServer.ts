import { EgressError } from "../egress/EgressError.ts";
import { type OutAnswer, type OutOptions, type OutRequest, outFetch } from "../egress/outFetch.ts";
import { StepError } from "../processes/StepError.ts";

/** A request of a step; an answer that is no success is a failure of the step. */
export async function askServer(request: OutRequest, options: OutOptions): Promise<OutAnswer> {
  let answer: OutAnswer;
  try {
    answer = await outFetch(request, options);
  } catch (error) {
    if (!(error instanceof EgressError)) throw error;
    throw new StepError(error.code, error.message, { isLasting: error.isLasting, cause: error });
  }
  if (answer.status < 400) return answer;
  const message = `${new URL(answer.url).host} answered ${answer.status}.`;
  throw new StepError(`http_${answer.status}`, message, { isLasting: isLasting(answer.status) });
}

/** What the caller did wrong stays wrong, unless it came too early, too slowly or too often. */
function isLasting(status: number): boolean {
  return status < 500 && status !== 408 && status !== 409 && status !== 425 && status !== 429;
}
