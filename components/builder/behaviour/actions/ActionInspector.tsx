"use client";

import { Select } from "#components/ui/Select.tsx";
import { TickedText } from "#components/ui/TickedText.tsx";
import { isStandardAction } from "#lib/model/actions/actionsOf.ts";
import { identities } from "#lib/model/actions/identities.ts";
import { meantField } from "#lib/model/actions/writableFields.ts";
import type { Action, Resource } from "#lib/model/types.ts";
import { actionSentence } from "#lib/model/words/actionSentence.ts";
import { useBuilderActions, useDraft, useProblems } from "../../BuilderContext.tsx";
import { ExpressionField } from "../../expression/ExpressionField.tsx";
import { useScope } from "../../expression/useScope.ts";
import { PathField, ProblemList } from "../../inspector/PathField.tsx";
import { problemsBeside } from "../../problems/problemsAt.ts";
import { conditionType } from "../conditionType.ts";
import { DescribeField } from "../DescribeField.tsx";
import { NameField } from "../NameField.tsx";
import { withoutEmpty } from "../withoutEmpty.ts";
import { AcceptFields } from "./AcceptFields.tsx";
import type { ActionPart } from "./ActionPart.ts";
import { ActionValidations } from "./ActionValidations.tsx";
import { ArgumentFields } from "./ArgumentFields.tsx";
import { actionNameProblem } from "./actionNameProblem.ts";
import { actionTypes } from "./NewAction.tsx";
import { RequireFields } from "./RequireFields.tsx";
import { SetFields } from "./SetFields.tsx";

const fields = new Set([
  "name",
  "type",
  "accept",
  "arguments",
  "set",
  "require",
  "validations",
  "where",
  "upsert",
  "describe",
]);

export function ActionInspector({ resource, action }: { resource: Resource; action: Action }) {
  const model = useDraft();
  const { run } = useBuilderActions();
  const { name, type, describe } = action;
  const path = [resource.name, "actions", name];
  const problems = problemsBeside(useProblems(), path, fields);
  const set: ActionPart["set"] = (change) =>
    run(
      { type: "setAction", resource: resource.name, action: withoutEmpty<Action>({ ...action, ...change }) },
      { key: `${resource.name}.${name}.${Object.keys(change).join()}` },
    );
  const part: ActionPart = { resource, action, path, set };
  const own = !isStandardAction(name);
  const writes = type === "create" || type === "update";
  const isTransition = resource.states?.transitions.some((one) => one.action === name) === true;
  if (name === "restore") {
    return <p className="pt-3 text-muted text-sm">Brings a deleted record back. It comes with soft delete.</p>;
  }
  return (
    <div className="flex flex-col gap-3.5 pt-3">
      <ProblemList problems={problems} />
      <p className="text-pretty rounded-md border bg-sunken px-2.5 py-2 text-sm">
        <TickedText>{actionSentence(model, resource, action)}</TickedText>
      </p>
      {own ? (
        <NameField
          path={[...path, "name"]}
          label="Action name"
          name={name}
          check={(text) => actionNameProblem(resource, text)}
          rename={(to) => run({ type: "renameAction", resource: resource.name, action: name, to })}
        />
      ) : null}
      {own && !isTransition ? (
        <PathField path={[...path, "type"]} label="What it does">
          <Select value={type} options={actionTypes} onValueChange={(next) => set(withType(action, next))} />
        </PathField>
      ) : null}
      {type === "read" && own ? <ReadCondition {...part} /> : null}
      {writes ? <AcceptFields {...part} /> : null}
      {writes ? <SetFields {...part} /> : null}
      {type === "read" ? null : <RequireFields {...part} />}
      {own || writes ? <ArgumentFields {...part} /> : null}
      {writes ? <ActionValidations {...part} /> : null}
      {type === "create" ? <UpsertField {...part} /> : null}
      <DescribeField path={path} value={describe} commit={(text) => set({ describe: text })} />
    </div>
  );
}

/** Another type, without what only the old one can have. */
function withType(
  { arguments: given, require, describe }: Action,
  type: Action["type"],
): Parameters<ActionPart["set"]>[0] {
  return {
    type,
    accept: undefined,
    set: undefined,
    validations: undefined,
    where: undefined,
    upsert: undefined,
    arguments: given,
    require: type === "read" ? undefined : require,
    describe,
  };
}

function ReadCondition({ resource, action, path, set }: ActionPart) {
  const scope = useScope(resource.name, action.arguments);
  return (
    <ExpressionField
      label="Answers those where"
      path={[...path, "where"]}
      scope={scope}
      expected={conditionType}
      value={action.where ?? ""}
      optional
      preview
      placeholder="all of them"
      wordsBefore="those for which"
      onCommit={(text) => set({ where: text === "" ? undefined : text })}
    />
  );
}

const always = "";

function UpsertField({ resource, action, path, set }: ActionPart) {
  const groups = identities(resource)
    .filter((group) => group[0] !== "id")
    .map((group) => group.map((name) => meantField(resource, name)));
  const now = action.upsert?.join(",") ?? always;
  if (groups.length === 0 && now === always) return null;
  const listed = [...new Set([...groups.map((group) => group.join(",")), ...(now === always ? [] : [now])])];
  return (
    <PathField
      path={[...path, "upsert"]}
      label="Where there is such a record already"
      hint="Found by what is unique, so that the same thing sent twice is there once."
    >
      <Select
        value={now}
        options={[
          { value: always, label: "refuse" },
          ...listed.map((group) => ({
            value: group,
            label: `change the one with the same ${group.split(",").join(" and ")}`,
          })),
        ]}
        onValueChange={(group) => set({ upsert: group === always ? undefined : group.split(",") })}
      />
    </PathField>
  );
}
