import { CodeBlock } from "#components/ui/CodeBlock.tsx";
import type { JsonValue } from "#lib/model/types.ts";

/** A value as JSON, with a button to copy it. */
export function JsonView({ title, value }: { title: string; value: JsonValue }) {
  return <CodeBlock title={title} code={JSON.stringify(value, null, 2)} wrap className="[&_pre]:max-h-72" />;
}
