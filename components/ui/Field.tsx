"use client";

import { CircleAlert } from "lucide-react";
import { createContext, type ReactNode, use, useId } from "react";
import { cn } from "./cn.ts";

interface FieldControl {
  readonly id: string;
  readonly "aria-describedby"?: string;
  readonly "aria-invalid"?: true;
}

const FieldContext = createContext<FieldControl | null>(null);

/** What the control inside a `Field` needs so that label, hint and error belong to it. */
export function useFieldControl(): FieldControl | Record<string, never> {
  return use(FieldContext) ?? {};
}

interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  /** Shown instead of nothing: the hint stays. */
  error?: ReactNode;
  /** Something at the end of the error, such as a button that mends it. */
  fix?: ReactNode;
  /** Said beside the label, such as "optional". */
  note?: ReactNode;
  /** The label is for screen readers only. */
  hideLabel?: boolean;
  className?: string;
  children: ReactNode;
}

export function Field({ label, hint, error, fix, note, hideLabel = false, className, children }: FieldProps) {
  const id = useId();
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  const control: FieldControl = {
    id,
    ...(described ? { "aria-describedby": described } : {}),
    ...(error ? { "aria-invalid": true } : {}),
  };
  return (
    <div className={cn("flex min-w-0 flex-col gap-1", className)}>
      <div className={hideLabel ? "sr-only" : "flex items-baseline justify-between gap-2"}>
        <label htmlFor={id} className="font-medium text-muted text-xs">
          {label}
        </label>
        {note ? <span className="text-2xs text-faint">{note}</span> : null}
      </div>
      <FieldContext value={control}>{children}</FieldContext>
      {hint ? (
        <p id={`${id}-hint`} className="text-faint text-xs">
          {hint}
        </p>
      ) : null}
      {error ? <FieldError id={`${id}-error`} error={error} fix={fix} /> : null}
    </div>
  );
}

interface FieldErrorProps {
  id?: string;
  error: ReactNode;
  fix?: ReactNode;
}

/** The sentence under a control that says what to do. */
export function FieldError({ id, error, fix }: FieldErrorProps) {
  return (
    <div id={id} className="flex items-start gap-1.5 text-danger-text text-xs">
      <CircleAlert className="mt-px size-3.5 shrink-0" aria-hidden />
      <span className="min-w-0 flex-1 text-pretty">{error}</span>
      {fix}
    </div>
  );
}
