import { isTimeZone, readCron } from "../processes/cron.ts";
import { allSteps } from "../processes/stepsWithin.ts";
import type { Process, Start, Step } from "../processTypes.ts";
import { durationMicroseconds } from "../values/canonicalDuration.ts";
import type { Finding, Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

const day = 86_400_000_000n;

/** Lengths of time, schedules and time zones are ones that there are. */
export const processTimes: Rule = ({ processes = [] }, places) =>
  processes.flatMap(findings).map((finding) => problemAt(places, finding));

function findings(process: Process): readonly Finding[] {
  const path = ["processes", process.name];
  return [
    ...lengthFindings(process.timeout, [...path, "timeout"], 3650),
    ...(process.starts ?? []).flatMap((start, index) => startFindings(start, [...path, "starts", String(index)])),
    ...allSteps(process).flatMap((step) => stepFindings(step, [...path, "steps", step.name])),
  ];
}

function startFindings(start: Start, path: readonly string[]): readonly Finding[] {
  if (start.kind !== "schedule") return [];
  const cron = readCron(start.cron);
  const message = `There is no time zone \`${start.zone}\`. Write one such as "Europe/Berlin".`;
  return [
    ...(typeof cron === "string" ? [{ code: "cron", path: [...path, "cron"], message: cron }] : []),
    ...(start.zone === undefined || isTimeZone(start.zone) ? [] : [{ code: "zone", path: [...path, "zone"], message }]),
  ];
}

function stepFindings(step: Step, path: readonly string[]): readonly Finding[] {
  return [
    ...lengthFindings(step.timeout, [...path, "timeout"], 366),
    ...lengthFindings(step.retry?.pause, [...path, "retry", "pause"], 366),
    ...(step.kind === "waitFor" ? lengthFindings(step.within, [...path, "within"], 3650) : []),
    ...(step.kind === "wait" && (step.for === undefined) === (step.until === undefined)
      ? [{ code: "wait", path, message: "Say either for how long, with `for`, or until when, with `until`." }]
      : []),
  ];
}

function lengthFindings(text: string | undefined, path: readonly string[], mostDays: number): readonly Finding[] {
  if (text === undefined) return [];
  const length = durationMicroseconds(text);
  if (length === null) {
    return [{ code: "duration", path, message: 'Write a length of time here, such as "PT30M", "PT12H" or "P14D".' }];
  }
  if (length > 0n && length <= BigInt(mostDays) * day) return [];
  return [{ code: "out_of_range", path, message: `Write a length of time of at most ${mostDays} days here.` }];
}
