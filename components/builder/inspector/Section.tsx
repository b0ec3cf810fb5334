import type { ReactNode } from "react";

interface SectionProps {
  title: string;
  note?: string;
  action?: ReactNode;
  children: ReactNode;
}

export function Section({ title, note, action, children }: SectionProps) {
  return (
    <section aria-label={title} className="flex flex-col gap-1.5">
      <div className="flex min-h-7 items-center gap-2">
        <h3 className="font-medium text-sm">{title}</h3>
        {note ? <span className="text-faint text-xs tabular-nums">{note}</span> : null}
        <span className="flex-1" />
        {action}
      </div>
      {children}
    </section>
  );
}
