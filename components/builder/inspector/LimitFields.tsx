"use client";

import { Disclosure } from "#components/ui/Disclosure.tsx";
import { Input } from "#components/ui/Input.tsx";
import { canonicalText, isBoundedKind } from "#lib/model/values/canonicalText.ts";
import type { AttributePart } from "./AttributeInspector.tsx";
import { exampleOf } from "./attributeChanges.ts";
import { countProblem } from "./DecimalDigits.tsx";
import { PathField } from "./PathField.tsx";
import { useTypedValue } from "./useTypedValue.ts";

/** Bounds, lengths and a pattern, as far as the type can have them. */
export function LimitFields({ fits, ...part }: AttributePart & { fits: ReadonlySet<string> }) {
  const { min, max, minLength, maxLength, pattern } = part.attribute;
  const count = [min, max, minLength, maxLength, pattern].filter((limit) => limit !== undefined).length;
  if (!fits.has("min") && !fits.has("minLength")) return null;
  return (
    <Disclosure
      title="Limits"
      help="A value outside of them is refused, with a message that names the field."
      note={count === 0 ? undefined : `${count} set`}
      defaultOpen={count > 0}
    >
      {fits.has("min") ? (
        <div className="grid grid-cols-2 gap-2">
          <Bound {...part} name="min" label="At least" />
          <Bound {...part} name="max" label="At most" />
        </div>
      ) : null}
      {fits.has("minLength") ? (
        <>
          <div className="grid grid-cols-2 gap-2">
            <Length {...part} name="minLength" label="Shortest" />
            <Length {...part} name="maxLength" label="Longest" />
          </div>
          <Pattern {...part} />
        </>
      ) : null}
    </Disclosure>
  );
}

function Bound({ attribute, path, setTyped, name, label }: AttributePart & { name: "min" | "max"; label: string }) {
  const { kind } = attribute.type;
  const canonical = (text: string) => (isBoundedKind(kind) ? canonicalText(text.trim(), kind) : null);
  const typed = useTypedValue({
    value: attribute[name] ?? "",
    commit: (text) => setTyped({ [name]: text.trim() === "" ? undefined : (canonical(text) ?? undefined) }),
    check: (text) => (text.trim() === "" || canonical(text) !== null ? null : `Write ${exampleOf(kind)}.`),
  });
  return (
    <PathField path={[...path, name]} label={label} error={typed.error}>
      <Input placeholder="no limit" {...typed.field} />
    </PathField>
  );
}

function Length({
  attribute,
  path,
  setTyped,
  name,
  label,
}: AttributePart & { name: "minLength" | "maxLength"; label: string }) {
  const typed = useTypedValue({
    value: attribute[name]?.toString() ?? "",
    commit: (text) => setTyped({ [name]: text.trim() === "" ? undefined : Number(text) }),
    check: (text) => countProblem(text.trim(), 0, 10_000_000),
  });
  return (
    <PathField path={[...path, name]} label={label} note="characters" error={typed.error}>
      <Input inputMode="numeric" placeholder="no limit" {...typed.field} />
    </PathField>
  );
}

function Pattern({ attribute, path, setTyped }: AttributePart) {
  const typed = useTypedValue({
    value: attribute.pattern ?? "",
    commit: (text) => setTyped({ pattern: text === "" ? undefined : text }),
  });
  return (
    <PathField path={[...path, "pattern"]} label="Pattern" hint="A regular expression that the whole text matches.">
      <Input placeholder="[A-Z]{2}[0-9]+" className="font-mono" spellCheck={false} {...typed.field} />
    </PathField>
  );
}
