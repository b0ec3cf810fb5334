"use client";

import { Expand, Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Dialog } from "#components/ui/Dialog.tsx";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import { Select } from "#components/ui/Select.tsx";
import type { AttributeOptions } from "#lib/model/commands/ModelCommand.ts";
import type { Attribute, Resource, States, Transition } from "#lib/model/types.ts";
import { transitionWay } from "#lib/model/words/actionSentence.ts";
import { useBuilderActions, useProblems } from "../../BuilderContext.tsx";
import { ChoiceOptions } from "../../inspector/ChoiceOptions.tsx";
import { PathField, ProblemList } from "../../inspector/PathField.tsx";
import { problemsAt } from "../../problems/problemsAt.ts";
import { BehaviourSection, Example } from "../BehaviourSection.tsx";
import { NewTransition } from "./NewTransition.tsx";
import { StatesPicture } from "./StatesPicture.tsx";
import { TransitionFields } from "./TransitionFields.tsx";
import { TransitionTable } from "./TransitionTable.tsx";

export function StatesSection({ resource }: { resource: Resource }) {
  const { run } = useBuilderActions();
  const { name: of, states } = resource;
  const choices = resource.attributes.filter(({ type }) => type.kind === "choice");
  const set = (next: States | null) => run({ type: "setStates", resource: of, states: next });
  return (
    <BehaviourSection
      title="States"
      help="Which way a record goes from state to state, and by which actions. Nothing else changes its state."
      path={[of, "states"]}
      note={states ? String(states.transitions.length) : undefined}
    >
      {states ? (
        <StateMachine resource={resource} states={states} choices={choices} set={set} />
      ) : choices.length === 0 ? (
        <p className="text-muted text-xs">
          States are the options of a choice. Add an attribute of the type Choice first, such as status.
        </p>
      ) : (
        <>
          <Example>a deal that is open can be won or lost, and what is lost can be reopened</Example>
          <div className="flex flex-wrap gap-1.5">
            {choices.map(({ name }) => (
              <Button key={name} size="sm" icon={<Plus />} onClick={() => set({ attribute: name, transitions: [] })}>
                Use {name} as states
              </Button>
            ))}
          </div>
        </>
      )}
    </BehaviourSection>
  );
}

interface StateMachineProps {
  resource: Resource;
  states: States;
  choices: readonly Attribute[];
  set: (states: States | null) => boolean;
}

function StateMachine({ resource, states, choices, set }: StateMachineProps) {
  const problems = useProblems();
  const [adding, setAdding] = useState(false);
  const [large, setLarge] = useState(false);
  const { attribute: name, transitions } = states;
  const path = [resource.name, "states"];
  const attribute = choices.find((choice) => choice.name === name);
  const options = attribute?.type.kind === "choice" ? attribute.type.options.map((option) => option.name) : [];
  const start = attribute?.default?.kind === "literal" ? String(attribute.default.value) : null;
  // Without a default the first option is most likely where records begin.
  const begin = start ?? options[0];
  const unreached = options.filter((option) => option !== begin && !transitions.some(({ to }) => to === option));
  const setTransitions = (next: readonly Transition[]) => set({ ...states, transitions: next });
  const picture = { states, options, start };
  return (
    <>
      <PathField path={[...path, "attribute"]} label="States are the options of">
        <Select
          value={name}
          options={[...new Set([...choices.map((choice) => choice.name), name])].map((one) => ({
            value: one,
            label: one,
          }))}
          onValueChange={(next) => set({ attribute: next, transitions: [] })}
        />
      </PathField>
      <ProblemList problems={[...problemsAt(problems, path), ...problemsAt(problems, [...path, "transitions"])]} />
      {transitions.length === 0 ? null : (
        <div className="relative rounded-md border bg-surface p-2">
          <StatesPicture {...picture} direction="DOWN" />
          <Dialog
            open={large}
            onOpenChange={setLarge}
            size="lg"
            title={`States of ${resource.name}`}
            trigger={
              <Button size="sm" icon={<Expand />} variant="ghost" className="absolute top-1 right-1">
                Larger
              </Button>
            }
          >
            <div className="flex flex-col gap-4">
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by the keyboard */}
              <section className="overflow-x-auto" aria-label="Picture of the states" tabIndex={0}>
                <StatesPicture {...picture} direction="RIGHT" />
              </section>
              <TransitionTable resource={resource} states={states} />
            </div>
          </Dialog>
        </div>
      )}
      <ul className="flex flex-col gap-1.5" aria-label={`Transitions of ${resource.name}`}>
        {transitions.map((transition, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a name changes while one types it; the place does not
          <li key={`${index} of ${transitions.length}`} className="rounded-md border px-1.5">
            <Disclosure
              data-section={[...path, "transitions", transition.action].join(".")}
              className="[&>button]:font-normal"
              title={
                <span className="flex min-w-0 items-baseline gap-2">
                  <span className="shrink-0">{transition.action}</span>
                  <span className="truncate text-faint text-xs">{transitionWay(transition)}</span>
                </span>
              }
            >
              <TransitionFields
                resource={resource}
                transition={transition}
                options={options}
                set={(next) => setTransitions(transitions.with(index, next))}
                remove={() => setTransitions(transitions.toSpliced(index, 1))}
              />
            </Disclosure>
          </li>
        ))}
      </ul>
      {adding ? (
        <NewTransition
          resource={resource}
          options={options}
          unreached={unreached}
          add={(transition) => setTransitions([...transitions, transition])}
          onDone={() => setAdding(false)}
        />
      ) : (
        <Button size="sm" icon={<Plus />} className="self-start" onClick={() => setAdding(true)}>
          Add transition
        </Button>
      )}
      {attribute ? <StateNames resource={resource} attribute={attribute} /> : null}
      <Button size="sm" variant="dangerGhost" className="self-start" onClick={() => set(null)}>
        Let {name} be changed freely
      </Button>
    </>
  );
}

/** The states themselves; a renamed one keeps what the database holds, and transitions follow it. */
function StateNames({ resource, attribute }: { resource: Resource; attribute: Attribute }) {
  const { run } = useBuilderActions();
  if (attribute.type.kind !== "choice") return null;
  const set = (options: AttributeOptions) =>
    run({ type: "setAttribute", resource: resource.name, attribute: attribute.name, options });
  const path = [resource.name, "attributes", attribute.name];
  return (
    <Disclosure title="Add, rename or remove states">
      <ChoiceOptions
        resource={resource}
        attribute={attribute}
        path={path}
        set={set}
        setTyped={set}
        options={attribute.type.options}
      />
    </Disclosure>
  );
}
