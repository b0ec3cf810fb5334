"use client";

import { Disclosure } from "#components/ui/Disclosure.tsx";
import { Input } from "#components/ui/Input.tsx";
import type { AttributePart } from "./AttributeInspector.tsx";
import { defaultText, exampleOf, parseDefault } from "./attributeChanges.ts";
import { PathField } from "./PathField.tsx";
import { useTypedValue } from "./useTypedValue.ts";

/** A value as it may be, for the documents. */
export function ExampleField({ attribute, path, setTyped }: AttributePart) {
  const { type, example } = attribute;
  const wrong = (text: string) => text.trim() !== "" && parseDefault(type, text.trim()) === undefined;
  const typed = useTypedValue({
    value: example === undefined ? "" : defaultText(example),
    commit: (text) => setTyped({ example: text.trim() === "" ? undefined : parseDefault(type, text.trim()) }),
    check: (text) => (wrong(text) ? `Write ${exampleOf(type.kind)}.` : null),
  });
  return (
    <Disclosure
      title="Example"
      help="A value as it may be; the API's documentation shows it."
      defaultOpen={example !== undefined}
    >
      <PathField path={[...path, "example"]} label="Example" hideLabel error={typed.error}>
        <Input placeholder={exampleOf(type.kind)} spellCheck={false} {...typed.field} />
      </PathField>
    </Disclosure>
  );
}
