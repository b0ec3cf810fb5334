"use client";

import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import type { Resource, Transition } from "#lib/model/types.ts";
import { actionNameProblem } from "../actions/actionNameProblem.ts";
import { anyState } from "./statesGraph.ts";

interface NewTransitionProps {
  resource: Resource;
  options: readonly string[];
  /** States that nothing leads to yet, as a first guess. */
  unreached: readonly string[];
  /** True when it was added. */
  add: (transition: Transition) => boolean;
  onDone: () => void;
}

export function NewTransition({ resource, options, unreached, add, onDone }: NewTransitionProps) {
  const [name, setName] = useState("");
  const [to, setTo] = useState(unreached[0] ?? options[1] ?? options[0] ?? "");
  const [from, setFrom] = useState(options.find((option) => option !== to) ?? anyState);
  const wanted = name.trim();
  const error = wanted === "" ? null : transitionProblem(resource, wanted);
  const ready = wanted !== "" && error === null;
  const states = options.map((option) => ({ value: option, label: option }));
  return (
    <form
      aria-label="New transition"
      className="flex flex-col gap-2.5 rounded-md border bg-raised p-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && add({ action: wanted, from: from === anyState ? [] : [from], to })) onDone();
      }}
    >
      <Field label="Action" error={error} hint="What someone does, as a verb; the API offers it under this name.">
        <Input
          autoFocus
          value={name}
          spellCheck={false}
          placeholder="approve"
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <div className="grid grid-cols-2 gap-2">
        <Field label="From">
          <Select value={from} options={[...states, { value: anyState, label: "any state" }]} onValueChange={setFrom} />
        </Field>
        <Field label="To">
          <Select value={to} options={states} onValueChange={setTo} />
        </Field>
      </div>
      <div className="flex justify-end gap-2">
        <Button size="sm" onClick={onDone}>
          Cancel
        </Button>
        <Button size="sm" type="submit" variant="primary" disabled={!ready}>
          Add transition
        </Button>
      </div>
    </form>
  );
}

/** A named update that is there already may make a transition too. */
function transitionProblem(resource: Resource, name: string): string | null {
  const makes = resource.states?.transitions.some(({ action }) => action === name) === true;
  const update = resource.definedActions?.some((action) => action.name === name && action.type === "update") === true;
  return update && !makes && name !== "update" ? null : actionNameProblem(resource, name);
}
