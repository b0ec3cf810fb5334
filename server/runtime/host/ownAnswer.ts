import { hash, timingSafeEqual } from "node:crypto";
import type { Answer } from "../http/Answer.ts";
import type { Metrics } from "../http/Metrics.ts";

export interface Health {
  readonly metrics: Metrics;
  /** The `Authorization` of whoever may see the metrics of environments: their names are nobody else's business. */
  readonly metricsAuthorization?: string | null;
  /** Why it takes no requests; null when it does. */
  readonly whyNotReady: () => string | null;
}

/** The paths of the runtime itself; an app cannot have them. */
export function ownAnswer(health: Health, target: string, authorization: string | undefined): Answer | null {
  const { metrics, whyNotReady } = health;
  switch (target) {
    case "/livez":
      return textAnswer(200, "alive\n");
    case "/readyz": {
      const reason = whyNotReady();
      return reason === null ? textAnswer(200, "ready\n") : textAnswer(503, `${reason}\n`);
    }
    case "/metrics":
      return {
        ...textAnswer(200, metrics.print(mayKnow(health, authorization))),
        contentType: "text/plain; version=0.0.4; charset=utf-8",
      };
    default:
      return null;
  }
}

function mayKnow({ metricsAuthorization }: Health, given = ""): boolean {
  return metricsAuthorization != null && timingSafeEqual(digest(given), digest(metricsAuthorization));
}

/** Of equal length whatever was sent. */
function digest(text: string): Buffer {
  return hash("sha256", text, "buffer");
}

function textAnswer(status: number, body: string): Answer {
  return { status, contentType: "text/plain; charset=utf-8", body, headers: [] };
}
