import { Clock, Database, GitBranch, Mail, Pencil } from "lucide-react";

const steps = [
  { icon: Database, text: "When a deal is changed and its stage changed", start: true },
  { icon: GitBranch, text: "If the stage is won" },
  { icon: Pencil, text: "Create an invoice" },
  { icon: Clock, text: "Wait for 14 days" },
  { icon: Mail, text: "Mail “Have you paid?” to the owner" },
] as const;

/** What a process looks like, in the words of the business. */
export function ExampleProcess() {
  return (
    <ol className="mx-auto flex max-w-72 flex-col items-center text-xs" aria-label="An example">
      {steps.map(({ icon: Icon, text, ...rest }, index) => (
        <li key={text} className="flex w-full flex-col items-center">
          {index === 0 ? null : <span className="h-3 w-px bg-control" aria-hidden />}
          <span
            className={`flex w-full items-center gap-2 rounded-lg border px-2.5 py-1.5 shadow-xs ${"start" in rest ? "border-accent-line bg-accent-soft" : "bg-surface"}`}
          >
            <Icon className="size-3.5 shrink-0 text-accent-text" aria-hidden />
            {text}
          </span>
        </li>
      ))}
    </ol>
  );
}
