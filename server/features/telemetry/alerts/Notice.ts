import type { Measure } from "./measures.ts";
import { measureTexts, valueText } from "./measures.ts";

/** What somebody is told of an alert. */
export interface Notice {
  readonly kind: "started" | "ended" | "test";
  /** Of the alert, or of the test: a notice that comes twice is known by it. */
  readonly id: string;
  readonly project: string;
  readonly environment: string;
  readonly rule: {
    readonly id: string;
    readonly name: string;
    readonly measure: Measure;
    readonly threshold: number;
    readonly minutes: number;
  };
  /** The largest; null in a test. */
  readonly value: number | null;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  /** Where it is shown. */
  readonly url: string;
}

export function subjectOf({ kind, project, environment, rule }: Notice): string {
  const of = `${rule.name} (${project}, ${environment})`;
  switch (kind) {
    case "started":
      return `Alert: ${of}`;
    case "ended":
      return `Over: ${of}`;
    case "test":
      return `Test: ${of}`;
  }
}

export function textOf(notice: Notice): string {
  const { kind, rule, value, startedAt, endedAt, url } = notice;
  const over = `over ${rule.minutes} ${rule.minutes === 1 ? "minute" : "minutes"}`;
  const bound = `${measureTexts[rule.measure].name} above ${valueText(rule.measure, rule.threshold)} ${over}`;
  const lines = [
    kind === "test" ? "This is what an alert looks like. Nothing has happened." : null,
    `Rule: ${bound}.`,
    value === null ? null : `Largest value: ${valueText(rule.measure, value)}.`,
    `Began: ${startedAt.toISOString()}`,
    endedAt && `Ended: ${endedAt.toISOString()}`,
    "",
    url,
  ];
  return `${lines.filter((line) => line !== null).join("\n")}\n`;
}

/** The same for programs. */
export function bodyOf({ kind, id, url, ...notice }: Notice): string {
  const { project, environment, rule, value, startedAt, endedAt } = notice;
  const data = { alert: id, project, environment, rule, value, startedAt, endedAt, url };
  return JSON.stringify({ type: `alert.${kind}`, timestamp: (endedAt ?? startedAt).toISOString(), data });
}
