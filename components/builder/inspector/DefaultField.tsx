"use client";

import { useState } from "react";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import { roleIn } from "#lib/model/commands/attributeOwner.ts";
import { valueTypeOf } from "#lib/model/expressions/valueTypeOf.ts";
import type { DefaultValue } from "#lib/model/types.ts";
import { useDraft } from "../BuilderContext.tsx";
import { ExpressionField } from "../expression/ExpressionField.tsx";
import { useScope } from "../expression/useScope.ts";
import type { AttributePart } from "./AttributeInspector.tsx";
import { calledDefaults, defaultText, exampleOf, parseDefault } from "./attributeChanges.ts";
import { PathField } from "./PathField.tsx";
import { useTypedValue } from "./useTypedValue.ts";

type Mode = "none" | "literal" | "now" | "today" | "uuid" | "expression";

const words: Readonly<Record<Mode, string>> = {
  none: "No default",
  literal: "This value",
  now: "The moment it is made",
  today: "The day it is made",
  uuid: "A new UUID",
  expression: "Worked out by an expression",
};

/** What a new row gets when nothing is given. */
export function DefaultField(part: AttributePart) {
  const { attribute, path, set } = part;
  const { type } = attribute;
  const value = attribute.default;
  const [wantsLiteral, setWantsLiteral] = useState(false);
  const [wantsExpression, setWantsExpression] = useState(false);
  const isPart = roleIn(part.resource) === "part";
  const unset: Mode = wantsExpression ? "expression" : wantsLiteral ? "literal" : "none";
  const mode: Mode = value ? modeOf(value) : unset;
  if ((type.kind === "boolean" || type.kind === "choice") && value?.kind !== "expression" && !wantsExpression) {
    return <ListedDefault {...part} onExpression={isPart ? null : () => setWantsExpression(true)} />;
  }
  const called = isPart ? [] : ([...calledDefaults(type.kind), "expression"] as const);
  const modes: readonly Mode[] = ["none", "literal", ...called];
  return (
    <div className="flex flex-col gap-1.5">
      <PathField path={[...path, "default"]} label="Default">
        <Select
          value={mode}
          options={modes.map((each) => ({ value: each, label: words[each] }))}
          onValueChange={(next) => {
            setWantsLiteral(next === "literal");
            setWantsExpression(next === "expression");
            if (next === "none" || (next === "expression" && value)) set({ default: undefined });
            else if (next !== "literal" && next !== "expression") set({ default: { kind: next } });
          }}
        />
      </PathField>
      {mode === "literal" ? <LiteralDefault {...part} /> : null}
      {mode === "expression" ? <ExpressionDefault {...part} /> : null}
    </div>
  );
}

function LiteralDefault({ attribute, path, setTyped }: AttributePart) {
  const { type } = attribute;
  const value = attribute.default?.kind === "literal" ? defaultText(attribute.default.value) : "";
  const typed = useTypedValue({
    value,
    commit: (text) => {
      const parsed = parseDefault(type, text);
      if (parsed !== undefined) setTyped({ default: { kind: "literal", value: parsed } });
    },
    check: (text) => (parseDefault(type, text) === undefined ? `Write ${exampleOf(type.kind)}.` : null),
  });
  return (
    <PathField path={[...path, "default"]} label="Default value" hideLabel error={typed.error}>
      <Input placeholder={exampleOf(type.kind)} {...typed.field} />
    </PathField>
  );
}

function ExpressionDefault({ resource, attribute, path, setTyped }: AttributePart) {
  const model = useDraft();
  // A part of a value object has no record around it.
  const isPart = roleIn(resource) === "part";
  const scope = useScope(isPart ? null : resource.name);
  const isChoice = attribute.type.kind === "choice";
  const { default: value } = attribute;
  return (
    <ExpressionField
      label="Default expression"
      hideLabel
      path={[...path, "default"]}
      scope={scope}
      expected={valueTypeOf(attribute.type, model)}
      {...(isChoice ? { target: { resource: resource.name, member: attribute.name } } : {})}
      value={value?.kind === "expression" ? value.expression : ""}
      placeholder={attribute.type.kind === "date" ? "addDays(today(), 14)" : "what to work out"}
      hint="Worked out when a row is made; it sees the other values and `actor`."
      onCommit={(text) => setTyped({ default: { kind: "expression", expression: text } })}
    />
  );
}

const workedOut = "\u0000expression";

/** Where all values are known they are the list. */
function ListedDefault({ attribute, path, set, onExpression }: AttributePart & { onExpression: (() => void) | null }) {
  const { type } = attribute;
  const options =
    type.kind === "choice"
      ? type.options.map(({ name }) => ({ value: name, label: name }))
      : [
          { value: "true", label: "Yes" },
          { value: "false", label: "No" },
        ];
  const current = attribute.default?.kind === "literal" ? defaultText(attribute.default.value) : "";
  return (
    <PathField path={[...path, "default"]} label="Default">
      <Select
        value={current}
        options={[
          { value: "", label: "No default" },
          ...options,
          ...(onExpression ? [{ value: workedOut, label: words.expression }] : []),
        ]}
        onValueChange={(text) => {
          if (text === workedOut) return onExpression?.();
          const value = text === "" ? undefined : parseDefault(type, text);
          set({ default: value === undefined ? undefined : { kind: "literal", value } });
        }}
      />
    </PathField>
  );
}

function modeOf(value: DefaultValue): Mode {
  return value.kind === "generated" ? "none" : value.kind;
}
