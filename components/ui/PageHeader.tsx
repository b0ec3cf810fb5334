import type { ReactNode } from "react";

interface PageHeaderProps {
  title: ReactNode;
  /** One sentence on what this screen is for. */
  description?: ReactNode;
  actions?: ReactNode;
}

/** The top of every screen that scrolls. */
export function PageHeader({ title, description, actions }: PageHeaderProps) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 max-w-2xl">
        <h1 className="font-semibold text-xl">{title}</h1>
        {description ? <p className="mt-1 text-pretty text-muted text-sm">{description}</p> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </div>
  );
}

/** The column that screens put their content in; canvases do without it. */
export function Page({ children }: { children: ReactNode }) {
  return <main className="mx-auto flex w-full max-w-5xl flex-col gap-6 px-4 py-6 sm:px-6 sm:py-8">{children}</main>;
}
