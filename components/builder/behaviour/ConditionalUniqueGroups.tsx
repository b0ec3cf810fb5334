"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Checkbox } from "#components/ui/Checkbox.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import type { ConditionalUnique, Resource } from "#lib/model/types.ts";
import { useBuilderActions, useProblems } from "../BuilderContext.tsx";
import { ExpressionField } from "../expression/ExpressionField.tsx";
import { checkField } from "../expression/expressionCheck.ts";
import { useScope } from "../expression/useScope.ts";
import { ProblemList } from "../inspector/PathField.tsx";
import { problemsWithin } from "../problems/problemsAt.ts";
import { conditionType } from "./conditionType.ts";

const unfit = new Set(["json", "embed", "file", "vector", "encrypted", "list"]);

/** Fields whose values are unique among those records that fulfil a condition. */
export function ConditionalUniqueGroups({ resource }: { resource: Resource }) {
  const { run } = useBuilderActions();
  const problems = useProblems();
  const scope = useScope(resource.name);
  const [adding, setAdding] = useState(false);
  const { name: of, conditionalUniques: groups = [] } = resource;
  const set = (next: readonly ConditionalUnique[]) =>
    run({ type: "setConditionalUniques", resource: of, groups: next });
  return (
    <div className="flex flex-col gap-2">
      <p className="text-faint text-xs">
        Under a condition: among those records only, such as one primary address for each customer.
      </p>
      {groups.map((group, index) => {
        const path = [of, "conditionalUniques", String(index)];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: groups have no names; they are where they stand
          <div key={index} className="flex flex-col gap-1.5 rounded-md border p-2">
            <div className="flex items-center gap-1 text-sm">
              <span className="min-w-0 flex-1 truncate">{group.fields.join(" + ")}</span>
              <IconButton
                label={`Remove the rule on ${group.fields.join(" and ")}`}
                size="xs"
                variant="danger"
                onClick={() => set(groups.toSpliced(index, 1))}
              >
                <X />
              </IconButton>
            </div>
            <ProblemList problems={problemsWithin(problems, [...path, "fields"])} />
            <ExpressionField
              label="Unique where"
              path={[...path, "when"]}
              scope={scope}
              expected={conditionType}
              value={group.when}
              wordsBefore="unique where"
              onCommit={(text) => set(groups.with(index, { ...group, when: text }))}
            />
          </div>
        );
      })}
      {adding ? (
        <NewGroup resource={resource} add={(group) => set([...groups, group])} onDone={() => setAdding(false)} />
      ) : (
        <Button size="sm" icon={<Plus />} className="self-start" onClick={() => setAdding(true)}>
          Add rule with a condition
        </Button>
      )}
    </div>
  );
}

interface NewGroupProps {
  resource: Resource;
  add: (group: ConditionalUnique) => boolean;
  onDone: () => void;
}

function NewGroup({ resource, add, onDone }: NewGroupProps) {
  const scope = useScope(resource.name);
  const [fields, setFields] = useState<readonly string[]>([]);
  const [when, setWhen] = useState("");
  const names = [
    ...resource.relationships.filter(({ kind }) => kind === "belongsTo").map(({ name }) => name),
    ...resource.attributes.filter(({ type }) => !unfit.has(type.kind)).map(({ name }) => name),
  ];
  const ready = fields.length > 0 && checkField(when, { scope, expected: conditionType }).expression !== null;
  return (
    <form
      aria-label="New rule on what is unique"
      className="flex flex-col gap-2 rounded-md border bg-raised p-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && add({ fields, when: when.trim() })) onDone();
      }}
    >
      <fieldset className="flex max-h-44 flex-col gap-0.5 overflow-y-auto">
        <legend className="mb-1 font-medium text-muted text-xs">Unique</legend>
        {names.map((name) => (
          <Checkbox
            key={name}
            label={name}
            checked={fields.includes(name)}
            onCheckedChange={(on) => setFields(on ? [...fields, name] : fields.filter((other) => other !== name))}
          />
        ))}
      </fieldset>
      <ExpressionField
        label="Where"
        scope={scope}
        expected={conditionType}
        value={when}
        optional
        onCommit={setWhen}
        onDraft={setWhen}
        placeholder="isPrimary"
        wordsBefore="unique where"
      />
      <div className="flex justify-end gap-2">
        <Button size="sm" onClick={onDone}>
          Cancel
        </Button>
        <Button size="sm" type="submit" variant="primary" disabled={!ready}>
          Add rule
        </Button>
      </div>
    </form>
  );
}
