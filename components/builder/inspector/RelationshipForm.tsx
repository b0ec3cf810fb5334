"use client";

import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Checkbox } from "#components/ui/Checkbox.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { SegmentedControl } from "#components/ui/SegmentedControl.tsx";
import { Select } from "#components/ui/Select.tsx";
import type { Model } from "#lib/model/types.ts";
import { useBuilderActions, useDraft } from "../BuilderContext.tsx";
import {
  type NewRelationshipKind,
  partNameProblem,
  suggestInverseName,
  suggestRelationshipName,
} from "../relationshipNames.ts";

interface RelationshipFormProps {
  source: string;
  /** Where it leads, when that is settled. */
  target?: string;
  onDone: () => void;
}

const kinds = [
  { value: "belongsTo", label: "belongs to" },
  { value: "oneToOne", label: "one to one" },
  { value: "manyToMany", label: "many to many" },
] as const;

/** Makes a relationship; names are suggested until someone types their own. */
export function RelationshipForm({ source, target: settled, onDone }: RelationshipFormProps) {
  const model = useDraft();
  const { run, select } = useBuilderActions();
  const [kind, setKind] = useState<NewRelationshipKind>("belongsTo");
  const [chosen, setChosen] = useState(model.resources.find(({ name }) => name !== source)?.name ?? source);
  const [typed, setTyped] = useState<string | null>(null);
  const [typedInverse, setTypedInverse] = useState<string | null>(null);
  const [required, setRequired] = useState(false);
  const [join, setJoin] = useState("");
  const [mirrored, setMirrored] = useState(true);
  const target = settled ?? chosen;
  const name = typed ?? suggestRelationshipName(model, source, target, kind);
  const inverse = typedInverse ?? suggestInverseName(model, { source, target, own: name, kind });
  const joins = kind === "manyToMany" ? joinResources(model, source, target) : [];
  const through = joins.includes(join) ? join : "";
  const nameError = problemOf(model, source, name);
  const inverseError = mirrored ? inverseProblem(model, { source, target, name, inverse }) : null;

  const submit = () => {
    if (nameError || inverseError) return;
    const common = { resource: source, name, target, ...(mirrored ? { inverse } : {}) };
    const done = run(
      kind === "manyToMany"
        ? { type: "addManyToMany", ...common, ...(through === "" ? {} : { through }) }
        : { type: "addBelongsTo", ...common, required, unique: kind === "oneToOne" },
    );
    if (!done) return;
    select({ kind: "relationship", resource: source, name });
    onDone();
  };

  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <SegmentedControl label="Kind of relationship" value={kind} onValueChange={setKind} options={kinds} />
      {settled === undefined ? (
        <Field label="Leads to">
          <Select
            value={chosen}
            onValueChange={setChosen}
            options={model.resources.map((resource) => ({ value: resource.name, label: resource.name }))}
          />
        </Field>
      ) : null}
      <p className="text-pretty text-muted text-xs">{sentenceOf(kind, { source, target, required })}</p>
      {joins.length === 0 ? null : (
        <Field label="The links are" hint={through === "" ? undefined : `They are made and removed as ${through}.`}>
          <Select
            value={through}
            onValueChange={setJoin}
            options={[
              { value: "", label: "kept without more" },
              ...joins.map((name) => ({ value: name, label: `records of ${name}` })),
            ]}
          />
        </Field>
      )}
      <Field label="Relationship name" error={nameError}>
        <Input value={name} onChange={(event) => setTyped(event.target.value)} spellCheck={false} autoFocus />
      </Field>
      {kind !== "manyToMany" ? (
        <Checkbox label={`Every ${source} must have one`} checked={required} onCheckedChange={setRequired} />
      ) : null}
      <Checkbox label={`Name the other side on ${target}`} checked={mirrored} onCheckedChange={setMirrored} />
      {mirrored ? (
        <Field label="Name on the other side" error={inverseError}>
          <Input value={inverse} onChange={(event) => setTypedInverse(event.target.value)} spellCheck={false} />
        </Field>
      ) : null}
      <div className="flex justify-end gap-2">
        <Button size="sm" variant="ghost" onClick={onDone}>
          Cancel
        </Button>
        <Button type="submit" size="sm" variant="primary" disabled={nameError !== null || inverseError !== null}>
          Add relationship
        </Button>
      </div>
    </form>
  );
}

function sentenceOf(
  kind: NewRelationshipKind,
  { source, target, required }: { source: string; target: string; required: boolean },
): string {
  const amount = required ? "one" : "at most one";
  switch (kind) {
    case "belongsTo":
      return `Each ${source} has ${amount} ${target}; a ${target} may have many.`;
    case "oneToOne":
      return `Each ${source} has ${amount} ${target}, and each ${target} at most one ${source}.`;
    case "manyToMany":
      return `Each ${source} may have many of ${target}, and the other way round.`;
  }
}

/** Resources whose records can be the links: each leads to either side once. */
function joinResources(model: Model, source: string, target: string): readonly string[] {
  if (source === target) return [];
  return model.resources
    .filter(({ relationships }) =>
      [source, target].every(
        (end) => relationships.filter((to) => to.kind === "belongsTo" && to.target === end).length === 1,
      ),
    )
    .map(({ name }) => name);
}

function problemOf(model: Model, resourceName: string, name: string): string | null {
  const resource = model.resources.find((candidate) => candidate.name === resourceName);
  return resource ? partNameProblem(resource, name) : null;
}

function inverseProblem(
  model: Model,
  { source, target, name, inverse }: { source: string; target: string; name: string; inverse: string },
): string | null {
  if (source === target && name === inverse) return "Give the two sides different names.";
  return problemOf(model, target, inverse);
}
