"use client";

import { CircleAlert, TriangleAlert } from "lucide-react";
import { createContext, type ReactNode, use, useId } from "react";
import { cn } from "./cn.ts";
import { TickedText } from "./TickedText.tsx";

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
  /** Worth a look, but no reason to refuse. */
  warning?: ReactNode;
  /** Something at the end of the error or warning, such as a button that mends it. */
  fix?: ReactNode;
  /** Said beside the label, such as "optional". */
  note?: ReactNode;
  /** The label is for screen readers only. */
  hideLabel?: boolean;
  className?: string;
  children: ReactNode;
}

export function Field(props: FieldProps) {
  const { label, hint, error, warning, fix, note, hideLabel = false, className, children } = props;
  const id = useId();
  const message = error || warning;
  const described = [hint ? `${id}-hint` : "", message ? `${id}-message` : ""].filter(Boolean).join(" ");
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
          {typeof hint === "string" ? <TickedText>{hint}</TickedText> : hint}
        </p>
      ) : null}
      {message ? <FieldError id={`${id}-message`} error={message} fix={fix} warning={!error} /> : null}
    </div>
  );
}

interface FieldErrorProps {
  id?: string;
  error: ReactNode;
  fix?: ReactNode;
  warning?: boolean;
}

/** The sentence under a control that says what to do. */
export function FieldError({ id, error, fix, warning = false }: FieldErrorProps) {
  const Icon = warning ? TriangleAlert : CircleAlert;
  return (
    <div id={id} className={cn("flex items-start gap-1.5 text-xs", warning ? "text-warning-text" : "text-danger-text")}>
      <Icon className="mt-px size-3.5 shrink-0" aria-hidden />
      <span className="min-w-0 flex-1 text-pretty">
        {typeof error === "string" ? <TickedText>{error}</TickedText> : error}
      </span>
      {fix}
    </div>
  );
}
