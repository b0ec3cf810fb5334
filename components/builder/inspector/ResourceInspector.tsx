"use client";

import { Code } from "lucide-react";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Textarea } from "#components/ui/Textarea.tsx";
import { restPath } from "#lib/model/naming/restPath.ts";
import type { Resource } from "#lib/model/types.ts";
import { useBuilder, useBuilderActions, useDraft, useProblems } from "../BuilderContext.tsx";
import { countNote } from "../behaviour/BehaviourSection.tsx";
import { BehaviourSections } from "../behaviour/BehaviourSections.tsx";
import { ConditionalUniqueGroups } from "../behaviour/ConditionalUniqueGroups.tsx";
import { FieldPolicySection } from "../policies/section/FieldPolicySection.tsx";
import { PolicySection } from "../policies/section/PolicySection.tsx";
import { problemsBeside } from "../problems/problemsAt.ts";
import { resourceNameProblem } from "../relationshipNames.ts";
import { AttributeList } from "./AttributeList.tsx";
import { PathField, ProblemList } from "./PathField.tsx";
import { RelationshipList } from "./RelationshipList.tsx";
import { UniqueGroups } from "./UniqueGroups.tsx";
import { nameDelay, useTypedValue } from "./useTypedValue.ts";

/** What has a place of its own that is always in sight; all other problems stand at the top. */
const fields = new Set([
  "attributes",
  "relationships",
  "name",
  "calculations",
  "aggregates",
  "validations",
  "states",
  "actions",
  "features",
  "policies",
  "fieldPolicies",
  "conditionalUniques",
]);

export function ResourceInspector({ resource }: { resource: Resource }) {
  const model = useDraft();
  const unread = useBuilder((state) => state.reading.places.unread).has(resource.name);
  const problems = problemsBeside(useProblems(), [resource.name], fields);
  const { run, openCode } = useBuilderActions();
  const name = useTypedValue({
    value: resource.name,
    commit: (to) => run({ type: "renameResource", resource: resource.name, to }, { key: `${resource.table}.name` }),
    check: (text) => resourceNameProblem(model, text, resource.name),
    delay: nameDelay,
  });
  return (
    <div className="flex flex-col gap-4 pt-3">
      {unread ? (
        <Banner
          tone="danger"
          title="The file of this resource cannot be read"
          actions={
            <Button size="sm" icon={<Code />} onClick={openCode}>
              Open the code
            </Button>
          }
        >
          Mend it in the code; until then it is shown as it was.
        </Banner>
      ) : null}
      <ProblemList problems={problems} />
      <PathField
        path={[resource.name, "name"]}
        label="Resource name"
        error={name.error}
        hint={name.editing ? `The table stays \`${resource.table}\`, its rows are kept.` : undefined}
      >
        <Input {...name.field} data-autofocus spellCheck={false} />
      </PathField>
      <AttributeList resource={resource} />
      <RelationshipList resource={resource} />
      <div className="flex flex-col border-t pt-2">
        <BehaviourSections resource={resource} />
        <PolicySection resource={resource} />
        <FieldPolicySection resource={resource} />
        <Disclosure
          title="Unique together"
          help="Values that no two rows may share in combination, such as a customer and a day."
          note={countNote(resource.uniques.length + (resource.conditionalUniques?.length ?? 0))}
          data-section={`${resource.name}.conditionalUniques`}
        >
          <UniqueGroups resource={resource} />
          <ConditionalUniqueGroups resource={resource} />
        </Disclosure>
        <Disclosure title="Description and names" help="How people and programs find this resource.">
          <Describe resource={resource} />
          <dl className="grid grid-cols-[5rem_1fr] gap-x-2 gap-y-1 text-xs">
            <Fact term="Table" value={resource.table} />
            <Fact term="REST" value={`/rest/v1/${restPath(resource)}`} />
            <Fact term="GraphQL" value={resource.plural} />
          </dl>
        </Disclosure>
      </div>
    </div>
  );
}

function Fact({ term, value }: { term: string; value: string }) {
  return (
    <>
      <dt className="text-faint">{term}</dt>
      <dd className="truncate font-mono">{value}</dd>
    </>
  );
}

function Describe({ resource }: { resource: Resource }) {
  const { run } = useBuilderActions();
  const describe = useTypedValue({
    value: resource.describe ?? "",
    commit: (text) =>
      run(
        { type: "setResource", resource: resource.name, describe: text.trim() || undefined },
        { key: `${resource.table}.describe` },
      ),
  });
  return (
    <PathField path={[resource.name, "describe"]} label="Description">
      <Textarea {...describe.field} placeholder="One sentence for the API's documentation" />
    </PathField>
  );
}
