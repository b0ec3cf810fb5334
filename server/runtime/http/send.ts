import type { ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { Answer } from "./Answer.ts";
import type { Transfers } from "./Transfers.ts";

const typed = ["x-content-type-options", "nosniff"];
const general = ["cache-control", "no-store", ...typed];

/** Larger answers go out piece by piece, as their caller takes them. */
const largePiece = 64 << 10;

/** Settles when the answer is on its way, or all of a long one has gone. `more` are names and values in turn. */
export async function sendAll(
  response: ServerResponse,
  answer: Answer,
  { more, transfers }: { readonly more: readonly string[]; readonly transfers: Transfers },
): Promise<void> {
  const { body, stream, length, isPatient } = answer;
  if (stream !== undefined || length !== undefined) {
    const all = [...general, "content-type", answer.contentType ?? "application/octet-stream"];
    if (length !== undefined) all.push("content-length", String(length));
    response.writeHead(answer.status, [...all, ...answer.headers, ...more]);
    if (stream) await sendStream(response, stream, { transfers, isPatient: isPatient === true });
    else response.end();
  } else if (body !== null && typeof body !== "string" && body.length > largePiece) {
    response.writeHead(answer.status, headOf(answer, more));
    await sendPieces(response, body, transfers);
  } else send(response, answer, more);
  const { socket } = response;
  if (socket && socket.writableLength > 0) transfers.watchAnswer(socket);
}

export function send(response: ServerResponse, answer: Answer, more: readonly string[] = []): void {
  const { status, body } = answer;
  response.writeHead(status, headOf(answer, more));
  if (body === null) response.end();
  else if (typeof body === "string") response.end(body);
  // A text of one character per byte goes out together with the head in one write; a buffer would take two, and the
  // wake-ups of readers are what an answer costs most.
  else response.end(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("latin1"), "latin1");
}

export function headOf({ status, contentType, body, headers }: Answer, more: readonly string[]): string[] {
  // What says itself how long it may be kept is the same for everybody.
  const all = headers.includes("cache-control") ? [...typed] : [...general];
  if (contentType !== null) all.push("content-type", contentType);
  if (body !== null) {
    all.push("content-length", String(typeof body === "string" ? Buffer.byteLength(body) : body.length));
  } else if (status !== 204 && status !== 304) all.push("content-length", "0");
  if (headers.length > 0) all.push(...headers);
  if (more.length > 0) all.push(...more);
  return all;
}

async function sendPieces(response: ServerResponse, body: Uint8Array, transfers: Transfers): Promise<void> {
  if (response.req.method === "HEAD") return void response.end();
  const { socket } = response;
  try {
    for (let at = 0; at < body.length && !response.destroyed; at += largePiece / 2) {
      if (response.write(body.subarray(at, at + largePiece / 2))) continue;
      if (socket && socket.writableLength > 0) transfers.hold(socket, body.length);
      await taken(response, transfers);
    }
  } finally {
    if (socket) transfers.release(socket);
  }
  response.end();
}

async function sendStream(
  response: ServerResponse,
  stream: NonNullable<Answer["stream"]>,
  { transfers, isPatient }: { readonly transfers: Transfers; readonly isPatient: boolean },
): Promise<void> {
  const { socket } = response;
  const look = () => {
    if (socket && socket.writableLength > 0) transfers.watchAnswer(socket);
  };
  // Nobody is waited for once there is no more to come.
  stream.on(isPatient ? "end" : "pause", look);
  // Whoever hangs up in between has what he wanted.
  await pipeline(stream, response).catch(() => response.destroy());
}

/** Settles when there is room for more, or nobody there any more. */
async function taken(response: ServerResponse, transfers: Transfers): Promise<void> {
  const { socket } = response;
  if (!socket) return;
  if (socket.writableLength > 0) transfers.watchAnswer(socket);
  if (!response.writableNeedDrain) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  response.once("drain", resolve).once("close", resolve);
  await promise;
  response.off("drain", resolve).off("close", resolve);
}
