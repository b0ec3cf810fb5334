interface WorkBarProps {
  label: string;
  done: number;
  /** 0 while it is not known. */
  total: number;
}

/** How far something is that takes its time. */
export function WorkBar({ label, done, total }: WorkBarProps) {
  const part = total === 0 ? 0 : done / total;
  return (
    <div className="flex flex-col gap-1.5" role="status">
      <div className="flex justify-between gap-3 text-muted text-sm">
        <span>{label}</span>
        {total > 0 ? (
          <span className="tabular-nums">
            {done} of {total}
          </span>
        ) : null}
      </div>
      <div className="h-1.5 overflow-hidden rounded-full bg-sunken">
        <div
          className="h-full rounded-full bg-accent transition-[width] duration-300"
          style={{ width: `${Math.max(part * 100, 3)}%` }}
        />
      </div>
    </div>
  );
}
