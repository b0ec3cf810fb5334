"use client";

import { CornerDownLeft } from "lucide-react";
import { useId, useRef, useState } from "react";
import { FieldError } from "#components/ui/Field.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import { type AttributeOwner, roleIn } from "#lib/model/commands/attributeOwner.ts";
import type { AttributeKind } from "#lib/model/types.ts";
import { useBuilderActions } from "../BuilderContext.tsx";
import { partNameProblem } from "../relationshipNames.ts";
import { partTypeOptions, typeOptions } from "../typeLooks.tsx";
import { newType, suggestKind } from "./attributeChanges.ts";

/** One line: a name, a type, Enter, the next one. The type is guessed from the name until someone chooses. */
export function NewAttribute({ resource, autoFocus = false }: { resource: AttributeOwner; autoFocus?: boolean }) {
  const { run } = useBuilderActions();
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<AttributeKind | null>(null);
  const errorId = useId();
  const input = useRef<HTMLInputElement>(null);
  const kind = chosen ?? suggestKind(name.trim());
  const error = name.trim() === "" ? null : partNameProblem(resource, name.trim());

  const add = () => {
    const attribute = name.trim();
    if (attribute === "" || error) {
      input.current?.focus();
      return;
    }
    if (!run({ type: "addAttribute", resource: resource.name, name: attribute, options: { type: newType(kind) } }))
      return;
    setName("");
    setChosen(null);
    input.current?.focus();
  };

  return (
    <form
      aria-label={`New attribute of ${resource.name}`}
      className="flex flex-col gap-1"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <div className="flex items-center gap-1">
        <Input
          ref={input}
          size="sm"
          data-new-attribute
          aria-label="New attribute name"
          placeholder="Add an attribute"
          value={name}
          autoFocus={autoFocus}
          spellCheck={false}
          onChange={(event) => setName(event.target.value)}
          {...(error ? { "aria-invalid": true, "aria-describedby": errorId } : {})}
        />
        <Select
          size="sm"
          aria-label="New attribute type"
          className="w-34 shrink-0"
          value={kind}
          onValueChange={setChosen}
          options={roleIn(resource) === "part" ? partTypeOptions : typeOptions}
        />
        <IconButton label="Add attribute" size="sm" variant="secondary" type="submit">
          <CornerDownLeft />
        </IconButton>
      </div>
      {error ? <FieldError id={errorId} error={error} /> : null}
    </form>
  );
}
