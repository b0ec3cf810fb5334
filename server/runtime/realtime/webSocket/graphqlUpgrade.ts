import type { IncomingHttpHeaders } from "node:http";
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from "graphql-ws";
import { AppError } from "#lib/errors/AppError.ts";
import { mayAnything } from "#lib/plan/authorize.ts";
import type { Caller, Callers } from "../../auth/Callers.ts";
import type { GraphqlApp } from "../../graphql/GraphqlApp.ts";
import type { Streams } from "../../http/Streams.ts";
import type { Operating } from "../graphql/operationResults.ts";
import { acceptSocket, type Upgrade } from "./acceptSocket.ts";
import { GraphqlSocket, type SocketCaller } from "./GraphqlSocket.ts";

export interface GraphqlUpgrade extends Upgrade {
  readonly app: GraphqlApp;
  readonly callers: Callers;
  readonly streams: Streams;
  /** What goes with the answer, names and values in turn. */
  readonly fields: readonly string[];
  readonly operating: (caller: Caller) => Operating;
  /** Counts one request; throws AppError where that is over a rate. */
  readonly charge: (caller: Caller) => void;
  readonly onDefect: (error: unknown) => void;
}

/** The release that a connection speaks to has ended; clients come back to the next one. */
const serviceRestart = 1012;

/** What `connection_init` may say in place of headers, which pages of browsers cannot set on a WebSocket. */
const told: readonly (keyof IncomingHttpHeaders)[] = ["authorization", "x-api-key", "gantry-act-as"];

/** Opens a WebSocket for GraphQL. Throws AppError for one that is not let in, or is one too many. */
export async function graphqlUpgrade(parts: GraphqlUpgrade): Promise<void> {
  const { request, streams, callers, app, onDefect } = parts;
  const offered = String(request.headers["sec-websocket-protocol"] ?? "");
  if (!offered.split(",").some((one) => one.trim() === GRAPHQL_TRANSPORT_WS_PROTOCOL)) {
    throw new AppError("invalid_request", `Speak ${GRAPHQL_TRANSPORT_WS_PROTOCOL} over this WebSocket.`);
  }
  // A key or token that is none is refused at once; who sends none may do so in the first message.
  await callers.of(request.headers);
  let connection: GraphqlSocket | null = null;
  let isOver = false;
  const end = () => {
    isOver = true;
    connection?.close(serviceRestart, "The app is being updated.");
  };
  const release = streams.open(end);
  parts.socket.once("close", release);
  const socket = await acceptSocket(parts, parts.fields);
  connection = new GraphqlSocket({
    socket,
    admit: async (payload): Promise<SocketCaller> => {
      const headers = withTold(request.headers, payload);
      const caller = await callers.of(headers);
      if (!mayAnything(app.catalog, caller.actor))
        throw new AppError("unauthenticated", "Send a valid API key or access token.");
      return {
        operating: parts.operating(caller),
        isAllowed: () => callers.knows(headers),
        charge: () => parts.charge(caller),
      };
    },
    onDefect,
  });
  if (isOver) end();
}

function withTold(headers: IncomingHttpHeaders, payload: Readonly<Record<string, unknown>>): IncomingHttpHeaders {
  const all: IncomingHttpHeaders = { ...headers };
  for (const [name, value] of Object.entries(payload)) {
    const header = told.find((known) => known === name.toLowerCase());
    if (header === undefined) continue;
    all[header] = typeof value === "string" ? value : JSON.stringify(value);
  }
  return all;
}
