"use client";

import { EyeOff, Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { TickedText } from "#components/ui/TickedText.tsx";
import type { ListChange } from "#lib/model/commands/BehaviourCommand.ts";
import type { FieldPolicy, Resource } from "#lib/model/types.ts";
import { fieldPolicySentences } from "#lib/model/words/policySentence.ts";
import { useBuilderActions, useDraft } from "../../BuilderContext.tsx";
import { BehaviourSection, countNote } from "../../behaviour/BehaviourSection.tsx";
import { useUndoable } from "../useUndoable.ts";
import { FieldPolicyFields } from "./FieldPolicyFields.tsx";
import { firstCondition } from "./firstCondition.ts";
import { ListItem } from "./ListItem.tsx";

/** Who may see and set single fields, below what the policies of the record allow. */
export function FieldPolicySection({ resource }: { resource: Resource }) {
  const model = useDraft();
  const { run } = useBuilderActions();
  const undoable = useUndoable();
  const [open, setOpen] = useState<number | null>(null);
  const { name: of, fieldPolicies = [], attributes } = resource;
  const change = (next: ListChange<FieldPolicy>, key?: string) =>
    run({ type: "changeFieldPolicies", resource: of, change: next }, key === undefined ? {} : { key });
  const move = (index: number, to: number) => {
    if (change({ kind: "move", index, to: to > index ? to + 1 : to })) setOpen(open === index ? to : null);
  };
  const first = attributes.find(({ sensitive }) => sensitive) ?? attributes.at(-1);
  return (
    <BehaviourSection
      title="Field policies"
      help="Who may read a record reads all of its fields, and who may change it sets all of them, but for what is said here."
      path={[of, "fieldPolicies"]}
      note={countNote(fieldPolicies.length)}
    >
      {fieldPolicies.length === 0 ? null : (
        <ul className="flex flex-col gap-1.5" aria-label={`Field policies of ${of}`}>
          {fieldPolicies.map((policy, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: policies have no names; they are where they stand
            <li key={index}>
              <ListItem
                path={[of, "fieldPolicies", String(index)]}
                title={
                  <span className="flex items-start gap-1.5 text-sm">
                    <EyeOff className="mt-0.5 size-3.5 shrink-0 text-faint" aria-hidden />
                    <span className="min-w-0 text-pretty">
                      <TickedText>{fieldPolicySentences(resource, policy, model).join(". ")}</TickedText>
                    </span>
                  </span>
                }
                word="field policy"
                open={open === index}
                onOpenChange={(opened) => setOpen(opened ? index : null)}
                up={index > 0 ? () => move(index, index - 1) : null}
                down={index < fieldPolicies.length - 1 ? () => move(index, index + 1) : null}
                remove={() => {
                  const removal = {
                    type: "changeFieldPolicies",
                    resource: of,
                    change: { kind: "remove", index },
                  } as const;
                  if (undoable(removal, `A field policy of ${of} is removed.`)) setOpen(null);
                }}
              >
                <FieldPolicyFields
                  resource={resource}
                  policy={policy}
                  path={[of, "fieldPolicies", String(index)]}
                  set={(item) => change({ kind: "set", index, item }, `${of}.fieldPolicies.${index}`)}
                />
              </ListItem>
            </li>
          ))}
        </ul>
      )}
      {first ? (
        <Button
          size="sm"
          icon={<Plus />}
          className="self-start"
          onClick={() => {
            const item = { fields: [first.name], read: firstCondition(model.app) };
            if (change({ kind: "add", item })) setOpen(fieldPolicies.length);
          }}
        >
          Guard fields
        </Button>
      ) : null}
    </BehaviourSection>
  );
}
