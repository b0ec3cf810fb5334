"use client";

import { useMemo } from "react";
import { Select } from "#components/ui/Select.tsx";
import { TickedText } from "#components/ui/TickedText.tsx";
import type { Expression } from "#lib/expression/Expression.ts";
import { aggregateExpression } from "#lib/model/expressions/computedExpression.ts";
import { resourceAlong } from "#lib/model/expressions/resourceAlong.ts";
import type { Aggregate, Model, Resource } from "#lib/model/types.ts";
import { aggregateSentence } from "#lib/model/words/aggregateSentence.ts";
import { useBuilderActions, useDraft, useProblems } from "../../BuilderContext.tsx";
import { ExpressionField } from "../../expression/ExpressionField.tsx";
import { ExpressionPreview } from "../../expression/preview/ExpressionPreview.tsx";
import { useScope } from "../../expression/useScope.ts";
import { PathField, ProblemList } from "../../inspector/PathField.tsx";
import { problemsAt, problemsBeside } from "../../problems/problemsAt.ts";
import { partNameProblem } from "../../relationshipNames.ts";
import { conditionType } from "../conditionType.ts";
import { DescribeField } from "../DescribeField.tsx";
import { NameField } from "../NameField.tsx";
import { OrderFields } from "../OrderFields.tsx";
import { StoredSwitch } from "../StoredSwitch.tsx";
import { fittingFields, functionWords, needsField, refitted, sortableFields } from "./aggregateChoices.ts";
import { PathPicker } from "./PathPicker.tsx";

const fields = new Set(["name", "path", "where", "order", "stored", "describe"]);

export function AggregateInspector({ resource, aggregate }: { resource: Resource; aggregate: Aggregate }) {
  const model = useDraft();
  const all = useProblems();
  const { run } = useBuilderActions();
  const { name, path: along, field, where, order = [], column, describe } = aggregate;
  const path = [resource.name, "aggregates", name];
  const target = resourceAlong(model, resource, along);
  const scope = useScope(target?.name ?? null);
  const common = { type: "setAggregate", resource: resource.name } as const;
  const set = (next: Aggregate, stored = column !== undefined) => {
    const { column: _column, ...rest } = next;
    run({ ...common, aggregate: { ...rest, ...(stored ? { stored } : {}) } }, { key: `${resource.name}.${name}` });
  };
  const refit = (change: Partial<Aggregate>) => set(refitted(model, resource, { ...aggregate, ...change }));
  const tree = useMemo(() => treeOf(model, resource, aggregate), [model, resource, aggregate]);
  const broken = all.some(
    (problem) => problem.severity === "error" && path.every((part, at) => problem.path[at] === part),
  );
  const choices = fittingFields(model, resource, aggregate);
  const sorts = aggregate.function === "first" || aggregate.function === "list";
  const { where: _where, ...unconditional } = aggregate;
  const words = aggregateSentence(model, resource, aggregate);
  return (
    <div className="flex flex-col gap-3.5 pt-3">
      <ProblemList problems={problemsBeside(all, path, fields)} />
      <p className="text-pretty rounded-md border bg-sunken px-2.5 py-2 text-sm">
        <TickedText>{`${words.charAt(0).toUpperCase()}${words.slice(1)}.`}</TickedText>
      </p>
      <NameField
        path={[...path, "name"]}
        label="Aggregate name"
        name={name}
        check={(text) => partNameProblem(resource, text, name)}
        rename={(to) => run({ type: "renameAggregate", resource: resource.name, aggregate: name, to })}
      />
      <PathField path={[...path, "function"]} label="What">
        <Select value={aggregate.function} options={functionWords} onValueChange={(of) => refit({ function: of })} />
      </PathField>
      <fieldset className="flex flex-col gap-1.5" data-path={[...path, "path"].join(".")}>
        <legend className="mb-1 font-medium text-muted text-xs">Of the records along</legend>
        <PathPicker model={model} resource={resource} path={along} set={(next) => refit({ path: next })} />
        <ProblemList problems={problemsAt(all, [...path, "path"])} />
      </fieldset>
      {needsField(aggregate.function) ? (
        <PathField path={[...path, "field"]} label="Of their field">
          <Select
            value={field ?? ""}
            options={[...new Set([...(field === undefined ? [] : [field]), ...choices])].map((one) => ({
              value: one,
              label: one,
            }))}
            onValueChange={(next) => refit({ field: next })}
          />
        </PathField>
      ) : null}
      {target ? (
        <ExpressionField
          label="Only those where"
          path={[...path, "where"]}
          scope={scope}
          expected={conditionType}
          value={where ?? ""}
          optional
          onCommit={(text) => set(text === "" ? unconditional : { ...aggregate, where: text })}
          placeholder="all of them"
          wordsBefore="only those for which"
          hint={`Names here are those of ${target.name}.`}
        />
      ) : null}
      {tree && !broken ? <ExpressionPreview resource={resource.name} expression={tree} /> : null}
      {sorts ? (
        <fieldset className="flex flex-col gap-1.5" data-path={[...path, "order"].join(".")}>
          <legend className="mb-1 font-medium text-muted text-xs">Sorted by</legend>
          <OrderFields
            order={order}
            names={sortableFields(model, resource, along)}
            set={(next) => {
              const { order: _order, ...unordered } = aggregate;
              set(next.length === 0 ? unordered : { ...unordered, order: next });
            }}
          />
          <ProblemList
            problems={all.filter((problem) => [...path, "order"].every((part, at) => problem.path[at] === part))}
          />
        </fieldset>
      ) : null}
      <StoredSwitch path={path} stored={column !== undefined} set={(stored) => set(aggregate, stored)} />
      <DescribeField
        path={path}
        value={describe}
        commit={(text) => {
          const { describe: _describe, ...plain } = aggregate;
          set(text === undefined ? plain : { ...plain, describe: text });
        }}
      />
    </div>
  );
}

/** What it works out; null where the model does not hold it yet. */
function treeOf(model: Model, resource: Resource, aggregate: Aggregate): Expression | null {
  try {
    return aggregateExpression(model, resource, aggregate);
  } catch {
    return null;
  }
}
