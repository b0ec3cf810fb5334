"use client";

import { Checkbox } from "#components/ui/Checkbox.tsx";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import { Textarea } from "#components/ui/Textarea.tsx";
import { type AttributeOwner, roleIn } from "#lib/model/commands/attributeOwner.ts";
import type { AttributeOptions } from "#lib/model/commands/ModelCommand.ts";
import { optionsOf } from "#lib/model/read/optionsOf.ts";
import type { Attribute } from "#lib/model/types.ts";
import { useBuilderActions, useProblems } from "../BuilderContext.tsx";
import { problemsBeside } from "../problems/problemsAt.ts";
import { partNameProblem } from "../relationshipNames.ts";
import { partTypeOptions, typeOptions } from "../typeLooks.tsx";
import { AccessFields } from "./AccessFields.tsx";
import { retype } from "./attributeChanges.ts";
import { DefaultField } from "./DefaultField.tsx";
import { ExampleField } from "./ExampleField.tsx";
import { LimitFields } from "./LimitFields.tsx";
import { ownerKey } from "./ownerKey.ts";
import { PathField, ProblemList } from "./PathField.tsx";
import { TypeFields } from "./TypeFields.tsx";
import { nameDelay, useTypedValue } from "./useTypedValue.ts";

export interface AttributePart {
  /** A resource, or the value object of which it is a part. */
  readonly resource: AttributeOwner;
  readonly attribute: Attribute;
  /** Where problems of the attribute stand. */
  readonly path: readonly string[];
  readonly set: (options: AttributeOptions) => boolean;
  /** The same for what is being typed: all of it is undone as one. */
  readonly setTyped: (options: AttributeOptions) => boolean;
}

export function AttributeInspector({ resource, attribute }: { resource: AttributeOwner; attribute: Attribute }) {
  const { run } = useBuilderActions();
  const path = [resource.name, "attributes", attribute.name];
  const fits = new Set(optionsOf(attribute.type, roleIn(resource)));
  const key = ownerKey(resource);
  const problems = problemsBeside(useProblems(), path, new Set([...fits, "name", "type"]));
  const change = (options: AttributeOptions) =>
    ({ type: "setAttribute", resource: resource.name, attribute: attribute.name, options }) as const;
  const set = (options: AttributeOptions) => run(change(options));
  const setTyped = (options: AttributeOptions) =>
    run(change(options), { key: `${key}.${attribute.column}.${Object.keys(options).join()}` });
  const part: AttributePart = { resource, attribute, path, set, setTyped };
  const name = useTypedValue({
    value: attribute.name,
    commit: (to) =>
      run(
        { type: "renameAttribute", resource: resource.name, attribute: attribute.name, to },
        { key: `${key}.${attribute.column}.name` },
      ),
    check: (text) => partNameProblem(resource, text, attribute.name),
    delay: nameDelay,
  });
  const describe = useTypedValue({
    value: attribute.describe ?? "",
    commit: (text) => setTyped({ describe: text.trim() || undefined }),
  });
  return (
    <div className="flex flex-col gap-3.5 pt-3">
      <ProblemList problems={problems} />
      <PathField
        path={[...path, "name"]}
        label="Attribute name"
        error={name.error}
        hint={
          fits.has("column") ? (
            <>
              Column <code className="font-mono">{attribute.column}</code>
              {name.editing ? " stays, its data is kept." : ""}
            </>
          ) : name.editing ? (
            "Values kept under the old name are not seen under the new one."
          ) : undefined
        }
      >
        <Input {...name.field} data-autofocus spellCheck={false} />
      </PathField>
      <PathField path={[...path, "type"]} label="Type">
        <Select
          value={attribute.type.kind}
          options={fits.has("column") ? typeOptions : partTypeOptions}
          onValueChange={(kind) => set(retype(attribute, kind))}
        />
      </PathField>
      <TypeFields {...part} />
      <div className="flex flex-col gap-1">
        {/* Numbers are given, so none is ever missing. */}
        {attribute.type.kind === "sequence" ? null : (
          <Checkbox
            label="Required"
            hint="A row without it is refused."
            checked={attribute.required}
            onCheckedChange={(required) => set({ required })}
          />
        )}
        {fits.has("unique") ? (
          <Checkbox
            label="Unique"
            hint="No two rows have the same."
            checked={attribute.unique}
            onCheckedChange={(unique) => set({ unique })}
          />
        ) : null}
      </div>
      {fits.has("default") ? <DefaultField key={attribute.type.kind} {...part} /> : null}
      <LimitFields {...part} fits={fits} />
      <AccessFields {...part} fits={fits} />
      {fits.has("example") ? <ExampleField {...part} /> : null}
      <Disclosure
        title="Description"
        help="One sentence for the API's documentation."
        defaultOpen={attribute.describe !== undefined}
      >
        <PathField path={[...path, "describe"]} label="Description" hideLabel>
          <Textarea {...describe.field} />
        </PathField>
      </Disclosure>
    </div>
  );
}
