import { cn } from "./cn.ts";

interface KbdProps {
  children: string;
  className?: string;
  /** Where `aria-keyshortcuts` says it already. */
  "aria-hidden"?: true;
}

/** Keys, separated by spaces: `Ctrl Shift Z`. */
export function Kbd({ children, className, ...rest }: KbdProps) {
  return (
    <kbd {...rest} className={cn("inline-flex gap-0.5 font-sans text-2xs text-faint", className)}>
      {children.split(" ").map((key) => (
        <span key={key} className="min-w-4 rounded-sm border border-line-strong bg-sunken px-1 text-center leading-4">
          {key}
        </span>
      ))}
    </kbd>
  );
}
