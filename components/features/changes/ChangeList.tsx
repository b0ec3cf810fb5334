import { ShieldAlert } from "lucide-react";
import { TickedText } from "#components/ui/TickedText.tsx";
import { type ChangeGroup, groupChanges } from "./groupChanges.ts";
import type { ToldChange } from "./ToldChange.ts";

/** What lies between two versions in words: who may do what in sight, then resource by resource. */
export function ChangeList({ changes }: { changes: readonly ToldChange[] }) {
  const { access, others } = groupChanges(changes);
  return (
    <div className="flex flex-col gap-3">
      {access.length === 0 ? null : (
        <section
          aria-label="Access"
          className="flex flex-col gap-2 rounded-md border border-warning-line bg-warning-soft px-3 py-2.5"
        >
          <h3 className="flex items-center gap-1.5 font-medium text-sm text-warning-text">
            <ShieldAlert className="size-4 shrink-0" aria-hidden />
            Who may do what changes
          </h3>
          <Groups groups={access} />
        </section>
      )}
      <Groups groups={others} />
    </div>
  );
}

function Groups({ groups }: { groups: readonly ChangeGroup[] }) {
  return groups.map(({ about, sentences }) => (
    <section key={about} aria-label={about ?? "The app"} className="flex flex-col gap-1">
      <h4 className="font-medium text-muted text-xs">{about ?? "The app"}</h4>
      <ul className="flex list-disc flex-col gap-1 pl-5 text-sm">
        {sentences.map((sentence) => (
          <li key={sentence} className="break-words">
            <TickedText>{sentence}</TickedText>
          </li>
        ))}
      </ul>
    </section>
  ));
}
