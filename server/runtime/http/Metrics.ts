/** Upper bounds of the latency histogram in seconds. */
const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

interface Series {
  readonly route: string;
  readonly statuses: Map<number, number>;
  readonly buckets: Float64Array;
  sum: number;
  count: number;
}

/** What is read off when the metrics are asked for. */
export interface Gauge {
  readonly name: string;
  readonly help: string;
  readonly value: () => number;
}

/** Counts of requests by route, for Prometheus. Routes are few and fixed; no label comes from a request. */
export class Metrics {
  readonly #series = new Map<string, Series>();
  readonly #gauges: Gauge[] = [];
  readonly #parts: (() => readonly string[])[] = [];

  gauge(gauge: Gauge): void {
    this.#gauges.push(gauge);
  }

  /** Lines that somebody else counts, and that not everybody may see. */
  add(print: () => readonly string[]): void {
    this.#parts.push(print);
  }

  observe(route: string, status: number, milliseconds: number): void {
    const series = this.#series.get(route) ?? this.#begin(route);
    const seconds = milliseconds / 1000;
    series.statuses.set(status, (series.statuses.get(status) ?? 0) + 1);
    series.sum += seconds;
    series.count += 1;
    const bucket = bounds.findIndex((bound) => seconds <= bound);
    if (bucket >= 0) series.buckets[bucket] = (series.buckets[bucket] ?? 0) + 1;
  }

  print(isAll = false): string {
    const lines: string[] = ["# HELP gantry_requests_total Requests answered.", "# TYPE gantry_requests_total counter"];
    const all = [...this.#series.values()];
    for (const { route, statuses } of all) {
      for (const [status, count] of statuses) {
        lines.push(`gantry_requests_total{route="${route}",status="${status}"} ${count}`);
      }
    }
    lines.push("# HELP gantry_request_seconds Time to the whole answer.", "# TYPE gantry_request_seconds histogram");
    for (const series of all) lines.push(...histogram(series));
    for (const { name, help, value } of this.#gauges) {
      lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, `${name} ${value()}`);
    }
    if (isAll) for (const print of this.#parts) lines.push(...print());
    return `${lines.join("\n")}\n`;
  }

  #begin(route: string): Series {
    const series = { route, statuses: new Map(), buckets: new Float64Array(bounds.length), sum: 0, count: 0 };
    this.#series.set(route, series);
    return series;
  }
}

function histogram({ route, buckets, sum, count }: Series): readonly string[] {
  let below = 0;
  const lines = bounds.map((bound, index) => {
    below += buckets[index] ?? 0;
    return `gantry_request_seconds_bucket{route="${route}",le="${bound}"} ${below}`;
  });
  return [
    ...lines,
    `gantry_request_seconds_bucket{route="${route}",le="+Inf"} ${count}`,
    `gantry_request_seconds_sum{route="${route}"} ${sum}`,
    `gantry_request_seconds_count{route="${route}"} ${count}`,
  ];
}
