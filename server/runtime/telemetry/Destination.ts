import { log } from "../log.ts";
import type { LogRecord } from "./LogRecord.ts";
import type { MinuteFigures } from "./MinuteFigures.ts";
import { logsRequest } from "./otlp/logsRequest.ts";
import { metricsRequest } from "./otlp/metricsRequest.ts";
import { postJson } from "./postJson.ts";
import { keepRecord, type Telemetry } from "./Telemetry.ts";

export interface DestinationOptions {
  /** What goes before `/v1/metrics` and `/v1/logs`. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What is still to be told, as it would be sent. */
export interface Unsent {
  readonly path: string;
  readonly body: string;
}

/** Minutes of environments that wait to be told; beyond that the oldest go. */
const mostMinutes = 3000;
/** In one message. */
const minutesTogether = 50;
const recordsTogether = 500;

/** Whoever is told what this process counts, by OTLP over HTTP; what could not be told yet waits, within bounds. */
export class Destination {
  readonly #options: DestinationOptions;
  readonly #telemetry: Telemetry;
  /** That are over and not told yet, the oldest first. */
  #minutes: MinuteFigures[] = [];
  /** Up to which change minutes were told. */
  readonly #told = new WeakMap<MinuteFigures, number>();
  readonly #records: LogRecord[] = [];
  /** Left by an earlier process. */
  #left: Unsent[];
  #isOut = false;

  constructor(telemetry: Telemetry, options: DestinationOptions, left: readonly Unsent[] = []) {
    this.#telemetry = telemetry;
    this.#options = options;
    this.#left = [...left];
    telemetry.read({
      ended: (figures) => {
        this.#minutes.push(...figures);
        if (this.#minutes.length > mostMinutes) this.#minutes = this.#minutes.slice(-mostMinutes);
      },
      record: (record) => keepRecord(this.#records, record),
    });
  }

  /** Tells what is new. False where somebody did not listen: it is told again the next time. */
  async push(now = Date.now()): Promise<boolean> {
    try {
      while (this.#left[0]) {
        await this.#post(this.#left[0]);
        this.#left.shift();
      }
      const news = this.#news;
      for (let at = 0; at < news.length; at += minutesTogether) {
        const figures = news.slice(at, at + minutesTogether);
        const upTo = figures.map(({ changes }) => changes);
        await this.#post(this.#metrics(figures, now));
        for (const [place, one] of figures.entries()) this.#told.set(one, upTo[place] ?? 0);
        this.#minutes = this.#minutes.filter((one) => this.#isNew(one));
      }
      while (this.#records.length > 0) {
        const records = this.#records.slice(0, recordsTogether);
        await this.#post(this.#logs(records));
        const gone = new Set(records);
        const rest = this.#records.filter((record) => !gone.has(record));
        this.#records.splice(0, this.#records.length, ...rest);
      }
      this.#isOut = false;
      return true;
    } catch (error) {
      if (!this.#isOut) log("warn", "Figures and logs could not be told; they wait.", { reason: reasonOf(error) });
      this.#isOut = true;
      return false;
    }
  }

  /** What has not been told yet. */
  unsent(now = Date.now()): readonly Unsent[] {
    const figures = this.#news;
    return [
      ...this.#left,
      ...(figures.length > 0 ? [this.#metrics(figures, now)] : []),
      ...(this.#records.length > 0 ? [this.#logs(this.#records)] : []),
    ];
  }

  get #news(): readonly MinuteFigures[] {
    return [...this.#minutes, ...this.#telemetry.current].filter((one) => this.#isNew(one));
  }

  #isNew(figures: MinuteFigures): boolean {
    return (this.#told.get(figures) ?? 0) !== figures.changes;
  }

  #metrics(figures: readonly MinuteFigures[], now: number): Unsent {
    const { source } = this.#telemetry;
    return { path: "/v1/metrics", body: JSON.stringify(metricsRequest(figures, { source, now })) };
  }

  #logs(records: readonly LogRecord[]): Unsent {
    return { path: "/v1/logs", body: JSON.stringify(logsRequest(records, this.#telemetry.source)) };
  }

  /** Throws where it should be sent again. */
  async #post({ path, body }: Unsent): Promise<void> {
    const { url, headers } = this.#options;
    const status = await postJson({ url: `${url}${path}`, headers, body });
    if (status >= 200 && status < 300) return;
    // Sent again it would be refused again.
    if (status === 400 || status === 413 || status === 422) {
      return log("warn", "Figures or logs were refused.", { path, status });
    }
    throw new Error(`It was answered with ${status}`);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? `${"code" in error ? `${String(error.code)}: ` : ""}${error.message}` : "unknown";
}
