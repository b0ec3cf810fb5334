"use client";

import { ArrowRight } from "lucide-react";
import { Button } from "#components/ui/Button.tsx";
import { Checkbox } from "#components/ui/Checkbox.tsx";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import { Textarea } from "#components/ui/Textarea.tsx";
import type { BelongsTo, OnDelete, Relationship, Resource } from "#lib/model/types.ts";
import { useBuilderActions, useDraft, useProblems } from "../BuilderContext.tsx";
import { problemsBeside } from "../problems/problemsAt.ts";
import { partNameProblem } from "../relationshipNames.ts";
import { mirrorsOf } from "../state/removal.ts";
import { PathField, ProblemList } from "./PathField.tsx";
import { relationshipSentence } from "./relationshipSentence.ts";
import { nameDelay, useTypedValue } from "./useTypedValue.ts";

const fields = new Set(["name", "onDelete", "describe", "required", "unique"]);

interface RelationshipPart {
  resource: Resource;
  relationship: Relationship;
}

export function RelationshipInspector({ resource, relationship }: RelationshipPart) {
  const model = useDraft();
  const { run, reveal } = useBuilderActions();
  const path = [resource.name, "relationships", relationship.name];
  const problems = problemsBeside(useProblems(), path, fields);
  const [mirror] = mirrorsOf(model, resource.name, relationship.name);
  const common = { resource: resource.name, relationship: relationship.name };
  const name = useTypedValue({
    value: relationship.name,
    commit: (to) => run({ type: "renameRelationship", ...common, to }, { key: `${resource.table}.relationship.name` }),
    check: (text) => partNameProblem(resource, text, relationship.name),
    delay: nameDelay,
  });
  const describe = useTypedValue({
    value: relationship.describe ?? "",
    commit: (text) =>
      run(
        { type: "setRelationship", ...common, describe: text.trim() || undefined },
        { key: `${resource.table}.${relationship.name}.describe` },
      ),
  });
  return (
    <div className="flex flex-col gap-3.5 pt-3">
      <ProblemList problems={problems} />
      <p className="text-pretty rounded-md border bg-sunken px-2.5 py-2 text-sm">
        {relationshipSentence(resource.name, relationship)}
      </p>
      <PathField path={[...path, "name"]} label="Relationship name" error={name.error} hint={storedHint(relationship)}>
        <Input {...name.field} data-autofocus spellCheck={false} />
      </PathField>
      {relationship.kind === "belongsTo" ? <BelongsToFields resource={resource} relationship={relationship} /> : null}
      <div className="flex flex-wrap gap-2">
        <Button
          size="sm"
          icon={<ArrowRight />}
          onClick={() => reveal({ kind: "resource", resource: relationship.target })}
        >
          Go to {relationship.target}
        </Button>
        {mirror ? (
          <Button
            size="sm"
            onClick={() => reveal({ kind: "relationship", resource: mirror.resource, name: mirror.name })}
          >
            Other side: {mirror.resource}.{mirror.name}
          </Button>
        ) : null}
      </div>
      <Disclosure
        title="Description"
        help="One sentence for the API's documentation."
        defaultOpen={relationship.describe !== undefined}
      >
        <PathField path={[...path, "describe"]} label="Description" hideLabel>
          <Textarea {...describe.field} />
        </PathField>
      </Disclosure>
    </div>
  );
}

function storedHint(relationship: Relationship) {
  switch (relationship.kind) {
    case "belongsTo":
      return (
        <>
          Column <code className="font-mono">{relationship.column}</code>, in the APIs{" "}
          <code className="font-mono">{relationship.name}Id</code>
        </>
      );
    case "manyToMany":
      return (
        <>
          Join table <code className="font-mono">{relationship.table}</code>
        </>
      );
    case "hasOne":
    case "hasMany":
      return undefined;
  }
}

const onDeleteOptions: readonly { readonly value: OnDelete; readonly label: string }[] = [
  { value: "restrict", label: "Refuse to delete it" },
  { value: "cascade", label: "Delete these too" },
  { value: "setNull", label: "Leave these without one" },
];

function BelongsToFields({ resource, relationship }: { resource: Resource; relationship: BelongsTo }) {
  const { run } = useBuilderActions();
  const common = { type: "setRelationship", resource: resource.name, relationship: relationship.name } as const;
  const path = [resource.name, "relationships", relationship.name];
  return (
    <>
      <div className="flex flex-col gap-1">
        <Checkbox
          label="Required"
          hint={`Every ${resource.name} has one.`}
          checked={relationship.required}
          onCheckedChange={(required) => run({ ...common, required })}
        />
        <Checkbox
          label="One to one"
          hint={`No two of ${resource.name} share the same ${relationship.target}.`}
          checked={relationship.unique}
          onCheckedChange={(unique) => run({ ...common, unique })}
        />
      </div>
      <PathField path={[...path, "onDelete"]} label={`When the ${relationship.target} is deleted`}>
        <Select
          value={relationship.onDelete}
          options={onDeleteOptions}
          onValueChange={(onDelete) => run({ ...common, onDelete })}
        />
      </PathField>
    </>
  );
}
