import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { handleTelemetry } from "#server/features/telemetry/intake/handler.ts";

/** What becomes of one message on its way. */
export type Fate = "arrives" | "lost" | "unanswered" | "twice" | "late";

export interface TroubledIntake extends AsyncDisposable {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Lets those that are late arrive, the latest first. */
  settle(): Promise<void>;
  /** How many messages met each fate. */
  readonly met: ReadonlyMap<Fate, number>;
}

/** The control plane's intake behind a bad network: messages are lost, repeated, answered by nobody, or overtaken. */
export async function troubledIntake(secret: string, fateOf: () => Fate): Promise<TroubledIntake> {
  const authorization = `Bearer ${secret}`;
  const met = new Map<Fate, number>();
  const late: (() => Promise<unknown>)[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const signal = (request.url ?? "").split("/").at(-1) ?? "";
    const deliver = () =>
      handleTelemetry(
        new Request(`http://intake/${signal}`, {
          method: "POST",
          headers: { authorization: request.headers.authorization ?? "", "content-type": "application/json" },
          body: Buffer.concat(chunks),
        }),
        { params: Promise.resolve({ signal }) },
      );
    const fate = fateOf();
    met.set(fate, (met.get(fate) ?? 0) + 1);
    switch (fate) {
      case "lost":
        return void response.destroy();
      case "unanswered":
        await deliver();
        return void response.writeHead(503).end();
      case "late":
        late.push(deliver);
        return void response.writeHead(503).end();
      case "twice":
        await deliver();
        break;
      case "arrives":
    }
    const answer = await deliver();
    response.writeHead(answer.status).end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api/telemetry`,
    headers: { authorization },
    met,
    async settle() {
      for (let deliver = late.pop(); deliver; deliver = late.pop()) await deliver();
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
