import { Badge } from "#components/ui/Badge.tsx";
import { CodeBlock } from "#components/ui/CodeBlock.tsx";

interface SchemaStep {
  readonly sentence: string;
  readonly sql: string;
  readonly cost: string;
}

/** What a plan does to the database: in words, with what it costs, and the SQL itself. */
export function SchemaSteps({ steps }: { steps: readonly SchemaStep[] }) {
  return (
    <ol className="flex flex-col gap-3">
      {steps.map(({ sentence, sql, cost }) => (
        <li key={sql} className="flex flex-col gap-1">
          <p className="flex flex-wrap items-baseline gap-2 text-sm">
            {sentence}
            <Badge tone={cost === "instant" ? "neutral" : "warning"}>{cost}</Badge>
          </p>
          <CodeBlock code={sql} />
        </li>
      ))}
    </ol>
  );
}
