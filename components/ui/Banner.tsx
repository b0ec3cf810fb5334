import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";

type Tone = "info" | "success" | "warning" | "danger";

interface BannerProps {
  tone?: Tone;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  /** Spans the width of the screen, without a frame. */
  flush?: boolean;
  className?: string;
}

const tones: Record<Tone, string> = {
  info: "border-accent-line bg-accent-soft [&>svg]:text-accent-text",
  success: "border-success-line bg-success-soft [&>svg]:text-success-text",
  warning: "border-warning-line bg-warning-soft [&>svg]:text-warning-text",
  danger: "border-danger-line bg-danger-soft [&>svg]:text-danger-text",
};

const icons: Record<Tone, typeof Info> = {
  info: Info,
  success: CircleCheck,
  warning: TriangleAlert,
  danger: CircleAlert,
};

export function Banner({ tone = "info", title, children, actions, flush = false, className }: BannerProps) {
  const Icon = icons[tone];
  return (
    <div
      role={tone === "danger" ? "alert" : "status"}
      className={cn(
        "flex flex-wrap items-start gap-x-3 gap-y-2 px-3 py-2 text-ink text-sm",
        flush ? "border-b" : "rounded-lg border",
        tones[tone],
        className,
      )}
    >
      <Icon className="mt-0.5 size-4 shrink-0" aria-hidden />
      <div className="min-w-40 flex-1">
        {title ? <p className="font-medium">{title}</p> : null}
        {children ? <div className="text-pretty">{children}</div> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </div>
  );
}
