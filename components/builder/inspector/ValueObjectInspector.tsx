"use client";

import { Input } from "#components/ui/Input.tsx";
import { Textarea } from "#components/ui/Textarea.tsx";
import type { ValueObject } from "#lib/model/types.ts";
import { useBuilderActions, useDraft, useProblems } from "../BuilderContext.tsx";
import { problemsBeside } from "../problems/problemsAt.ts";
import { resourceNameProblem } from "../relationshipNames.ts";
import { AttributeList } from "./AttributeList.tsx";
import { PathField, ProblemList } from "./PathField.tsx";
import { Section } from "./Section.tsx";
import { nameDelay, useTypedValue } from "./useTypedValue.ts";

const fields = new Set(["attributes", "name", "describe"]);

/** The parts of a value object, and which attributes hold it. */
export function ValueObjectInspector({ valueObject }: { valueObject: ValueObject }) {
  const model = useDraft();
  const { run, reveal } = useBuilderActions();
  const problems = problemsBeside(useProblems(), [valueObject.name], fields);
  const name = useTypedValue({
    value: valueObject.name,
    commit: (to) => run({ type: "renameValueObject", valueObject: valueObject.name, to }),
    check: (text) => resourceNameProblem(model, text, valueObject.name),
    delay: nameDelay,
  });
  const describe = useTypedValue({
    value: valueObject.describe ?? "",
    commit: (text) =>
      run({ type: "setValueObject", valueObject: valueObject.name, describe: text.trim() || undefined }),
  });
  const holders = [...model.resources, ...(model.valueObjects ?? [])].flatMap((owner) =>
    owner.attributes
      .filter(({ type }) => type.kind === "embed" && type.valueObject === valueObject.name)
      .map((attribute) => ({ resource: owner.name, name: attribute.name })),
  );
  return (
    <div className="flex flex-col gap-4 pt-3">
      <ProblemList problems={problems} />
      <PathField path={[valueObject.name, "name"]} label="Value object name" error={name.error}>
        <Input {...name.field} data-autofocus spellCheck={false} />
      </PathField>
      <AttributeList resource={valueObject} />
      <PathField path={[valueObject.name, "describe"]} label="Description">
        <Textarea {...describe.field} placeholder="One sentence for the API's documentation" />
      </PathField>
      <Section title="Held by" note={String(holders.length)}>
        {holders.length === 0 ? (
          <p className="text-faint text-xs">Nothing yet. Give a resource an attribute of the type “Value object”.</p>
        ) : (
          <ul className="-mx-1.5">
            {holders.map((at) => (
              <li key={`${at.resource}.${at.name}`}>
                <button
                  type="button"
                  onClick={() => reveal({ kind: "attribute", ...at })}
                  className="flex h-7 w-full items-center rounded-md px-1.5 text-left text-sm hover:bg-hover"
                >
                  {at.resource}.{at.name}
                </button>
              </li>
            ))}
          </ul>
        )}
      </Section>
    </div>
  );
}
