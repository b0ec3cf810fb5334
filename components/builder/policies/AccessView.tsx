"use client";

import { FlaskConical, ShieldCheck, Users } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Field } from "#components/ui/Field.tsx";
import { SegmentedControl } from "#components/ui/SegmentedControl.tsx";
import { Select } from "#components/ui/Select.tsx";
import { useBuilderActions, useDraft, useSelection } from "../BuilderContext.tsx";
import { AppMatrix } from "./matrix/AppMatrix.tsx";
import { ResourceMatrix } from "./matrix/ResourceMatrix.tsx";
import { useNarrow } from "./matrix/useNarrow.ts";
import { PolicyTester } from "./tester/PolicyTester.tsx";
import type { TesterSession } from "./tester/TesterSession.ts";

const wholeApp = "";

interface AccessViewProps {
  /** Absent where there is no app to try. */
  openTester?: (() => Promise<TesterSession | null>) | undefined;
}

/** Who may do what: as a picture of the policies, and tried on the live app. */
export function AccessView({ openTester }: AccessViewProps) {
  const { app, resources } = useDraft();
  const { select } = useBuilderActions();
  const narrow = useNarrow();
  const [tab, setTab] = useState<"matrix" | "try">("matrix");
  const [name, setName] = useScope();
  const resource = resources.find((one) => one.name === name);
  const choose = (next: string) => {
    setName(next);
    // Where the panel covers the picture it comes only when it is asked for.
    if (!narrow) select(next === wholeApp ? null : { kind: "resource", resource: next });
  };
  return (
    <div className="h-full overflow-y-auto" data-access>
      <div className="mx-auto flex max-w-5xl flex-col gap-4 p-4 md:p-6">
        <div className="flex flex-wrap items-end gap-3">
          <SegmentedControl
            label="Access"
            value={tab}
            onValueChange={setTab}
            options={[
              { value: "matrix", label: <TabLabel icon={<ShieldCheck />} text="Who may what" /> },
              ...(openTester
                ? [{ value: "try", label: <TabLabel icon={<FlaskConical />} text="Try it" /> } as const]
                : []),
            ]}
          />
          {tab === "matrix" ? (
            <Field label="Show" hideLabel className="w-56 max-w-full">
              <Select
                value={resource?.name ?? wholeApp}
                options={[
                  { value: wholeApp, label: "The whole app" },
                  ...resources
                    .map((one) => ({ value: one.name, label: one.name }))
                    .toSorted((a, b) => a.label.localeCompare(b.label)),
                ]}
                onValueChange={choose}
              />
            </Field>
          ) : null}
        </div>
        {tab === "try" && openTester ? (
          <PolicyTester open={openTester} resource={resource?.name ?? null} onResourceChange={choose} />
        ) : (
          <>
            {(app.roles ?? []).length === 0 ? (
              <div className="flex flex-wrap items-center gap-3 rounded-lg border border-dashed px-3 py-2.5 text-muted text-sm">
                <span className="min-w-0 flex-1 basis-60 text-pretty">
                  The app has no roles yet, such as sales or manager, that policies could tell apart.
                </span>
                <Button size="sm" icon={<Users />} onClick={() => select(null)}>
                  Roles are in the panel of the app
                </Button>
              </div>
            ) : null}
            {resource ? <ResourceMatrix key={resource.table} resource={resource} /> : <AppMatrix onOpen={choose} />}
          </>
        )}
      </div>
    </div>
  );
}

/** The resource that is shown; another one when another is selected anywhere. */
function useScope(): readonly [string, (name: string) => void] {
  const selected = useSelection()?.resource ?? null;
  const [state, setState] = useState({ name: selected ?? wholeApp, selected });
  if (state.selected !== selected) setState({ name: selected ?? state.name, selected });
  return [state.name, (name) => setState({ name, selected })];
}

function TabLabel({ icon, text }: { icon: React.ReactNode; text: string }) {
  return (
    <>
      {icon}
      {text}
    </>
  );
}
