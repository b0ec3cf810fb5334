"use client";

import { Disclosure } from "#components/ui/Disclosure.tsx";
import { Input } from "#components/ui/Input.tsx";
import { boundsKind, canonicalText } from "#lib/model/values/canonicalText.ts";
import type { AttributePart } from "./AttributeInspector.tsx";
import { exampleOf } from "./attributeChanges.ts";
import { countProblem } from "./DecimalDigits.tsx";
import { PathField } from "./PathField.tsx";
import { useTypedValue } from "./useTypedValue.ts";

/** Bounds, lengths and a pattern, as far as the type can have them. */
export function LimitFields({ fits, ...part }: AttributePart & { fits: ReadonlySet<string> }) {
  const { type, min, max, minLength, maxLength, pattern, minItems, maxItems } = part.attribute;
  const set = [min, max, minLength, maxLength, pattern, minItems, maxItems];
  const count = set.filter((limit) => limit !== undefined).length;
  const hasItems = fits.has("minItems") && (type.kind !== "embed" || type.many === true);
  if (!fits.has("min") && !fits.has("minLength") && !hasItems) return null;
  return (
    <Disclosure
      title="Limits"
      help="A value outside of them is refused, with a message that names the field."
      note={count === 0 ? undefined : `${count} set`}
      defaultOpen={count > 0}
    >
      {hasItems ? (
        <div className="grid grid-cols-2 gap-2">
          <Length {...part} name="minItems" label="Fewest" note="items" high={10_000} />
          <Length {...part} name="maxItems" label="Most" note="items" high={10_000} />
        </div>
      ) : null}
      {fits.has("min") ? (
        <div className="grid grid-cols-2 gap-2">
          <Bound {...part} name="min" label="At least" />
          <Bound {...part} name="max" label="At most" />
        </div>
      ) : null}
      {fits.has("minLength") ? (
        <>
          <div className="grid grid-cols-2 gap-2">
            <Length {...part} name="minLength" label="Shortest" note="characters" high={10_000_000} />
            <Length {...part} name="maxLength" label="Longest" note="characters" high={10_000_000} />
          </div>
          {fits.has("pattern") ? <Pattern {...part} /> : null}
        </>
      ) : null}
    </Disclosure>
  );
}

function Bound({ attribute, path, setTyped, name, label }: AttributePart & { name: "min" | "max"; label: string }) {
  const kind = boundsKind(attribute.type);
  const canonical = (text: string) => (kind === null ? null : canonicalText(text.trim(), kind));
  const typed = useTypedValue({
    value: attribute[name] ?? "",
    commit: (text) => setTyped({ [name]: text.trim() === "" ? undefined : (canonical(text) ?? undefined) }),
    check: (text) => (text.trim() === "" || canonical(text) !== null ? null : `Write ${exampleOf(kind ?? "integer")}.`),
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
  note,
  high,
}: AttributePart & {
  name: "minLength" | "maxLength" | "minItems" | "maxItems";
  label: string;
  note: string;
  high: number;
}) {
  const typed = useTypedValue({
    value: attribute[name]?.toString() ?? "",
    commit: (text) => setTyped({ [name]: text.trim() === "" ? undefined : Number(text) }),
    check: (text) => countProblem(text.trim(), 0, high),
  });
  return (
    <PathField path={[...path, name]} label={label} note={note} error={typed.error}>
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
