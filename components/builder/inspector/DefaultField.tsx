"use client";

import { useState } from "react";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import type { DefaultValue } from "#lib/model/types.ts";
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
  expression: "Worked out",
};

/** What a new row gets when nothing is given. */
export function DefaultField(part: AttributePart) {
  const { attribute, path, set } = part;
  const { type } = attribute;
  const value = attribute.default;
  const [wantsLiteral, setWantsLiteral] = useState(false);
  const mode: Mode = value ? modeOf(value) : wantsLiteral ? "literal" : "none";
  if (type.kind === "boolean" || type.kind === "choice") return <ListedDefault {...part} />;
  const modes: readonly Mode[] = [
    "none",
    "literal",
    ...calledDefaults(type.kind),
    ...(mode === "expression" ? (["expression"] as const) : []),
  ];
  return (
    <div className="flex flex-col gap-1.5">
      <PathField path={[...path, "default"]} label="Default">
        <Select
          value={mode}
          options={modes.map((each) => ({ value: each, label: words[each] }))}
          onValueChange={(next) => {
            setWantsLiteral(next === "literal");
            if (next === "none") set({ default: undefined });
            else if (next !== "literal" && next !== "expression") set({ default: { kind: next } });
          }}
        />
      </PathField>
      {mode === "literal" ? <LiteralDefault {...part} /> : null}
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

/** Where all values are known they are the list. */
function ListedDefault({ attribute, path, set }: AttributePart) {
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
        options={[{ value: "", label: "No default" }, ...options]}
        onValueChange={(text) => {
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
