import { CircleCheck, CirclePlus, TriangleAlert, Unplug } from "lucide-react";
import type { ReactNode } from "react";
import { Badge } from "#components/ui/Badge.tsx";
import { Card } from "#components/ui/Card.tsx";
import { cn } from "#components/ui/cn.ts";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import { TickedText } from "#components/ui/TickedText.tsx";
import type { ShownApiChange } from "./Impact.ts";
import { trafficWords } from "./trafficWords.ts";

interface ApiImpactProps {
  api: readonly ShownApiChange[];
  measuredDays: number | null;
}

/** What callers of REST and GraphQL meet: breaking changes by name, with how often what they concern is called. */
export function ApiImpact({ api, measuredDays }: ApiImpactProps) {
  const of = (severity: ShownApiChange["severity"]) => api.filter((change) => change.severity === severity);
  const [breaking, risky, compatible] = [of("breaking"), of("risky"), of("compatible")];
  return (
    <Card
      title="For those who call the API"
      description={
        api.length === 0
          ? "Nothing changes: every request and every answer stays as it is."
          : breaking.length === 0
            ? "Every request that was right stays right."
            : undefined
      }
      actions={
        breaking.length === 0 ? (
          <Badge tone="success">
            <CircleCheck aria-hidden /> Nothing breaks
          </Badge>
        ) : (
          <Badge tone="danger">
            <Unplug aria-hidden /> {breaking.length === 1 ? "1 breaking change" : `${breaking.length} breaking changes`}
          </Badge>
        )
      }
    >
      {api.length === 0 ? null : (
        <div className="flex flex-col gap-3">
          {breaking.length === 0 ? null : (
            <Changes
              title="Breaks callers"
              icon={<Unplug aria-hidden />}
              className="border-danger-line bg-danger-soft [&_h3]:text-danger-text"
              changes={breaking}
              measuredDays={measuredDays}
            />
          )}
          {risky.length === 0 ? null : (
            <Changes
              title="May surprise callers"
              icon={<TriangleAlert aria-hidden />}
              className="border-warning-line bg-warning-soft [&_h3]:text-warning-text"
              changes={risky}
              measuredDays={measuredDays}
            />
          )}
          {compatible.length === 0 ? null : (
            <Disclosure title="Only adds" note={`${compatible.length}`}>
              <Changes
                title="What is new for callers"
                icon={<CirclePlus aria-hidden />}
                changes={compatible}
                measuredDays={null}
              />
            </Disclosure>
          )}
        </div>
      )}
    </Card>
  );
}

interface ChangesProps {
  title: string;
  icon: ReactNode;
  className?: string;
  changes: readonly ShownApiChange[];
  measuredDays: number | null;
}

function Changes({ title, icon, className, changes, measuredDays }: ChangesProps) {
  return (
    <section aria-label={title} className={cn("flex flex-col gap-2 rounded-md border px-3 py-2.5", className)}>
      <h3 className="flex items-center gap-1.5 font-medium text-sm [&_svg]:size-4 [&_svg]:shrink-0">
        {icon}
        {title}
      </h3>
      <ul className="flex flex-col gap-2">
        {changes.map((change) => (
          <li key={`${change.kind} ${change.sentence}`} className="min-w-0 text-sm">
            <p className="break-words">
              <TickedText>{`${change.sentence}.`}</TickedText>
            </p>
            <ConcernedOperations
              change={change}
              measuredDays={change.severity === "compatible" ? null : measuredDays}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function ConcernedOperations({ change, measuredDays }: { change: ShownApiChange; measuredDays: number | null }) {
  const { names, count } = change.operations;
  const words = change.severity === "compatible" ? null : trafficWords(change, measuredDays);
  if (count === 0) return null;
  const [first = ""] = names;
  const more = count === 1 ? "" : ` and ${count - 1} more`;
  return (
    <p className="text-muted text-xs" title={[...names, ...(count > names.length ? ["…"] : [])].join("\n")}>
      <code className="break-all font-mono">{first}</code>
      {more}
      {words === null ? null : <span className="font-medium"> · {words}</span>}
    </p>
  );
}
