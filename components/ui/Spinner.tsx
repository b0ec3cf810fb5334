import { LoaderCircle } from "lucide-react";
import { cn } from "./cn.ts";

interface SpinnerProps {
  /** Said to screen readers; without it the spinner is decoration beside a text that says the same. */
  label?: string;
  className?: string;
}

export function Spinner({ label, className }: SpinnerProps) {
  return (
    <span {...(label === undefined ? { "aria-hidden": true } : { role: "status", "aria-label": label })}>
      <LoaderCircle className={cn("size-4 animate-spin text-faint", className)} aria-hidden />
    </span>
  );
}
