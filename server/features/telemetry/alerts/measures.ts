export const measures = ["errorPercent", "latencyP95", "latencyP99", "saturation"] as const;
export type Measure = (typeof measures)[number];

interface MeasureTexts {
  /** As in `error rate of production`. */
  readonly name: string;
  readonly unit: "%" | "ms";
  readonly most: number;
}

export const measureTexts: Readonly<Record<Measure, MeasureTexts>> = {
  errorPercent: { name: "Error rate", unit: "%", most: 100 },
  latencyP95: { name: "Latency at p95", unit: "ms", most: 600_000 },
  latencyP99: { name: "Latency at p99", unit: "ms", most: 600_000 },
  saturation: { name: "Database connections in use", unit: "%", most: 100 },
};

/** `12.5%`, `340 ms` */
export function valueText(measure: Measure, value: number): string {
  const number = Number(value.toFixed(value < 10 ? 1 : 0)).toLocaleString("en");
  return measureTexts[measure].unit === "%" ? `${number}%` : `${number} ms`;
}
