import type { Answer } from "../http/Answer.ts";
import type { Metrics } from "../http/Metrics.ts";

export interface Health {
  readonly metrics: Metrics;
  /** Why it takes no requests; null when it does. */
  readonly whyNotReady: () => string | null;
}

/** The paths of the runtime itself; an app cannot have them. */
export function ownAnswer({ metrics, whyNotReady }: Health, target: string): Answer | null {
  switch (target) {
    case "/livez":
      return textAnswer(200, "alive\n");
    case "/readyz": {
      const reason = whyNotReady();
      return reason === null ? textAnswer(200, "ready\n") : textAnswer(503, `${reason}\n`);
    }
    case "/metrics":
      return { ...textAnswer(200, metrics.print()), contentType: "text/plain; version=0.0.4; charset=utf-8" };
    default:
      return null;
  }
}

function textAnswer(status: number, body: string): Answer {
  return { status, contentType: "text/plain; charset=utf-8", body, headers: [] };
}
