"use client";

import { Checkbox } from "#components/ui/Checkbox.tsx";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import { Select } from "#components/ui/Select.tsx";
import type { AttributePart } from "./AttributeInspector.tsx";
import { PathField } from "./PathField.tsx";

type Writable = "always" | "writeOnce" | "readOnly";

const writable: readonly { readonly value: Writable; readonly label: string }[] = [
  { value: "always", label: "At any time" },
  { value: "writeOnce", label: "Only when a row is made" },
  { value: "readOnly", label: "Never: actions and the default set it" },
];

/** Who may write the value, and whether it must be kept from sight. */
export function AccessFields({ fits, attribute, path, set }: AttributePart & { fits: ReadonlySet<string> }) {
  if (!fits.has("sensitive")) return null;
  const notes = [
    attribute.writable === "readOnly" ? "read only" : attribute.writable === "writeOnce" ? "set once" : "",
    attribute.sensitive ? "sensitive" : "",
  ].filter(Boolean);
  return (
    <Disclosure
      title="Writing and privacy"
      help="Values that only the app itself sets, that never change, or that nobody should come across."
      note={notes.length === 0 ? undefined : notes.join(", ")}
      defaultOpen={notes.length > 0}
    >
      {fits.has("readOnly") ? (
        <PathField path={[...path, "writeOnce"]} label="Callers may set it">
          <Select
            value={attribute.writable ?? "always"}
            options={writable}
            onValueChange={(next) => set({ writable: next === "always" ? undefined : next })}
          />
        </PathField>
      ) : null}
      <Checkbox
        label="Sensitive"
        hint="Never logged, never exported, masked in copies of the data."
        checked={attribute.sensitive === true}
        onCheckedChange={(sensitive) => set({ sensitive: sensitive ? true : undefined })}
      />
    </Disclosure>
  );
}
