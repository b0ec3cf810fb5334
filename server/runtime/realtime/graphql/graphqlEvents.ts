import { AppError } from "#lib/errors/AppError.ts";
import { refusalBody } from "../../graphql/execute/answerBody.ts";
import type { GraphqlRequest } from "../../graphql/request/GraphqlRequest.ts";
import { parseRequest } from "../../graphql/request/parseRequest.ts";
import type { Answer } from "../../http/Answer.ts";
import type { AppRequest } from "../../http/AppRequest.ts";
import type { Streams } from "../../http/Streams.ts";
import { EventStream } from "../sse/EventStream.ts";
import { oneLine } from "../sse/eventText.ts";
import { type Operating, type OperationResults, operationResults } from "./operationResults.ts";

export interface GraphqlEvents {
  readonly operating: Operating;
  readonly streams: Streams;
  /** Whether the caller's key is still good. */
  readonly isAllowed: () => boolean;
  readonly onDefect: (error: unknown) => void;
}

/** Runs an operation of any kind and tells its results as `next` events, then `complete`. */
export async function graphqlEvents(route: GraphqlEvents, request: AppRequest): Promise<Answer> {
  const { operating, streams, isAllowed, onDefect } = route;
  const asked = await requestIn(request);
  let stream: EventStream | null = null;
  let isOver = false;
  const release = streams.open(() => {
    isOver = true;
    stream?.finish();
  });
  try {
    const results = await operationResults({ ...operating, isSafe: request.method === "GET" }, asked);
    stream = new EventStream({
      events: eventTexts(results),
      heartbeat: () => ":\n\n",
      farewell: null,
      isAllowed,
      onEnd: () => {
        if (results.kind === "results") results.close();
        release();
      },
      onDefect,
    });
    // The release may have ended while its database was asked.
    if (isOver) stream.finish();
  } catch (error) {
    release();
    throw error;
  }
  const headers = ["x-accel-buffering", "no"];
  return { status: 200, contentType: "text/event-stream; charset=utf-8", body: null, headers, stream, isPatient: true };
}

async function requestIn({ method, query, headers, body }: AppRequest): Promise<GraphqlRequest> {
  const text = method === "POST" ? await body() : "";
  const asked = parseRequest({ method, query, contentType: headers["content-type"], body: text });
  if (!("query" in asked)) throw new AppError("invalid_request", "Send one request at a time for events.");
  return asked;
}

async function* eventTexts(results: OperationResults): AsyncGenerator<string, void, void> {
  // Proxies and clients learn that the stream is there before anything happens.
  yield ":\n\n";
  if (results.kind === "refused") yield nextText(Buffer.from(refusalBody(results.errors)).toString("utf8"));
  else for await (const result of results.results) yield nextText(oneLine(result));
  yield "event: complete\ndata:\n\n";
}

const nextText = (result: string) => `event: next\ndata: ${result}\n\n`;
