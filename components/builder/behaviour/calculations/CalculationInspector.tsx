"use client";

import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import type { CalculationOptions } from "#lib/model/commands/BehaviourCommand.ts";
import { valueTypeOf } from "#lib/model/expressions/valueTypeOf.ts";
import type { AttributeType, Calculation, Resource } from "#lib/model/types.ts";
import { useBuilderActions, useDraft, useProblems } from "../../BuilderContext.tsx";
import { ExpressionField } from "../../expression/ExpressionField.tsx";
import { checkField } from "../../expression/expressionCheck.ts";
import { useScope } from "../../expression/useScope.ts";
import { countProblem } from "../../inspector/DecimalDigits.tsx";
import { PathField, ProblemList } from "../../inspector/PathField.tsx";
import { useTypedValue } from "../../inspector/useTypedValue.ts";
import { problemsBeside } from "../../problems/problemsAt.ts";
import { partNameProblem } from "../../relationshipNames.ts";
import { DescribeField } from "../DescribeField.tsx";
import { NameField } from "../NameField.tsx";
import { StoredSwitch } from "../StoredSwitch.tsx";
import { withoutEmpty } from "../withoutEmpty.ts";
import { calculationType, calculationTypeOptions, typeOfKind } from "./calculationType.ts";

const fields = new Set(["name", "expression", "type", "precision", "scale", "currency", "stored", "describe"]);

export function CalculationInspector({ resource, calculation }: { resource: Resource; calculation: Calculation }) {
  const model = useDraft();
  const { run } = useBuilderActions();
  const scope = useScope(resource.name);
  const { name, type, expression, column, describe } = calculation;
  const path = [resource.name, "calculations", name];
  const problems = problemsBeside(useProblems(), path, fields);
  const set = (change: { [K in keyof CalculationOptions]?: CalculationOptions[K] | undefined }) => {
    const now = { name, type, expression, stored: column !== undefined, describe, ...change };
    run(
      { type: "setCalculation", resource: resource.name, calculation: withoutEmpty<CalculationOptions>(now) },
      { key: `${resource.name}.${name}.${Object.keys(change).join()}` },
    );
  };
  const guessed = checkField(expression, { scope }).expression;
  return (
    <div className="flex flex-col gap-3.5 pt-3">
      <ProblemList problems={problems} />
      <NameField
        path={[...path, "name"]}
        label="Calculation name"
        name={name}
        check={(text) => partNameProblem(resource, text, name)}
        rename={(to) => run({ type: "renameCalculation", resource: resource.name, calculation: name, to })}
      />
      <ExpressionField
        label="Expression"
        path={[...path, "expression"]}
        scope={scope}
        expected={valueTypeOf(type, model)}
        {...(type.kind === "choice" ? { target: { resource: resource.name, member: name } } : {})}
        value={expression}
        onCommit={(text) => set({ expression: text })}
        preview
        declared={type}
      />
      <PathField path={[...path, "type"]} label="Comes out as">
        <Select
          value={type.kind}
          options={calculationTypeOptions}
          onValueChange={(kind) => set({ type: typeOfKind(kind, guessed && calculationType(guessed.type)) })}
        />
      </PathField>
      <TypeOptions type={type} path={path} set={(next) => set({ type: next })} />
      <StoredSwitch stored={column !== undefined} set={(stored) => set({ stored })} path={path} />
      <DescribeField path={path} value={describe} commit={(text) => set({ describe: text })} />
    </div>
  );
}

interface TypeOptionsProps {
  type: AttributeType;
  path: readonly string[];
  set: (type: AttributeType) => void;
}

function TypeOptions({ type, path, set }: TypeOptionsProps) {
  if (type.kind === "decimal") return <Rounding type={type} path={path} set={set} />;
  return null;
}

/** A decimal of so many digits after the point; all of them where it is empty. */
function Rounding({ type, path, set }: TypeOptionsProps & { type: Extract<AttributeType, { kind: "decimal" }> }) {
  const typed = useTypedValue({
    value: type.scale?.toString() ?? "",
    commit: (text) =>
      set(
        text === "" ? { kind: "decimal" } : { kind: "decimal", precision: type.precision ?? 38, scale: Number(text) },
      ),
    check: (text) => countProblem(text, 0, type.precision ?? 30),
  });
  return (
    <PathField path={[...path, "scale"]} label="Rounded to digits after the point" error={typed.error}>
      <Input inputMode="numeric" placeholder="not rounded" {...typed.field} />
    </PathField>
  );
}
