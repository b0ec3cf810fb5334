"use client";

import { Checkbox } from "#components/ui/Checkbox.tsx";
import type { FieldPolicy, Resource } from "#lib/model/types.ts";
import { useDraft } from "../../BuilderContext.tsx";
import { conditionType } from "../../behaviour/conditionType.ts";
import { DescribeField } from "../../behaviour/DescribeField.tsx";
import { withoutEmpty } from "../../behaviour/withoutEmpty.ts";
import { ExpressionField } from "../../expression/ExpressionField.tsx";
import { useScope } from "../../expression/useScope.ts";
import { firstCondition } from "./firstCondition.ts";
import { RolePicker } from "./RolePicker.tsx";

interface FieldPolicyFieldsProps {
  resource: Resource;
  policy: FieldPolicy;
  path: readonly string[];
  set: (policy: FieldPolicy) => void;
}

const sides = [
  { side: "read", label: "Only some may read them" },
  { side: "write", label: "Only some may set them" },
] as const;

/** Which fields, who may read them, who may set them. */
export function FieldPolicyFields({ resource, policy, path, set }: FieldPolicyFieldsProps) {
  const { fields, read, write, describe } = policy;
  const { app } = useDraft();
  const scope = useScope(resource.name);
  const change = (next: { [K in keyof FieldPolicy]?: FieldPolicy[K] | undefined }) =>
    set(withoutEmpty<FieldPolicy>({ fields, read, write, describe, ...next }));
  const names = fieldNames(resource);
  const other = { read: write, write: read };
  return (
    <div className="flex flex-col gap-3">
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-1 font-medium text-muted text-xs">Fields</legend>
        <div className="flex max-h-48 flex-col overflow-y-auto rounded-md border px-2 py-1">
          {[...new Set([...names, ...fields])].map((name) => (
            <Checkbox
              key={name}
              label={names.includes(name) ? name : `${name} (is no field)`}
              checked={fields.includes(name)}
              onCheckedChange={(on) => {
                const next = on ? [...fields, name] : fields.filter((one) => one !== name);
                // A policy of no field would say nothing.
                if (next.length > 0) change({ fields: next });
              }}
            />
          ))}
        </div>
      </fieldset>
      {sides.map(({ side, label }) => {
        const expression = policy[side];
        return (
          <div key={side} className="flex flex-col gap-2">
            <Checkbox
              label={label}
              checked={expression !== undefined}
              disabled={expression !== undefined && other[side] === undefined}
              onCheckedChange={(on) => change({ [side]: on ? firstCondition(app) : undefined })}
            />
            {expression === undefined ? null : (
              <div className="flex flex-col gap-2 pl-6">
                <RolePicker expression={expression} onChange={(next) => change({ [side]: next })} />
                <ExpressionField
                  label={side === "read" ? "May be read where" : "May be set where"}
                  path={[...path, side]}
                  scope={scope}
                  expected={conditionType}
                  value={expression}
                  onCommit={(text) => change({ [side]: text })}
                  placeholder="owner == actor.id"
                />
              </div>
            )}
          </div>
        );
      })}
      <DescribeField path={path} value={describe} commit={(text) => change({ describe: text })} />
    </div>
  );
}

function fieldNames({ attributes, relationships, calculations = [], aggregates = [] }: Resource): readonly string[] {
  return [...attributes, ...relationships, ...calculations, ...aggregates].map(({ name }) => name);
}
