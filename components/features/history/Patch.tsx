import { cn } from "#components/ui/cn.ts";
import { Preformatted } from "#components/ui/Preformatted.tsx";

/** A unified diff with its added and removed lines coloured; the signs stay, so that colour is not all there is. */
export function Patch({ patch }: { patch: string | null }) {
  if (patch === null) return <p className="text-muted text-sm">This file is too long to show, or it is no text.</p>;
  if (patch === "") return <p className="text-muted text-sm">Only the name changed.</p>;
  return (
    <Preformatted className="max-h-96 rounded-lg border bg-sunken py-2">
      <code className="block w-max min-w-full">
        {numbered(patch).map(({ number, line }) => (
          <span key={number} className={cn("block px-3", tone(line))}>
            {line || " "}
          </span>
        ))}
      </code>
    </Preformatted>
  );
}

const numbered = (patch: string) =>
  patch
    .replace(/\n$/, "")
    .split("\n")
    .map((line, number) => ({ line, number }));

function tone(line: string): string {
  if (line.startsWith("+")) return "bg-success-soft text-success-text";
  if (line.startsWith("-")) return "bg-danger-soft text-danger-text";
  return line.startsWith("@@") ? "text-faint" : "";
}
