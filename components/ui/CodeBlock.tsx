import type { ReactNode } from "react";
import { CopyButton } from "./CopyButton.tsx";
import { cn } from "./cn.ts";
import { Preformatted } from "./Preformatted.tsx";

interface CodeBlockProps {
  code: string;
  /** What it is: shown in the bar and said to screen readers. */
  title?: string;
  /** What to render instead of plain text, when it is highlighted. */
  children?: ReactNode;
  /** Breaks long lines instead of scrolling. */
  wrap?: boolean;
  className?: string;
}

export function CodeBlock({ code, title, children, wrap = false, className }: CodeBlockProps) {
  const name = title ?? "code";
  return (
    <figure className={cn("group relative min-w-0 overflow-hidden rounded-lg border bg-sunken", className)}>
      {title === undefined ? null : (
        <figcaption className="flex h-8 items-center justify-between border-b pr-1 pl-3 text-muted text-xs">
          {title}
          <CopyButton text={code} label={`Copy ${name}`} />
        </figcaption>
      )}
      <Preformatted className={cn("p-3", wrap && "whitespace-pre-wrap break-words", title === undefined && "pr-10")}>
        <code>{children ?? code}</code>
      </Preformatted>
      {title === undefined ? (
        <CopyButton text={code} label={`Copy ${name}`} className="absolute top-1.5 right-1.5" />
      ) : null}
    </figure>
  );
}
