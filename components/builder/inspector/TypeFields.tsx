"use client";

import { Checkbox } from "#components/ui/Checkbox.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import { optionsIn } from "#lib/model/attributes/optionsIn.ts";
import { scalarKinds } from "#lib/model/read/builders.ts";
import type { AttributeType, ScalarType } from "#lib/model/types.ts";
import { currencyDigits } from "#lib/model/values/currencies.ts";
import { useDraft } from "../BuilderContext.tsx";
import { typeLooks } from "../typeLooks.tsx";
import type { AttributePart } from "./AttributeInspector.tsx";
import { newType, retype } from "./attributeChanges.ts";
import { ChoiceOptions } from "./ChoiceOptions.tsx";
import { countProblem, DecimalDigits } from "./DecimalDigits.tsx";
import { FileFields } from "./FileFields.tsx";
import { PathField } from "./PathField.tsx";
import { useTypedValue } from "./useTypedValue.ts";

type Of<K extends AttributeType["kind"]> = Extract<AttributeType, { readonly kind: K }>;

/** What a type needs to be told beyond its name. */
export function TypeFields(part: AttributePart) {
  const { type } = part.attribute;
  const options = optionsIn(type);
  const digits = type.kind === "list" ? type.of : type;
  return (
    <>
      {type.kind === "list" ? <ItemType {...part} type={type} /> : null}
      {options === null ? null : <ChoiceOptions {...part} options={options} />}
      {digits.kind === "decimal" ? <DecimalDigits {...part} type={digits} /> : null}
      {type.kind === "money" ? <Currency {...part} type={type} /> : null}
      {type.kind === "embed" ? <EmbedFields {...part} type={type} /> : null}
      {type.kind === "sequence" ? <SequenceFields {...part} type={type} /> : null}
      {type.kind === "vector" ? <Dimensions {...part} /> : null}
      {type.kind === "file" ? <FileFields {...part} type={type} /> : null}
    </>
  );
}

const itemOptions = scalarKinds.map((kind) => ({ value: kind, label: typeLooks[kind].label }));

function ItemType({ attribute, path, set, type }: AttributePart & { type: Of<"list"> }) {
  return (
    <PathField path={[...path, "of"]} label="Each item">
      <Select
        value={type.of.kind}
        options={itemOptions}
        onValueChange={(kind) => set(retype(attribute, "list", { kind: "list", of: newType(kind) as ScalarType }))}
      />
    </PathField>
  );
}

function Currency({ path, setTyped, type }: AttributePart & { type: Of<"money"> }) {
  const typed = useTypedValue({
    value: type.currency ?? "",
    commit: (text) => {
      const currency = text.trim().toUpperCase();
      setTyped({ type: { kind: "money", ...(currency === "" ? {} : { currency }) } });
    },
    check: (text) =>
      text.trim() === "" || currencyDigits(text.trim().toUpperCase()) !== null
        ? null
        : "Write the three letters of a currency, such as EUR.",
  });
  return (
    <PathField
      path={[...path, "currency"]}
      label="Currency of all amounts"
      error={typed.error}
      hint="Left empty, each amount names its own."
    >
      <Input placeholder="EUR" spellCheck={false} {...typed.field} />
    </PathField>
  );
}

function EmbedFields({ attribute, path, set, type }: AttributePart & { type: Of<"embed"> }) {
  const { valueObjects = [] } = useDraft();
  const known = valueObjects.some(({ name }) => name === type.valueObject);
  const options = valueObjects.map(({ name }) => ({ value: name, label: name }));
  const missing = { value: type.valueObject, label: type.valueObject || "Choose one", disabled: true };
  return (
    <>
      <PathField
        path={[...path, "valueObject"]}
        label="Value object"
        hint={valueObjects.length === 0 ? "There is none yet. Add one on the app's panel." : undefined}
      >
        <Select
          value={type.valueObject}
          options={known ? options : [missing, ...options]}
          onValueChange={(valueObject) => set(retype(attribute, "embed", { ...type, valueObject }))}
        />
      </PathField>
      <Checkbox
        label="A list of them"
        checked={type.many === true}
        onCheckedChange={(many) => {
          const { kind, valueObject } = type;
          set(retype(attribute, "embed", many ? { kind, valueObject, many } : { kind, valueObject }));
        }}
      />
    </>
  );
}

function SequenceFields({ path, set, setTyped, type }: AttributePart & { type: Of<"sequence"> }) {
  const pattern = useTypedValue({
    value: type.pattern,
    commit: (text) => setTyped({ type: { ...type, pattern: text } }),
  });
  return (
    <>
      <PathField
        path={[...path, "pattern"]}
        label="How numbers look"
        error={pattern.error}
        hint="`{0000}` is the number with at least four digits; `{year}` starts afresh each year."
      >
        <Input className="font-mono" placeholder="D-{year}-{0000}" spellCheck={false} {...pattern.field} />
      </PathField>
      <Checkbox
        label="Without gaps"
        hint="No number is left out, as invoices need it; rows are then made one after the other."
        checked={type.gapless === true}
        onCheckedChange={(gapless) => {
          const { kind, pattern: kept } = type;
          set({ type: gapless ? { kind, pattern: kept, gapless } : { kind, pattern: kept } });
        }}
      />
    </>
  );
}

function Dimensions({ attribute, path, setTyped }: AttributePart) {
  const typed = useTypedValue({
    value: attribute.type.kind === "vector" ? String(attribute.type.dimensions) : "",
    commit: (text) => setTyped({ type: { kind: "vector", dimensions: Number(text) } }),
    check: (text) => (text.trim() === "" ? "Write how many numbers it has." : countProblem(text.trim(), 1, 16_000)),
  });
  return (
    <PathField path={[...path, "dimensions"]} label="How many numbers" error={typed.error}>
      <Input inputMode="numeric" {...typed.field} />
    </PathField>
  );
}
