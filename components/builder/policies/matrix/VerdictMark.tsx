import { Check, CircleDashed, Minus } from "lucide-react";
import { cn } from "#components/ui/cn.ts";
import type { Verdict } from "#lib/plan/access/matrix/cellOf.ts";
import { verdictWords } from "#lib/plan/access/matrix/cellWords.ts";

const looks = {
  yes: { icon: Check, tone: "text-success-text" },
  no: { icon: Minus, tone: "text-faint" },
  sometimes: { icon: CircleDashed, tone: "text-warning-text" },
} as const;

/** Yes, no or sometimes, as a sign and a word; `of` is said in its place where the word would not fit. */
export function VerdictMark({ verdict, of, className }: { verdict: Verdict; of?: string; className?: string }) {
  const { icon: Icon, tone } = looks[verdict];
  return (
    <span className={cn("inline-flex items-center gap-1 whitespace-nowrap text-xs", tone, className)}>
      <Icon className="size-3.5 shrink-0" aria-hidden />
      {of ?? verdictWords[verdict]}
    </span>
  );
}
