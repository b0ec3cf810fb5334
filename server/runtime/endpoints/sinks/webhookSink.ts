import { EgressError } from "../../egress/EgressError.ts";
import { outFetch } from "../../egress/outFetch.ts";
import { readRetryAfter } from "../backoff.ts";
import { type EventSink, excerptCharacters, failed, type SinkResult } from "./EventSink.ts";
import { signWebhook } from "./signWebhook.ts";

export interface WebhookTarget {
  readonly url: string;
  /** The current one, and the one before while it still counts. */
  readonly secrets: readonly string[];
  readonly allow: readonly string[];
}

const answerSeconds = 15;

/** Standard Webhooks: any 2xx is taken, redirects are not followed. */
export function webhookSink({ url, secrets, allow }: WebhookTarget): EventSink {
  return {
    async send({ id, body }, signal): Promise<SinkResult> {
      const timestamp = Math.floor(Date.now() / 1000);
      const headers = {
        "content-type": "application/cloudevents+json; charset=utf-8",
        "user-agent": "Gantry-Webhooks",
        "webhook-id": id,
        "webhook-timestamp": String(timestamp),
        "webhook-signature": signWebhook(secrets, { id, timestamp, body }),
      };
      const options = {
        allow,
        signal,
        timeoutSeconds: answerSeconds,
        maxBytes: 2000,
        cut: true,
        keepsConnection: true,
      };
      try {
        const answer = await outFetch({ method: "POST", url, headers, body }, options);
        const { status } = answer;
        return {
          isTaken: status >= 200 && status < 300,
          status: String(status),
          excerpt: Buffer.from(answer.body).toString("utf8").slice(0, excerptCharacters),
          retryAfter: readRetryAfter(answer.headers["retry-after"]),
          isGone: status === 410,
        };
      } catch (error) {
        if (error instanceof EgressError) return failed(error.code, error.message);
        throw error;
      }
    },
    async close() {},
  };
}
