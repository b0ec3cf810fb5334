"use client";

import { Plus, ShieldCheck, ShieldX } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { DropdownMenu, MenuItem } from "#components/ui/DropdownMenu.tsx";
import { TickedText } from "#components/ui/TickedText.tsx";
import type { ListChange } from "#lib/model/commands/BehaviourCommand.ts";
import { spokenName } from "#lib/model/naming/spokenName.ts";
import type { Policy, Resource } from "#lib/model/types.ts";
import { policySentence } from "#lib/model/words/policySentence.ts";
import { useBuilderActions, useDraft } from "../../BuilderContext.tsx";
import { BehaviourSection, countNote } from "../../behaviour/BehaviourSection.tsx";
import { useUndoable } from "../useUndoable.ts";
import { ListItem } from "./ListItem.tsx";
import { PolicyFields } from "./PolicyFields.tsx";
import { policyExamples } from "./policyExamples.ts";

const blank: Policy = { effect: "allow", actions: ["read"], expression: "true" };

/** Who may do what with the records of a resource, as sentences that open to all that can be said of them. */
export function PolicySection({ resource }: { resource: Resource }) {
  const model = useDraft();
  const { run } = useBuilderActions();
  const undoable = useUndoable();
  const [open, setOpen] = useState<number | null>(null);
  const { name: of, policies = [] } = resource;
  const path = [of, "policies"];
  const change = (next: ListChange<Policy>, key?: string) =>
    run({ type: "changePolicies", resource: of, change: next }, key === undefined ? {} : { key });
  const move = (index: number, to: number) => {
    if (change({ kind: "move", index, to: to > index ? to + 1 : to })) setOpen(open === index ? to : null);
  };
  const add = (policy: Policy) => {
    if (change({ kind: "add", item: policy })) setOpen(policies.length);
  };
  const examples = policyExamples(model, resource);
  return (
    <BehaviourSection
      title="Policies"
      help="Who may do what. Nothing is allowed that no policy allows, and what one forbids no other allows."
      path={path}
      note={countNote(policies.length)}
    >
      {policies.length === 0 ? (
        <div className="flex flex-col gap-2 rounded-md border border-dashed p-2.5">
          <p className="text-pretty text-muted text-xs">
            Nobody but service keys may do anything with {spokenName(resource.plural)} yet. Let in:
          </p>
          <div className="flex flex-wrap gap-1.5">
            {examples
              .filter(({ policy }) => policy.effect === "allow")
              .map(({ title, policy }) => (
                <Button key={title} size="sm" onClick={() => add(policy)}>
                  {title}
                </Button>
              ))}
          </div>
        </div>
      ) : (
        <ul className="flex flex-col gap-1.5" aria-label={`Policies of ${of}`}>
          {policies.map((policy, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: policies have no names; they are where they stand
            <li key={index}>
              <ListItem
                path={[...path, String(index)]}
                title={<Sentence resource={resource} policy={policy} />}
                word="policy"
                open={open === index}
                onOpenChange={(opened) => setOpen(opened ? index : null)}
                up={index > 0 ? () => move(index, index - 1) : null}
                down={index < policies.length - 1 ? () => move(index, index + 1) : null}
                remove={() => {
                  const removal = { type: "changePolicies", resource: of, change: { kind: "remove", index } } as const;
                  if (undoable(removal, `A policy of ${of} is removed.`)) setOpen(null);
                }}
              >
                <PolicyFields
                  resource={resource}
                  policy={policy}
                  path={[...path, String(index)]}
                  set={(item) => change({ kind: "set", index, item }, `${of}.policies.${index}`)}
                />
              </ListItem>
            </li>
          ))}
        </ul>
      )}
      <DropdownMenu
        trigger={
          <Button size="sm" icon={<Plus />} className="self-start">
            Add policy
          </Button>
        }
      >
        {examples.map(({ title, policy }) => (
          <MenuItem
            key={title}
            icon={policy.effect === "allow" ? <ShieldCheck /> : <ShieldX />}
            onSelect={() => add(policy)}
          >
            {title}
          </MenuItem>
        ))}
        <MenuItem icon={<Plus />} onSelect={() => add(blank)}>
          One of your own
        </MenuItem>
      </DropdownMenu>
    </BehaviourSection>
  );
}

function Sentence({ resource, policy }: { resource: Resource; policy: Policy }) {
  const model = useDraft();
  const Icon = policy.effect === "allow" ? ShieldCheck : ShieldX;
  return (
    <span className="flex items-start gap-1.5 text-sm">
      <Icon
        className={`mt-0.5 size-3.5 shrink-0 ${policy.effect === "allow" ? "text-success-text" : "text-danger-text"}`}
        aria-hidden
      />
      <span className="min-w-0 text-pretty">
        <TickedText>{policySentence(resource, policy, model)}</TickedText>
      </span>
    </span>
  );
}
