"use client";

import { ArrowRight, ShieldCheck, ShieldX } from "lucide-react";
import { Button } from "#components/ui/Button.tsx";
import { TickedText } from "#components/ui/TickedText.tsx";
import { spokenName } from "#lib/model/naming/spokenName.ts";
import { policySentence } from "#lib/model/words/policySentence.ts";
import { sentenceList } from "#lib/model/words/sentenceList.ts";
import { askerCircle } from "#lib/plan/access/matrix/Asker.ts";
import { allowing } from "#lib/plan/access/matrix/allowing.ts";
import type { Cell, Reason } from "#lib/plan/access/matrix/cellOf.ts";
import { cellSentence, reasonWords } from "#lib/plan/access/matrix/cellWords.ts";
import { useBuilderActions, useDraft } from "../../BuilderContext.tsx";
import { useUndoable } from "../useUndoable.ts";

/** What a cell means in words, the policies that make it so, and the way to another answer. */
export function CellMeaning({ cell }: { cell: Cell }) {
  const { ownTenantOnly, verdict, reasons, resource } = cell;
  return (
    <div className="flex flex-col gap-2">
      <p className="text-pretty font-medium text-sm">{cellSentence(cell)}</p>
      {ownTenantOnly && verdict !== "no" ? (
        <p className="text-muted text-xs">Only of their own tenant, whatever the policies say.</p>
      ) : null}
      {reasons.length === 0 ? null : (
        <ul aria-label="Policies that speak of it" className="flex flex-col gap-1">
          {reasons.map((reason) => (
            <ReasonLine key={reason.index} cell={cell} reason={reason} />
          ))}
        </ul>
      )}
      {verdict === "no" ? <AllowButton cell={cell} /> : null}
      {verdict === "no" && reasons.length === 0 && (resource.policies ?? []).length === 0 ? (
        <p className="text-faint text-xs">
          {resource.name} has no policies: nobody but service keys may do anything with it.
        </p>
      ) : null}
    </div>
  );
}

function ReasonLine({ cell: { resource }, reason }: { cell: Cell; reason: Reason }) {
  const model = useDraft();
  const { showPlace } = useBuilderActions();
  const policy = resource.policies?.[reason.index];
  if (!policy) return null;
  const Icon = policy.effect === "allow" ? ShieldCheck : ShieldX;
  return (
    <li>
      <button
        type="button"
        onClick={() => showPlace([resource.name, "policies", String(reason.index), "expression"])}
        className="group -mx-1.5 flex w-full items-start gap-2 rounded-md px-1.5 py-1 text-left text-xs hover:bg-hover"
      >
        <Icon
          className={`mt-px size-3.5 shrink-0 ${policy.effect === "allow" ? "text-success-text" : "text-danger-text"}`}
          aria-label={policy.effect === "allow" ? "Allows" : "Forbids"}
        />
        <span className="min-w-0 flex-1">
          <TickedText>{`${policySentence(resource, policy, model)}.`}</TickedText>{" "}
          <span className="text-faint">This {reasonWords(reason)}.</span>
        </span>
        <ArrowRight className="mt-px size-3.5 shrink-0 text-faint opacity-0 group-hover:opacity-100" aria-hidden />
      </button>
    </li>
  );
}

function AllowButton({ cell }: { cell: Cell }) {
  const model = useDraft();
  const undoable = useUndoable();
  const change = allowing(model, cell);
  const { resource, action, asker } = cell;
  if (!change || change.kind === "remove" || change.kind === "move") {
    return <p className="text-muted text-xs">Change the policy that forbids it to allow this.</p>;
  }
  const before = change.kind === "set" ? (resource.policies?.[change.index]?.actions ?? []) : [];
  const does = sentenceList(change.item.actions.filter((name) => !before.includes(name)).map(spokenName));
  const circle = askerCircle(asker);
  const many = spokenName(resource.plural);
  return (
    <Button
      size="sm"
      icon={<ShieldCheck />}
      className="h-auto min-h-7 self-start whitespace-normal py-1 text-left"
      onClick={() =>
        undoable(
          { type: "changePolicies", resource: resource.name, change },
          `${circle.charAt(0).toUpperCase()}${circle.slice(1)} may now ${does || action.name} ${many}.`,
        )
      }
    >
      Let {circle} {does || action.name} {many}
    </Button>
  );
}
