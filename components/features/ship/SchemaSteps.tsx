import { Badge } from "#components/ui/Badge.tsx";
import { CodeBlock } from "#components/ui/CodeBlock.tsx";

interface SchemaStep {
  readonly sentence: string;
  readonly sql: string;
  readonly cost: string;
  readonly when?: string;
}

/** What a plan does to the database: in words, with what it costs, and the SQL itself. */
export function SchemaSteps({ steps }: { steps: readonly SchemaStep[] }) {
  return (
    <ol className="flex flex-col gap-3">
      {steps.map(({ sentence, sql, cost, when }) => (
        <li key={sql} className="flex flex-col gap-1">
          <p className="flex flex-wrap items-baseline gap-2 text-sm">
            {sentence}
            <Badge tone={cost === "instant" ? "neutral" : "warning"}>{cost}</Badge>
            {when === "afterSwitch" ? <Badge>after the switch</Badge> : null}
          </p>
          <CodeBlock code={sql} wrap />
        </li>
      ))}
    </ol>
  );
}
