import type { GraphQLFormattedError } from "graphql";
import { AppError } from "#lib/errors/AppError.ts";
import { answerBody, refusalBody } from "../../graphql/execute/answerBody.ts";
import type { Execution } from "../../graphql/execute/Execution.ts";
import { executeOperation } from "../../graphql/execute/executeOperation.ts";
import { formatError, isDefect } from "../../graphql/execute/formatError.ts";
import type { GraphqlApp } from "../../graphql/GraphqlApp.ts";
import { chosenOperation } from "../../graphql/request/chosenOperation.ts";
import type { GraphqlRequest } from "../../graphql/request/GraphqlRequest.ts";
import type { Operation } from "../../graphql/request/Operation.ts";
import type { ChangeFeed } from "../feed/ChangeFeed.ts";
import { payloadText } from "./payloadText.ts";
import { planSubscription } from "./planSubscription.ts";

export interface Operating {
  readonly app: GraphqlApp;
  readonly feed: ChangeFeed;
  readonly execution: Execution;
  /** By a request that must change nothing. */
  readonly isSafe?: boolean;
}

/** What an operation of any kind comes to, over any transport that can tell it piece by piece. */
export type OperationResults =
  /** It could not be run at all. */
  | { readonly kind: "refused"; readonly errors: readonly GraphQLFormattedError[] }
  /** Texts of JSON; `close` ends them. */
  | { readonly kind: "results"; readonly results: AsyncGenerator<string, void, void>; readonly close: () => void };

export async function operationResults(operating: Operating, request: GraphqlRequest): Promise<OperationResults> {
  const { app, execution } = operating;
  const refused = (errors: readonly GraphQLFormattedError[]): OperationResults => ({ kind: "refused", errors });
  try {
    const operation = chosenOperation(app, request);
    if (!("kind" in operation)) return refused(operation);
    if (operation.kind === "mutation" && operating.isSafe) {
      throw new AppError("method_not_allowed", "Send mutations by POST.");
    }
    if (operation.kind === "subscription") return await subscribed(operating, operation, request);
    const answer = await executeOperation(app, operation, { variables: request.variables, execution });
    if (answer.kind === "refused") return refused(answer.errors);
    const body = answerBody(answer.answers);
    return { kind: "results", results: once(Buffer.from(body).toString("utf8")), close: () => {} };
  } catch (error) {
    if (isDefect(error)) execution.onDefect(error);
    return refused([formatError(error)]);
  }
}

async function subscribed(
  { app, feed, execution }: Operating,
  operation: Operation,
  { variables }: GraphqlRequest,
): Promise<OperationResults> {
  const planned = planSubscription(app, operation, { variables, actor: execution.actor });
  if (!("question" in planned)) return { kind: "refused", errors: planned };
  const { question, after, layout } = planned;
  const listening = await feed.listen([question], after);
  const close = () => listening.close();
  async function* results(): AsyncGenerator<string, void, void> {
    try {
      for await (const change of listening.changes()) yield payloadText(change, layout);
    } catch (error) {
      yield failure(error, execution);
    } finally {
      listening.close();
    }
  }
  return { kind: "results", results: results(), close };
}

/** The last result of a subscription that cannot go on. */
function failure(error: unknown, { onDefect }: Execution): string {
  if (!(error instanceof AppError) || error.status >= 500) onDefect(error);
  return Buffer.from(refusalBody([formatError(error)])).toString("utf8");
}

async function* once(text: string): AsyncGenerator<string, void, void> {
  yield text;
}
