"use client";

import { ArrowRight, Plus } from "lucide-react";
import { Button } from "#components/ui/Button.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Textarea } from "#components/ui/Textarea.tsx";
import { useBuilderActions, useDraft, useProblems } from "../BuilderContext.tsx";
import { RoleSection } from "../behaviour/roles/RoleSection.tsx";
import { problemsBeside } from "../problems/problemsAt.ts";
import { PathField, ProblemList } from "./PathField.tsx";
import { Section } from "./Section.tsx";
import { useTypedValue } from "./useTypedValue.ts";
import { ValueObjectList } from "./ValueObjectList.tsx";

const fields = new Set(["name", "describe", "roles", "users"]);

/** What is said of the app as a whole, and the way to its resources. */
export function AppInspector() {
  const { app, resources } = useDraft();
  const problems = problemsBeside(useProblems(), ["app"], fields);
  const { run, reveal, askForResource } = useBuilderActions();
  const name = useTypedValue({
    value: app.name,
    commit: (text) => run({ type: "setApp", name: text.trim() }, { key: "app.name" }),
    check: (text) => (text.trim() === "" ? "Give the app a name." : null),
  });
  const describe = useTypedValue({
    value: app.describe ?? "",
    commit: (text) => run({ type: "setApp", describe: text.trim() || undefined }, { key: "app.describe" }),
  });
  return (
    <div className="flex flex-col gap-4 pt-3">
      <ProblemList problems={problems} />
      <PathField path={["app", "name"]} label="App name" error={name.error}>
        <Input {...name.field} />
      </PathField>
      <PathField path={["app", "describe"]} label="What the app is for">
        <Textarea {...describe.field} placeholder="One sentence; it opens the API's documentation" />
      </PathField>
      <Section
        title="Resources"
        note={String(resources.length)}
        action={
          <Button size="sm" icon={<Plus />} onClick={() => askForResource()}>
            Add resource
          </Button>
        }
      >
        <ul className="-mx-1.5">
          {resources
            .toSorted((a, b) => a.name.localeCompare(b.name))
            .map((resource) => (
              <li key={resource.name}>
                <button
                  type="button"
                  onClick={() => reveal({ kind: "resource", resource: resource.name })}
                  className="group flex h-7 w-full items-center gap-2 rounded-md px-1.5 text-left text-sm hover:bg-hover"
                >
                  <span className="min-w-0 flex-1 truncate">{resource.name}</span>
                  <span className="text-faint text-xs tabular-nums">{resource.attributes.length}</span>
                  <ArrowRight className="size-3.5 text-faint opacity-0 group-hover:opacity-100" aria-hidden />
                </button>
              </li>
            ))}
        </ul>
      </Section>
      <ValueObjectList />
      <RoleSection />
    </div>
  );
}
