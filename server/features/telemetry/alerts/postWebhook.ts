import { createHmac } from "node:crypto";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { AppError } from "#lib/errors/AppError.ts";
import { guardedLookup } from "../../../http/guardedLookup.ts";
import { allowsPrivateEgress } from "../../environments/service.ts";

export interface Webhook {
  readonly url: string;
  /** `whsec_` and 24 bytes or more in base64. */
  readonly secret: string;
  readonly id: string;
  readonly body: string;
}

const answerMilliseconds = 10_000;

/**
 * Posts a notice, signed by Standard Webhooks; done when the receiver says that it has it. Every address is judged after
 * its name was resolved and is the one that is connected to. Throws AppError with a public sentence.
 */
export async function postWebhook({ url: text, secret, id, body }: Webhook): Promise<void> {
  const url = readWebhookUrl(text);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  const headers = {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "user-agent": "Gantry",
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${signature}`,
  };
  const { promise, resolve: settle, reject } = Promise.withResolvers<number>();
  const open = url.protocol === "https:" ? httpsRequest : httpRequest;
  const lookup = guardedLookup(url);
  const outgoing = open(url, {
    method: "POST",
    headers,
    lookup,
    agent: false,
    signal: AbortSignal.timeout(answerMilliseconds),
  });
  outgoing.on("error", reject);
  outgoing.on("response", (incoming) => {
    // Nothing of the answer matters but its status.
    settle(incoming.statusCode ?? 0);
    incoming.destroy();
  });
  outgoing.end(body);
  const status = await promise.catch((cause: unknown) => {
    if (cause instanceof AppError) throw cause;
    throw new AppError("unavailable", `${url.host} could not be reached.`, { cause });
  });
  if (status < 200 || status > 299) throw new AppError("unavailable", `${url.host} answered with ${status}.`);
}

/** Throws AppError for what is no address of a webhook. */
export function readWebhookUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isWeb = url?.protocol === "https:" || (url?.protocol === "http:" && allowsPrivateEgress());
  if (url && isWeb && url.username === "" && url.password === "") return url;
  const message = "Give an address such as https://hooks.example.com/alerts, without a user or password in it.";
  throw new AppError("invalid_input", message, { fields: [{ field: "target", rule: "pattern", message }] });
}
