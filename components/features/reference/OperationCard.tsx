import { Badge } from "#components/ui/Badge.tsx";
import { CodeBlock } from "#components/ui/CodeBlock.tsx";

interface OperationCardProps {
  operation: {
    readonly id: string;
    readonly method: string;
    readonly path: string;
    readonly summary: string;
    readonly description: string;
    readonly scope: string | null;
    readonly parameters: readonly { readonly name: string; readonly place: string; readonly type: string }[];
    readonly body: string | null;
    readonly example: string | null;
    readonly status: string;
    readonly answer: string | null;
  };
}

/** One operation of the management API: how it is asked, and what it answers. */
export function OperationCard({ operation }: OperationCardProps) {
  const { id, method, path, summary, description, scope, parameters, body, example, status, answer } = operation;
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="scroll-mt-6 rounded-lg border bg-surface p-4">
      <div className="flex flex-wrap items-center gap-2">
        <h2 id={`${id}-title`} className="font-medium text-base">
          {summary}
        </h2>
        {scope ? <Badge>{scope}</Badge> : null}
      </div>
      <p className="mt-1 break-words font-mono text-muted text-xs">
        <span className="font-semibold text-accent-text">{method}</span> /api/v1{path}
      </p>
      <p className="mt-2 max-w-2xl text-pretty text-muted text-sm">{description}</p>
      <div className="mt-3 grid gap-3">
        {parameters.length > 0 ? (
          <dl className="grid gap-x-4 gap-y-1 text-xs sm:grid-cols-[max-content_1fr]">
            {parameters.map((parameter) => (
              <div key={parameter.name} className="contents">
                <dt className="font-mono">{parameter.name}</dt>
                <dd className="min-w-0 break-words text-muted">
                  {parameter.place}: <span className="font-mono">{parameter.type}</span>
                </dd>
              </div>
            ))}
          </dl>
        ) : null}
        {body ? <CodeBlock title="Body" code={body} /> : null}
        {example ? <CodeBlock title="Example" code={example} /> : null}
        {answer ? (
          <CodeBlock title={`Answer ${status}`} code={answer} />
        ) : (
          <p className="text-muted text-xs">Answers {status} without a body.</p>
        )}
      </div>
    </section>
  );
}
