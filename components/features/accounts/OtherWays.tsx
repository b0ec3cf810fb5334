import type { ReactNode } from "react";

/** Ways in below the form, after a line that says "or". */
export function OtherWays({ children }: { children: ReactNode }) {
  return (
    <div className="mt-4 flex flex-col gap-2">
      <div className="mb-1 flex items-center gap-3 text-faint text-xs">
        <span className="h-px flex-1 bg-line" />
        or
        <span className="h-px flex-1 bg-line" />
      </div>
      {children}
    </div>
  );
}
