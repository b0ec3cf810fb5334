import { cn } from "#components/ui/cn.ts";

/** A gantry crane: two legs, a beam and what it lifts. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" fill="none" className={cn("size-5", className)} aria-hidden>
      <path
        d="M3 5.5h18M5.5 5.5V20M18.5 5.5V20M3.5 20h4M16.5 20h4"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
      />
      <path d="M12 5.5v4.25" stroke="currentColor" strokeWidth="2" />
      <rect x="9" y="9.75" width="6" height="5.5" rx="1.25" className="fill-accent" />
    </svg>
  );
}
