import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { benchKey, environmentOf, type RuntimeProcess } from "../runtimeProcess.ts";
import { eventsModel } from "./benchModel.ts";
import { quantile } from "./quantiles.ts";

export interface TellTimes {
  readonly perSecond: number;
  /** Changes that were not taken. */
  readonly refused: number;
  /** ms from the request for a change to when it was told. */
  readonly webhook: { readonly p50: number; readonly p99: number };
  readonly subscriber: { readonly p50: number; readonly p99: number };
}

/** How long after its request a change comes to a webhook, and to somebody who listens. */
export async function tellTimes(
  runtime: RuntimeProcess,
  url: string,
  rates: readonly { readonly perSecond: number; readonly seconds: number }[],
): Promise<readonly TellTimes[]> {
  const { key, spec } = benchKey();
  const encryption = { current: "bench", keys: [{ id: "bench", key: randomBytes(32).toString("base64url") }] };
  const release = environmentOf({ label: "told", model: eventsModel, databaseUrl: url, key: spec });
  await runtime.deploy({ ...release, encryption, egress: { allow: ["127.0.0.1"] } });
  const app = runtime.app("told");
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const times: Times = { sent: new Map(), webhook: new Map(), subscriber: new Map() };
  await using receiver = await receiving((title) => note(times.webhook, title));
  const made = await fetch(`${app}/endpoints`, {
    method: "POST",
    headers,
    body: JSON.stringify({ url: receiver.url }),
  });
  if (!made.ok) throw new Error(`${made.status} ${await made.text()}`);
  const end = new AbortController();
  const { ended } = await listen(app, key, { signal: end.signal, told: (title) => note(times.subscriber, title) });
  const results: TellTimes[] = [];
  for (const { perSecond, seconds } of [{ perSecond: 50, seconds: 1 }, ...rates]) {
    for (const map of Object.values(times)) map.clear();
    const count = Math.ceil(perSecond * seconds);
    const change = async (title: string) => {
      times.sent.set(title, performance.now());
      const response = await fetch(`${app}/rest/v1/deals`, {
        method: "POST",
        headers,
        body: JSON.stringify({ title }),
      });
      const answer = await response.text();
      // More than the machine can take: told to come back, which nobody does here.
      if (response.status === 503) times.sent.delete(title);
      else if (!response.ok) throw new Error(`${response.status} ${answer}`);
    };
    const changes: Promise<void>[] = [];
    const began = performance.now();
    for (let at = 0; at < count; at++) {
      const wait = began + (1000 * at) / perSecond - performance.now();
      if (wait > 1) await pause(wait);
      changes.push(change(`${perSecond} ${at}`));
    }
    await Promise.all(changes);
    const { size } = times.sent;
    while (times.webhook.size < size || times.subscriber.size < size) await pause(10);
    results.push({
      perSecond,
      refused: count - size,
      webhook: summed(times, times.webhook),
      subscriber: summed(times, times.subscriber),
    });
  }
  end.abort();
  await ended;
  return results.slice(1);
}

interface Times {
  readonly sent: Map<string, number>;
  readonly webhook: Map<string, number>;
  readonly subscriber: Map<string, number>;
}

/** What is told twice counts once. */
function note(times: Map<string, number>, title: string): void {
  if (!times.has(title)) times.set(title, performance.now());
}

function summed({ sent }: Times, told: ReadonlyMap<string, number>) {
  const taken = [...told].map(([title, at]) => at - (sent.get(title) ?? Number.NaN));
  return { p50: quantile(taken, 0.5), p99: quantile(taken, 0.99) };
}

interface Receiver extends AsyncDisposable {
  readonly url: string;
}

async function receiving(told: (title: string) => void): Promise<Receiver> {
  const server = createServer(async (request, response) => {
    const event = JSON.parse(await text(request)) as { readonly data: { readonly record: { readonly title: string } } };
    response.statusCode = 204;
    response.end();
    told(event.data.record.title);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/in`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

interface Subscriber {
  readonly signal: AbortSignal;
  readonly told: (title: string) => void;
}

/** Answers once it is told of all that happens; what it answers has settled with the end of the feed. */
async function listen(
  app: string,
  key: string,
  { signal, told }: Subscriber,
): Promise<{ readonly ended: Promise<void> }> {
  const response = await fetch(`${app}/events?resources=deals`, {
    headers: { authorization: `Bearer ${key}`, accept: "text/event-stream" },
    signal,
  });
  if (!response.ok || !response.body) throw new Error(`${response.status} ${await response.text()}`);
  const body = response.body.pipeThrough(new TextDecoderStream());
  const reading = (async () => {
    let rest = "";
    for await (const piece of body) {
      const lines = (rest + piece).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const [, title] = /^data:.*"title":\s*"([^"]*)"/.exec(line) ?? [];
        if (title !== undefined) told(title);
      }
    }
  })().catch(() => {});
  return { ended: reading };
}
