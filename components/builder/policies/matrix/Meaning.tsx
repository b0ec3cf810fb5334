import type { ReactNode } from "react";

/** Stays in sight below a grid and says what its chosen cell means. */
export function Meaning({ hint, children }: { hint: string; children: ReactNode }) {
  return (
    <section
      aria-label="What it means"
      aria-live="polite"
      className="sticky bottom-0 z-20 max-h-[45dvh] shrink-0 overflow-y-auto rounded-lg border bg-raised p-3 shadow-md"
    >
      {children ?? <p className="text-faint text-sm">{hint}</p>}
    </section>
  );
}
