"use client";

import { useMemo } from "react";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import type { ScheduleStart } from "#lib/model/processTypes.ts";
import { PathField } from "../../inspector/PathField.tsx";
import { useTypedValue } from "../../inspector/useTypedValue.ts";
import { type CronForm, cronForm, cronText, timeText, weekdays } from "./cronForm.ts";
import { NextTimes } from "./NextTimes.tsx";
import { occurrences } from "./occurrences.ts";

interface CronFieldsProps {
  path: readonly string[];
  start: ScheduleStart;
  set: (change: { readonly cron?: string; readonly zone?: string | undefined }) => void;
}

const everyOptions: readonly { readonly value: CronForm["every"]; readonly label: string }[] = [
  { value: "minutes", label: "Every few minutes" },
  { value: "hour", label: "Every hour" },
  { value: "day", label: "Every day" },
  { value: "weekday", label: "Monday to Friday" },
  { value: "week", label: "Every week" },
  { value: "month", label: "Every month" },
  { value: "custom", label: "As cron" },
];

/** How often and when, by choice or as cron, with the next five moments. */
export function CronFields({ path, start, set }: CronFieldsProps) {
  const form = cronForm(start.cron);
  const zone = start.zone ?? "UTC";
  const put = (next: CronForm) => set({ cron: cronText(next) });
  const cron = useTypedValue({
    value: start.cron,
    commit: (text) => set({ cron: text.trim().replace(/\s+/g, " ") }),
    check: (text) =>
      occurrences({ cron: text, zone: "UTC" }, new Date(), 1)
        ? null
        : "Write five fields: minute, hour, day of month, month, day of week, such as 0 8 * * 1-5.",
  });
  const zones = useMemo(() => ["UTC", ...Intl.supportedValuesOf("timeZone").filter((one) => one !== "UTC")], []);
  return (
    <>
      <PathField path={[...path, "cron"]} label="How often" error={form.every === "custom" ? null : cron.error}>
        <Select value={form.every} options={everyOptions} onValueChange={(every) => put(formOf(every, form, start))} />
      </PathField>
      {form.every === "minutes" ? (
        <PathField path={[...path, "minutes"]} label="Minutes between">
          <Select
            value={String(form.count)}
            options={[1, 2, 3, 5, 10, 15, 20, 30].map((count) => ({ value: String(count), label: String(count) }))}
            onValueChange={(count) => put({ every: "minutes", count: Number(count) })}
          />
        </PathField>
      ) : null}
      {form.every === "hour" ? (
        <PathField path={[...path, "minute"]} label="Minutes past the hour">
          <Select
            value={String(form.minute)}
            options={numbers(0, 59)}
            onValueChange={(minute) => put({ every: "hour", minute: Number(minute) })}
          />
        </PathField>
      ) : null}
      {form.every === "week" ? (
        <PathField path={[...path, "weekday"]} label="On">
          <Select
            value={String(form.day)}
            options={weekdays.map((label, day) => ({ value: String(day), label }))}
            onValueChange={(day) => put({ ...form, day: Number(day) })}
          />
        </PathField>
      ) : null}
      {form.every === "month" ? (
        <PathField
          path={[...path, "day"]}
          label="On day"
          hint={form.day > 28 ? "Months that have no such day are left out." : undefined}
        >
          <Select
            value={String(form.day)}
            options={numbers(1, 31)}
            onValueChange={(day) => put({ ...form, day: Number(day) })}
          />
        </PathField>
      ) : null}
      {"hour" in form ? (
        <PathField path={[...path, "time"]} label="At">
          <Input
            type="time"
            required
            value={timeText(form)}
            onChange={(event) => {
              const [hour, minute] = event.target.value.split(":").map(Number);
              if (hour !== undefined && minute !== undefined) put({ ...form, hour, minute });
            }}
          />
        </PathField>
      ) : null}
      {form.every === "custom" ? (
        <PathField path={[...path, "text"]} label="Cron" error={cron.error}>
          <Input className="font-mono" spellCheck={false} {...cron.field} />
        </PathField>
      ) : null}
      <PathField path={[...path, "zone"]} label="By the clock of">
        <Select
          value={zone}
          options={(zones.includes(zone) ? zones : [zone, ...zones]).map((name) => ({ value: name, label: name }))}
          onValueChange={(name) => set({ zone: name === "UTC" ? undefined : name })}
        />
      </PathField>
      <NextTimes cron={start.cron} zone={zone} />
    </>
  );
}

function numbers(from: number, to: number) {
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const text = String(from + index);
    return { value: text, label: text };
  });
}

/** The choice with the time that was chosen before. */
function formOf(every: CronForm["every"], form: CronForm, start: ScheduleStart): CronForm {
  const at = "hour" in form ? { hour: form.hour, minute: form.minute } : { hour: 8, minute: 0 };
  switch (every) {
    case "minutes":
      return { every, count: 15 };
    case "hour":
      return { every, minute: 0 };
    case "day":
    case "weekday":
      return { every, ...at };
    case "week":
    case "month":
      return { every, day: 1, ...at };
    case "custom":
      // A text that is no other choice, so that it stays one to be written.
      return { every, cron: form.every === "custom" ? start.cron : "0 8 1,15 * *" };
  }
}
