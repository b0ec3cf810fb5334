import { once } from "node:events";
import { createServer } from "node:net";
import { Failure, systemCode } from "./Failure.ts";

/** Whether a program could listen on this port of the address; true where the machine has no such address. */
export async function isFree(port: number, host = "127.0.0.1"): Promise<boolean> {
  const server = createServer();
  try {
    server.listen({ port, host, exclusive: true });
    await once(server, "listening");
    server.close();
    await once(server, "close");
    return true;
  } catch (error) {
    const code = systemCode(error);
    if (code === "EADDRINUSE") return false;
    if (code === "EACCES") throw new Failure(`Port ${port} is reserved for the system: choose one above 1023.`);
    if (code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT") return true;
    throw error;
  }
}

/** A port of 127.0.0.1 that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("A TCP server has a port.");
  return address.port;
}
