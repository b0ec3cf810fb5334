import type { Duplex } from "node:stream";
import { AppError } from "#lib/errors/AppError.ts";
import type { Answer } from "../http/Answer.ts";
import { callerAddress } from "../http/limits/callerAddress.ts";
import { STATUS_CODES } from "../http/nodeHttp.ts";
import { internalError, problemAnswer } from "../http/problemAnswer.ts";
import { headOf } from "../http/send.ts";
import { logDefect } from "../log.ts";
import type { Upgrade } from "../realtime/webSocket/acceptSocket.ts";
import { addressFor } from "./addressFor.ts";
import { type Host, isAt } from "./answerRequest.ts";
import { enterRelease } from "./enterRelease.ts";

const nowhere = new AppError("not_found", "There is no app at this address.");
const noSocket = new AppError("not_found", "There is no WebSocket at this path.");
const otherOrigin = new AppError("forbidden", "Pages of this origin may not call this app.");

/** A request that wants its connection to become a WebSocket: it counts as under way until that is closed. */
export async function upgradeRequest(host: Host, upgrade: Upgrade): Promise<void> {
  const { request, socket } = upgrade;
  // Whoever hangs up in between is told nothing.
  socket.on("error", () => socket.destroy());
  const { origin } = request.headers;
  const address = addressFor(host, request);
  if (address) await host.environments.wake(address.label);
  if (socket.destroyed) return;
  const serving = address && host.environments.withLabel(address.label);
  if (!address || !serving) return refuse(socket, problemAnswer(nowhere, ""));
  const mount = host.mounts.find(({ path }) => isAt(address.path, path));
  // For as long as the connection is open, whatever is told over it.
  const environment = await enterRelease(serving, request, host);
  if (socket.destroyed) return environment.leave();
  const { limiter, cors } = environment;
  const fields = environment.fields(undefined);
  socket.once("close", () => environment.leave());
  try {
    if (!mount?.upgrade) throw noSocket;
    if (!cors.allows(origin)) throw otherOrigin;
    const from = callerAddress(request, host.trustedProxies);
    await mount.upgrade(
      {
        ...upgrade,
        fields,
        charge: (caller) => {
          const now = performance.now();
          limiter?.admission(caller, from, now)?.charge(1, now);
        },
      },
      environment,
    );
  } catch (error) {
    const isForeseen = error instanceof AppError;
    if (!isForeseen || error.status >= 500) {
      logDefect("A WebSocket was refused.", error, { environment: environment.spec.id });
    }
    refuse(socket, problemAnswer(isForeseen ? error : internalError, address.base), fields);
  }
}

/** An answer where there is no response any more to give it by. */
function refuse(socket: Duplex, answer: Answer, more: readonly string[] = []): void {
  const fields = headOf(answer, [...more, "connection", "close"]);
  const lines: string[] = [];
  for (let at = 0; at < fields.length; at += 2) lines.push(`${fields[at]}: ${fields[at + 1]}`);
  const head = `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status]}\r\n${lines.join("\r\n")}\r\n\r\n`;
  // A caller who does not close its own end is not waited for.
  socket.once("finish", () => socket.destroy());
  socket.end(head + (answer.body ?? ""));
}
