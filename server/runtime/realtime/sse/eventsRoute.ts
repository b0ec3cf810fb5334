import { AppError } from "#lib/errors/AppError.ts";
import type { Catalog } from "#lib/plan/catalog/Catalog.ts";
import type { Answer } from "../../http/Answer.ts";
import type { AppRequest } from "../../http/AppRequest.ts";
import { MethodError } from "../../http/problemAnswer.ts";
import type { Streams } from "../../http/Streams.ts";
import type { RestApp } from "../../rest/RestApp.ts";
import type { ChangeFeed } from "../feed/ChangeFeed.ts";
import type { Listening } from "../feed/Listening.ts";
import { type Position, parsePosition } from "../feed/Position.ts";
import type { Question } from "../feed/Question.ts";
import { EventStream } from "./EventStream.ts";
import { changeText, farewell, greeting, heartbeat, resetText } from "./eventText.ts";
import { readEventsQuery } from "./readEventsQuery.ts";

export interface EventsRoute {
  readonly app: RestApp;
  readonly feed: ChangeFeed;
  readonly streams: Streams;
  /** Whether the caller's key is still good. */
  readonly isAllowed: () => boolean;
  readonly onDefect: (error: unknown) => void;
}

/** `GET /events`: the changes that the caller may see, as they happen, from where the caller was before. */
export async function eventsRoute(route: EventsRoute, request: AppRequest): Promise<Answer> {
  const { app, feed, streams, isAllowed, onDefect } = route;
  if (request.method !== "GET") throw new MethodError(["GET"]);
  checkAccept(request.headers.accept);
  const { questions, after } = readEventsQuery(app, request.actor, request.query);
  const beginning = beginningOf(request, after);
  let stream: EventStream | null = null;
  let isOver = false;
  const release = streams.open(() => {
    isOver = true;
    stream?.finish();
  });
  const current: { listening: Listening | null } = { listening: null };
  try {
    const events = eventTexts({ feed, questions, catalog: app.catalog, current }, beginning);
    // What may not be asked is refused before anything is sent.
    const first = await events.next();
    stream = new EventStream({
      events: withFirst(first, events),
      heartbeat: () => (current.listening ? heartbeat(current.listening.position) : ":\n\n"),
      farewell: farewell(),
      isAllowed,
      onEnd: () => {
        current.listening?.close();
        release();
      },
      onDefect,
    });
    // The release may have ended while its database was asked.
    if (isOver) stream.finish();
  } catch (error) {
    current.listening?.close();
    release();
    throw error;
  }
  const headers = ["x-accel-buffering", "no"];
  return { status: 200, contentType: "text/event-stream; charset=utf-8", body: null, headers, stream, isPatient: true };
}

function checkAccept(accept = "*/*"): void {
  const takes = accept.split(",").some((part) => {
    const [type = "", ...parameters] = part.split(";").map((piece) => piece.trim().toLowerCase());
    return ["text/event-stream", "text/*", "*/*"].includes(type) && !parameters.includes("q=0");
  });
  if (!takes) throw new AppError("not_acceptable", "Changes come as text/event-stream; accept that.");
}

type Beginning = { readonly after: Position | null } | { readonly last: string };

/** A browser that comes back repeats the query of its first request, and knows better where it is. */
function beginningOf({ headers }: AppRequest, after: string | null): Beginning {
  const last = headers["last-event-id"];
  return typeof last === "string" && last !== "" ? { last } : { after: positionIn(after) };
}

function positionIn(after: string | null): Position | null {
  if (after === null) return null;
  const position = parsePosition(after);
  if (position) return position;
  const message = "Give the id of an event here, as it came.";
  throw new AppError("invalid_cursor", message, { fields: [{ field: "after", rule: "cursor", message }] });
}

interface Telling {
  readonly feed: ChangeFeed;
  readonly questions: readonly Question[];
  readonly catalog: Catalog;
  /** The reader that stands behind the texts. */
  readonly current: { listening: Listening | null };
}

/** Who names a place in the query wants to know when it is gone; who comes back by itself goes on with a `reset`. */
async function* eventTexts(telling: Telling, beginning: Beginning): AsyncGenerator<string, void, void> {
  const { feed, questions, catalog, current } = telling;
  let isReset = false;
  if ("after" in beginning) current.listening = await feed.listen(questions, beginning.after);
  else {
    const position = parsePosition(beginning.last);
    current.listening = position && (await feed.listen(questions, position).catch(unlessGone));
    isReset = current.listening === null;
  }
  for (;;) {
    const listening: Listening = current.listening ?? (await feed.listen(questions, null));
    current.listening = listening;
    yield isReset ? `${greeting(listening.position)}${resetText(listening.position)}` : greeting(listening.position);
    try {
      for await (const some of listening.handfuls()) yield some.map((change) => changeText(catalog, change)).join("");
      return;
    } catch (error) {
      unlessGone(error);
      isReset = true;
    } finally {
      listening.close();
      current.listening = null;
    }
  }
}

function unlessGone(error: unknown): null {
  if (error instanceof AppError && error.code === "position_gone") return null;
  throw error;
}

async function* withFirst(
  first: IteratorResult<string, void>,
  rest: AsyncGenerator<string, void, void>,
): AsyncGenerator<string, void, void> {
  try {
    if (first.done) return;
    yield first.value;
    yield* rest;
  } finally {
    await rest.return();
  }
}
