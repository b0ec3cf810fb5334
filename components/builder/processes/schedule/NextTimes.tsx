"use client";

import { useEffect, useState } from "react";
import { occurrences } from "./occurrences.ts";

/** The next five moments of a schedule, by the clock of its zone. */
export function NextTimes({ cron, zone }: { cron: string; zone: string }) {
  const [now, setNow] = useState<Date | null>(null);
  useEffect(() => {
    setNow(new Date());
    const timer = setInterval(() => setNow(new Date()), 30_000);
    return () => clearInterval(timer);
  }, []);
  const times = now && occurrences({ cron, zone }, now);
  if (!times) return null;
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
  return (
    <div className="flex flex-col gap-1 rounded-md border bg-sunken px-2.5 py-2">
      <p className="text-2xs text-faint">Next ({zone})</p>
      <ol className="flex flex-col gap-0.5 text-xs tabular-nums">
        {times.map((time) => (
          <li key={time.toISOString()}>{format.format(time)}</li>
        ))}
      </ol>
    </div>
  );
}
