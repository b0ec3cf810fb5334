import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn.ts";

interface CardProps extends Omit<ComponentProps<"section">, "title"> {
  title?: ReactNode;
  description?: ReactNode;
  /** Buttons at the end of the title's row. */
  actions?: ReactNode;
  footer?: ReactNode;
}

export function Card({ title, description, actions, footer, className, children, ...rest }: CardProps) {
  return (
    <section className={cn("flex min-w-0 flex-col rounded-lg border bg-surface shadow-xs", className)} {...rest}>
      {title || actions ? (
        <div
          className={cn("flex flex-wrap items-start justify-between gap-3 px-4 pt-4", !children && !footer && "pb-4")}
        >
          <div className="min-w-0">
            {title ? <h2 className="font-semibold text-base">{title}</h2> : null}
            {description ? <p className="mt-0.5 text-pretty text-muted text-sm">{description}</p> : null}
          </div>
          {actions ? <div className="flex items-center gap-2">{actions}</div> : null}
        </div>
      ) : null}
      {children ? <div className="flex-1 p-4">{children}</div> : null}
      {footer ? (
        <div className="flex items-center justify-end gap-2 rounded-b-lg border-t bg-sunken px-4 py-3">{footer}</div>
      ) : null}
    </section>
  );
}
