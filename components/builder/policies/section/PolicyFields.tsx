"use client";

import { SegmentedControl } from "#components/ui/SegmentedControl.tsx";
import { actionsNamed, sharedArguments } from "#lib/model/expressions/actionsNamed.ts";
import type { Policy, Resource } from "#lib/model/types.ts";
import { conditionType } from "../../behaviour/conditionType.ts";
import { DescribeField } from "../../behaviour/DescribeField.tsx";
import { withoutEmpty } from "../../behaviour/withoutEmpty.ts";
import { ExpressionField } from "../../expression/ExpressionField.tsx";
import { useScope } from "../../expression/useScope.ts";
import { ActionChoice } from "./ActionChoice.tsx";
import { RolePicker } from "./RolePicker.tsx";

interface PolicyFieldsProps {
  resource: Resource;
  policy: Policy;
  path: readonly string[];
  set: (policy: Policy) => void;
}

/** All that can be said of one policy. */
export function PolicyFields({ resource, policy, path, set }: PolicyFieldsProps) {
  const { effect, actions, expression, describe } = policy;
  const scope = useScope(resource.name, sharedArguments(actionsNamed(resource, actions)));
  const change = (next: { [K in keyof Policy]?: Policy[K] | undefined }) =>
    set(withoutEmpty<Policy>({ effect, actions, expression, describe, ...next }));
  return (
    <div className="flex flex-col gap-3">
      <SegmentedControl
        label="Effect"
        value={effect}
        onValueChange={(value) => change({ effect: value })}
        options={[
          { value: "allow", label: "Allow" },
          { value: "forbid", label: "Forbid" },
        ]}
        className="self-start"
      />
      <ActionChoice resource={resource} actions={actions} set={(next) => change({ actions: next })} />
      <RolePicker expression={expression} onChange={(next) => change({ expression: next })} />
      <ExpressionField
        label={effect === "allow" ? "Where" : "While"}
        path={[...path, "expression"]}
        scope={scope}
        expected={conditionType}
        value={expression}
        onCommit={(text) => change({ expression: text })}
        placeholder="owner == actor.id"
        wordsBefore={effect === "allow" ? "allowed where" : "forbidden where"}
        hint="`true` is always; `actor` is who asks."
      />
      <DescribeField path={path} value={describe} commit={(text) => change({ describe: text })} />
    </div>
  );
}
