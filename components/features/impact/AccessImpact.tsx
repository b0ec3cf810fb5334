import { LockKeyhole, ShieldAlert } from "lucide-react";
import { Badge } from "#components/ui/Badge.tsx";
import { Card } from "#components/ui/Card.tsx";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import { TickedText } from "#components/ui/TickedText.tsx";
import { AccessBeforeAfter } from "./AccessBeforeAfter.tsx";
import type { ModelsImpact, ShownPolicyChange } from "./Impact.ts";

/** Who may do more or less; what is wider stands first and stands out. */
export function AccessImpact({ access: { changes, matrices } }: { access: ModelsImpact["access"] }) {
  const of = (...directions: readonly ShownPolicyChange["direction"][]) =>
    changes.filter(({ direction }) => directions.includes(direction));
  const [wider, other, narrower] = [of("wider"), of("other", "new"), of("narrower")];
  const open = wider.filter(({ asker }) => asker.isOpen).length;
  return (
    <Card
      title="Who may do what"
      description={changes.length === 0 ? "Nobody may do more or less than before." : undefined}
      actions={
        wider.length === 0 ? null : (
          <Badge tone="danger">
            <ShieldAlert aria-hidden /> {open > 0 ? "Opened to everybody" : "Access widens"}
          </Badge>
        )
      }
    >
      {changes.length === 0 ? null : (
        <div className="flex flex-col gap-3">
          {wider.length === 0 ? null : (
            <section
              aria-label="May do more"
              className="flex flex-col gap-2 rounded-md border-2 border-danger-line bg-danger-soft px-3 py-2.5"
            >
              <h3 className="flex items-center gap-1.5 font-semibold text-danger-text text-sm">
                <ShieldAlert className="size-4 shrink-0" aria-hidden />
                These may do more than before
              </h3>
              <Sentences changes={wider} />
            </section>
          )}
          {other.length === 0 ? null : (
            <section aria-label="May do other things" className="flex flex-col gap-2">
              <h3 className="font-medium text-muted text-xs">New, or under other conditions</h3>
              <Sentences changes={other} />
            </section>
          )}
          {narrower.length === 0 ? null : (
            <section aria-label="May do less" className="flex flex-col gap-2">
              <h3 className="flex items-center gap-1.5 font-medium text-muted text-xs">
                <LockKeyhole className="size-3.5 shrink-0" aria-hidden />
                These may do less than before
              </h3>
              <Sentences changes={narrower} />
            </section>
          )}
          {matrices.map((matrix) => (
            <Disclosure key={matrix.resource} title={`${matrix.resource}, before and after`}>
              <AccessBeforeAfter matrix={matrix} />
            </Disclosure>
          ))}
        </div>
      )}
    </Card>
  );
}

function Sentences({ changes }: { changes: readonly ShownPolicyChange[] }) {
  return (
    <ul className="flex list-disc flex-col gap-1 pl-5 text-sm">
      {changes.map(({ sentence }) => (
        <li key={sentence} className="break-words">
          <TickedText>{`${sentence}.`}</TickedText>
        </li>
      ))}
    </ul>
  );
}
