"use client";

import { Select } from "#components/ui/Select.tsx";
import { Switch } from "#components/ui/Switch.tsx";
import type { RateLimits } from "#lib/model/types.ts";
import { CountField } from "../CountField.tsx";

interface RateFieldProps {
  of: keyof RateLimits;
  label: string;
  hint: string;
  limits: RateLimits;
  set: (limits: RateLimits) => void;
}

const spans = [
  { value: "1", label: "second" },
  { value: "60", label: "minute" },
  { value: "3600", label: "hour" },
  { value: "86400", label: "day" },
];

/** At most so many requests a span, or as many as they like. */
export function RateField({ of, label, hint, limits, set }: RateFieldProps) {
  const rate = limits[of];
  const { [of]: _old, ...others } = limits;
  const seconds = String(rate?.seconds ?? 60);
  const known = spans.some(({ value }) => value === seconds);
  return (
    <div className="flex flex-col gap-2">
      <Switch
        label={label}
        hint={hint}
        checked={rate !== undefined}
        onCheckedChange={(on) => set(on ? { ...others, [of]: { requests: 100, seconds: 60 } } : others)}
      />
      {rate ? (
        <div className="flex flex-wrap items-end gap-2">
          <CountField
            path={["app", "api", "rateLimits", of, "requests"]}
            label="Requests"
            value={rate.requests}
            most={1_000_000_000}
            required
            className="w-28"
            set={(requests) => set({ ...others, [of]: { ...rate, requests: requests ?? rate.requests } })}
          />
          <span className="pb-2 text-faint text-sm">a</span>
          <Select
            aria-label={`Span of ${label.toLowerCase()}`}
            className="w-28"
            value={seconds}
            options={known ? spans : [...spans, { value: seconds, label: `${seconds} seconds` }]}
            onValueChange={(value) => set({ ...others, [of]: { ...rate, seconds: Number(value) } })}
          />
        </div>
      ) : null}
    </div>
  );
}
