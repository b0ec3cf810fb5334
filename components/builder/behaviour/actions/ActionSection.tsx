"use client";

import { Plus, SlidersHorizontal, Zap } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import { Switch } from "#components/ui/Switch.tsx";
import { actionsOf, isStandardAction } from "#lib/model/actions/actionsOf.ts";
import type { ActionName, Resource } from "#lib/model/types.ts";
import { actionSentence } from "#lib/model/words/actionSentence.ts";
import { useBuilderActions, useDraft } from "../../BuilderContext.tsx";
import { BehaviourSection, Example } from "../BehaviourSection.tsx";
import { ItemRow } from "../ItemRow.tsx";
import { NewAction } from "./NewAction.tsx";

const standard: readonly { readonly name: ActionName; readonly label: string }[] = [
  { name: "read", label: "Read: list and get" },
  { name: "create", label: "Create" },
  { name: "update", label: "Update" },
  { name: "destroy", label: "Delete" },
];

export function ActionSection({ resource }: { resource: Resource }) {
  const model = useDraft();
  const [adding, setAdding] = useState(false);
  const named = actionsOf(resource).filter(({ name }) => !isStandardAction(name) && name !== "restore");
  return (
    <BehaviourSection
      title="Actions"
      help="What the APIs offer for this resource. Switched off, an action answers that it does not exist."
      path={[resource.name, "actions"]}
      note={actionNote(resource.actions.length, named.length)}
    >
      <StandardSwitches resource={resource} />
      {named.length === 0 ? null : (
        <ul className="-mx-1.5" aria-label={`Named actions of ${resource.name}`}>
          {named.map((action) => (
            <li key={action.name}>
              <ItemRow
                icon={Zap}
                word="Action"
                selection={{ kind: "action", resource: resource.name, name: action.name }}
                path={[resource.name, "actions", action.name]}
                note={action.type}
                sentence={actionSentence(model, resource, action)}
              />
            </li>
          ))}
        </ul>
      )}
      {adding ? (
        <NewAction resource={resource} onDone={() => setAdding(false)} />
      ) : (
        <>
          {named.length === 0 ? (
            <Example>“Approve an invoice”: sets the status to approved, only if the amount is below 1000</Example>
          ) : null}
          <Button size="sm" icon={<Plus />} className="self-start" onClick={() => setAdding(true)}>
            Add action
          </Button>
        </>
      )}
    </BehaviourSection>
  );
}

function actionNote(standardCount: number, namedCount: number): string | undefined {
  const few = standardCount === standard.length ? [] : [`${standardCount} of ${standard.length}`];
  const parts = [...few, ...(namedCount === 0 ? [] : [`${namedCount} named`])];
  return parts.length === 0 ? undefined : parts.join(", ");
}

function StandardSwitches({ resource }: { resource: Resource }) {
  const { run, select } = useBuilderActions();
  return (
    <div className="flex flex-col gap-1">
      {standard.map(({ name, label }) => {
        const on = resource.actions.includes(name);
        return (
          <div key={name} className="flex items-center gap-1">
            <Switch
              label={label}
              className="flex-1"
              checked={on}
              onCheckedChange={(checked) => {
                const actions = standard
                  .map((one) => one.name)
                  .filter((one) => (one === name ? checked : resource.actions.includes(one)));
                run({ type: "setResource", resource: resource.name, actions });
              }}
            />
            <IconButton
              label={`More about ${name}`}
              size="xs"
              disabled={!on}
              onClick={() => select({ kind: "action", resource: resource.name, name })}
            >
              <SlidersHorizontal />
            </IconButton>
          </div>
        );
      })}
    </div>
  );
}
