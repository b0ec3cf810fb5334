import { duration } from "./slowStatement.ts";

/** `1,234`, `12.3k`, `4.5M` */
export function countText(count: number): string {
  if (count >= 1_000_000) return `${(count / 1_000_000).toFixed(1)}M`;
  if (count >= 10_000) return `${(count / 1000).toFixed(1)}k`;
  return Number.isInteger(count) ? count.toLocaleString("en") : count.toFixed(1);
}

/** `0.4%` */
export function percentText(percent: number): string {
  return `${percent > 0 && percent < 10 ? percent.toFixed(1) : Math.round(percent)}%`;
}

/** `8.3 MB` */
export function bytesText(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)));
  const value = bytes / 1000 ** power;
  return `${value >= 100 ? Math.round(value) : Number(value.toFixed(1))} ${units[power]}`;
}

/** `3.2 ms`, `120 ms`, `1.4 s` */
export function latencyText(milliseconds: number): string {
  return milliseconds > 0 && milliseconds < 10 ? `${Number(milliseconds.toFixed(1))} ms` : duration(milliseconds);
}

export function percentOf(part: number, whole: number): number {
  return whole > 0 ? (part / whole) * 100 : 0;
}
