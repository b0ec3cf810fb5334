"use client";

import { Input } from "#components/ui/Input.tsx";
import type { ValueType } from "#lib/expression/ValueType.ts";
import { actionsOf } from "#lib/model/actions/actionsOf.ts";
import { valueTypeOf } from "#lib/model/expressions/valueTypeOf.ts";
import { spokenName } from "#lib/model/naming/spokenName.ts";
import { plainFields } from "#lib/model/processes/plainFields.ts";
import type { Model, Resource } from "#lib/model/types.ts";
import { useDraft } from "../../../BuilderContext.tsx";
import { OrderFields } from "../../../behaviour/OrderFields.tsx";
import { ExpressionField } from "../../../expression/ExpressionField.tsx";
import { PathField } from "../../../inspector/PathField.tsx";
import { useTypedValue } from "../../../inspector/useTypedValue.ts";
import type { StepPart } from "../StepPart.ts";
import { actionFields, changingActions } from "./actionFields.ts";
import { ChoiceField } from "./ChoiceField.tsx";
import { type GivenField, GivenFields } from "./GivenFields.tsx";
import { ResourceField } from "./ResourceField.tsx";

export function ActionForm({ step, path, scope, set }: StepPart<"action">) {
  const model = useDraft();
  const resource = model.resources.find(({ name }) => name === step.resource);
  const actions = resource ? changingActions(resource) : [];
  const action = actions.find(({ name }) => name === step.action);
  const keyType = resource && valueTypeOf(resource.key.type, model);
  const choose = (name: string) => {
    const type = actions.find((one) => one.name === name)?.type;
    set({ action: name, key: type === "create" ? undefined : (step.key ?? ""), input: undefined });
  };
  return (
    <>
      <ResourceField
        path={[...path, "resource"]}
        value={step.resource}
        onChange={(name) => set({ resource: name, action: "create", key: undefined, input: undefined })}
      />
      <ChoiceField
        path={[...path, "action"]}
        label="What is done"
        value={step.action}
        options={actions.map(({ name }) => ({ value: name, label: name === "destroy" ? "delete" : spokenName(name) }))}
        onChange={choose}
      />
      {action && action.type !== "create" ? (
        <ExpressionField
          label="Which record"
          hint={`The key of a ${spokenName(step.resource)}, such as that of an input or of a step before.`}
          path={[...path, "key"]}
          scope={scope}
          {...(keyType ? { expected: keyType } : {})}
          value={step.key ?? ""}
          placeholder="input.id"
          onCommit={(key) => set({ key })}
        />
      ) : null}
      {resource && action && action.type !== "destroy" ? (
        <GivenFields
          label="With"
          add="Give a field"
          path={[...path, "input"]}
          scope={scope}
          fields={actionFields(model, resource, action)}
          given={step.input ?? []}
          set={(input) => set({ input })}
        />
      ) : null}
    </>
  );
}

export function FindForm({ step, path, scope, set }: StepPart<"find">) {
  const model = useDraft();
  const resource = model.resources.find(({ name }) => name === step.resource);
  return (
    <>
      <ResourceField path={[...path, "resource"]} value={step.resource} onChange={(name) => set({ resource: name })} />
      <ExpressionField
        label="Key of the record"
        hint="Where there is no such record, the result is null."
        path={[...path, "key"]}
        scope={scope}
        {...(resource ? { expected: valueTypeOf(resource.key.type, model) } : {})}
        value={step.key}
        placeholder="input.id"
        onCommit={(key) => set({ key })}
      />
    </>
  );
}

export function SelectForm({ step, path, scope, set }: StepPart<"select">) {
  const model = useDraft();
  const resource = model.resources.find(({ name }) => name === step.resource);
  const reads = resource ? actionsOf(resource).filter(({ type, name }) => type === "read" && name !== "read") : [];
  const read = reads.find(({ name }) => name === step.action);
  const limit = useTypedValue({
    value: step.limit?.toString() ?? "",
    commit: (text) => set({ limit: text === "" ? undefined : Number(text) }),
    check: (text) => (text === "" || isCount(text, 1000) ? null : "Write a number from 1 to 1000."),
  });
  return (
    <>
      <ResourceField
        path={[...path, "resource"]}
        value={step.resource}
        onChange={(name) =>
          set({ resource: name, action: undefined, arguments: undefined, where: undefined, order: undefined })
        }
      />
      {reads.length === 0 && step.action === undefined ? null : (
        <ChoiceField
          path={[...path, "action"]}
          label="Read"
          value={step.action ?? "read"}
          options={[
            { value: "read", label: "all records" },
            ...reads.map(({ name }) => ({ value: name, label: spokenName(name) })),
          ]}
          onChange={(name) => set({ action: name === "read" ? undefined : name, arguments: undefined })}
        />
      )}
      {resource && read?.arguments ? (
        <GivenFields
          label="Arguments of the read"
          add="Give an argument"
          path={[...path, "arguments"]}
          scope={scope}
          fields={actionFields(model, resource, read)}
          given={step.arguments ?? []}
          set={(given) => set({ arguments: given })}
        />
      ) : null}
      {resource ? (
        <>
          <GivenFields
            label="Only those where"
            add="Add a condition"
            hint="Each field must be equal to its value."
            path={[...path, "where"]}
            scope={scope}
            fields={comparable(model, resource).map(
              (name): GivenField => ({
                name,
                type: plainType(model, resource, name),
                required: false,
                target: { resource: resource.name, member: name },
              }),
            )}
            given={step.where ?? []}
            set={(where) => set({ where })}
          />
          <div className="flex flex-col gap-1">
            <span className="font-medium text-muted text-xs">Order</span>
            <OrderFields
              order={step.order ?? []}
              names={comparable(model, resource)}
              set={(order) => set({ order: order.length === 0 ? undefined : order })}
            />
          </div>
        </>
      ) : null}
      <PathField path={[...path, "limit"]} label="At most" error={limit.error}>
        <Input inputMode="numeric" placeholder="100" {...limit.field} />
      </PathField>
    </>
  );
}

export function isCount(text: string, most: number): boolean {
  return /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= most;
}

const unequal = ["json", "embed", "file", "vector", "encrypted", "list"];

/** Fields that records can be found and sorted by. */
function comparable(model: Model, resource: Resource): readonly string[] {
  return plainFields(model, resource)
    .filter(({ type }) => !unequal.includes(type.kind))
    .map(({ name }) => name);
}

function plainType(model: Model, resource: Resource, name: string): ValueType | null {
  const field = plainFields(model, resource).find((one) => one.name === name);
  return field ? valueTypeOf(field.type, model) : null;
}
