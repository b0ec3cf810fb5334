import { Children, type ReactNode } from "react";

/** A path of links or switchers, the widest thing first. */
export function Breadcrumb({ label = "Breadcrumb", children }: { label?: string; children: ReactNode }) {
  const parts = Children.toArray(children);
  return (
    <nav aria-label={label} className="min-w-0">
      <ol className="flex min-w-0 items-center">
        {parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a crumb is its position
          <li key={index} className="flex min-w-0 items-center">
            {index > 0 ? (
              <span className="px-0.5 text-line-strong" aria-hidden>
                /
              </span>
            ) : null}
            {part}
          </li>
        ))}
      </ol>
    </nav>
  );
}
