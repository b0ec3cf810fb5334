"use client";

import { useEffect, useState } from "react";
import { relativeTime } from "./relativeTime.ts";

interface RelativeTimeProps {
  /** A date or an RFC 3339 text. */
  at: Date | string;
  className?: string;
}

/** "3 minutes ago", kept up to date; the full time on hover and for machines. */
export function RelativeTime({ at, className }: RelativeTimeProps) {
  const moment = new Date(at);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time
      dateTime={moment.toISOString()}
      title={moment.toLocaleString()}
      className={className}
      suppressHydrationWarning
    >
      {relativeTime(moment.getTime(), Math.max(now, moment.getTime()))}
    </time>
  );
}
