import { durationBounds } from "#lib/compile/Snapshot.ts";
import { Durations } from "./Durations.ts";
import { type MinuteFigures, statusClasses } from "./MinuteFigures.ts";
import type { Telemetry } from "./Telemetry.ts";

/** Beyond that, environments are counted together: Prometheus keeps each series for long. */
const mostEnvironments = 200;
const others = "other";

interface Totals {
  /** By the first digit of the status. */
  readonly classes: Float64Array;
  readonly durations: Durations;
}

/** What environments have come to since this process began, for Prometheus; by their labels, which are few and plain. */
export class EnvironmentTotals {
  readonly #telemetry: Telemetry;
  readonly #ended = new Map<string, Totals>();

  constructor(telemetry: Telemetry) {
    this.#telemetry = telemetry;
    telemetry.read({ ended: (figures) => addAll(this.#ended, figures), record: () => {} });
  }

  print(): readonly string[] {
    const totals = new Map<string, Totals>();
    for (const [label, { classes, durations }] of this.#ended) {
      const copy = { classes: classes.slice(), durations: new Durations() };
      copy.durations.merge(durations);
      totals.set(label, copy);
    }
    addAll(totals, this.#telemetry.current);
    return [
      "# HELP gantry_environment_requests_total Requests answered, by environment.",
      "# TYPE gantry_environment_requests_total counter",
      ...[...totals].flatMap(([label, { classes }]) => requestLines(label, classes)),
      "# HELP gantry_environment_request_seconds Time to the whole answer, by environment.",
      "# TYPE gantry_environment_request_seconds histogram",
      ...[...totals].flatMap(([label, { durations }]) => durationLines(label, durations)),
    ];
  }
}

function addAll(totals: Map<string, Totals>, figures: readonly MinuteFigures[]): void {
  for (const { label, operations } of figures) {
    const name = totals.has(label) || totals.size < mostEnvironments ? label : others;
    const known = totals.get(name) ?? { classes: new Float64Array(statusClasses.length), durations: new Durations() };
    totals.set(name, known);
    for (const { durations } of operations.values()) {
      for (const [digit, one] of durations.entries()) {
        if (!one) continue;
        known.classes[digit] = (known.classes[digit] ?? 0) + one.count;
        known.durations.merge(one);
      }
    }
  }
}

function requestLines(label: string, classes: Float64Array): readonly string[] {
  return [...classes].flatMap((count, digit) =>
    count > 0
      ? [`gantry_environment_requests_total{environment="${label}",status="${statusClasses[digit]}"} ${count}`]
      : [],
  );
}

function durationLines(label: string, { buckets, sum, count }: Durations): readonly string[] {
  const name = "gantry_environment_request_seconds";
  let below = 0;
  const lines = durationBounds.map((bound, at) => {
    below += buckets[at] ?? 0;
    return `${name}_bucket{environment="${label}",le="${bound / 1000}"} ${below}`;
  });
  return [
    ...lines,
    `${name}_bucket{environment="${label}",le="+Inf"} ${count}`,
    `${name}_sum{environment="${label}"} ${sum / 1000}`,
    `${name}_count{environment="${label}"} ${count}`,
  ];
}
