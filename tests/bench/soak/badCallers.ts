import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { Caller } from "./Load.ts";

const crowd = 50;

/** What callers do that should not, each for some seconds. */
export const badCallers: Readonly<Record<string, (caller: Caller) => Promise<void>>> = {
  "heads that never end": (caller) => each(caller, (socket) => socket.write("GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")),
  "bodies that never end": (caller) =>
    each(caller, (socket) => socket.write(`${head(caller, "POST", "/rest/v1/deals", body(1000))}{"title":`)),
  "bodies that break off": (caller) =>
    each(caller, (socket) => {
      socket.write(`${head(caller, "POST", "/rest/v1/deals", body(1000))}{"title":`);
      setTimeout(() => socket.resetAndDestroy(), 200);
    }),
  "answers that nobody takes": (caller) =>
    each(caller, (socket) => {
      socket.pause();
      for (let times = 0; times < 40; times++) socket.write(head(caller, "GET", "/rest/v1/deals?page[size]=1000"));
    }),
  "bodies without an end": (caller) =>
    each(caller, (socket) => {
      const piece = Buffer.alloc(64 << 10, 0x20);
      const chunk = Buffer.concat([Buffer.from("10000\r\n"), piece, Buffer.from("\r\n")]);
      const type = "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n";
      socket.write(head(caller, "POST", "/rest/v1/deals", type));
      const more = () => {
        while (socket.writable && socket.write(chunk));
      };
      socket.on("drain", more);
      more();
    }),
  "no HTTP at all": (caller) => each(caller, (socket) => socket.write(Buffer.from([22, 3, 1, 2, 0, 1, 0, 1, 252]))),
};

function head({ base, key }: Caller, method: string, path: string, more = ""): string {
  return `${method} ${new URL(base).pathname}${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\n${more}\r\n`;
}

function body(length: number): string {
  return `Content-Type: application/json\r\nContent-Length: ${length}\r\n`;
}

/** A crowd of sockets that do the same, hung up after some seconds where the server has not done so before. */
async function each({ base }: Caller, act: (socket: Socket) => void): Promise<void> {
  const sockets = Array.from({ length: crowd }, () => connect(Number(new URL(base).port), "127.0.0.1"));
  await Promise.all(
    sockets.map(async (socket) => {
      socket.on("error", () => {});
      await once(socket, "connect").catch(() => {});
      if (socket.writable) act(socket);
    }),
  );
  await pause(6000);
  for (const socket of sockets) socket.destroy();
}
