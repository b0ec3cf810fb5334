"use client";

import { CircleAlert, Plus, SquareFunction } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { cn } from "#components/ui/cn.ts";
import { Dialog } from "#components/ui/Dialog.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { Preformatted } from "#components/ui/Preformatted.tsx";
import type { AppFunction } from "#lib/model/processTypes.ts";
import { useBuilderActions, useDraft, useProblems } from "../../BuilderContext.tsx";
import { problemsWithin } from "../../problems/problemsAt.ts";
import { behaviourNameProblem } from "../editor/behaviourNameProblem.ts";
import { useBehaviour } from "../studio/BehaviourContext.tsx";
import { PlaceLink } from "../studio/PlaceLink.tsx";
import { useNamedOrRenamed } from "../studio/useNamedOrRenamed.ts";
import { FunctionEditor } from "./FunctionEditor.tsx";
import { signatureWords } from "./signatureWords.ts";

/** The functions of the app: one of them is edited and tried. */
export function FunctionsSection({ name }: { name: string | undefined }) {
  const { functions = [] } = useDraft();
  const [asked, setAsked] = useState(false);
  const shown = useNamedOrRenamed(functions, name) ?? (name === undefined ? functions[0] : undefined);
  const add = (
    <Button variant="primary" icon={<Plus />} onClick={() => setAsked(true)}>
      New function
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Functions"
        description="Pure TypeScript for what expressions cannot say. A function sees what it is given and nothing else: no clock, no network, no data."
        actions={functions.length === 0 ? null : add}
      />
      {functions.length === 0 ? (
        <EmptyState
          icon={<SquareFunction />}
          title="What must be computed that expressions cannot say?"
          description="A function takes values and returns one. Steps of processes call it; examples show that it does what it should."
          example={
            <Preformatted className="rounded-lg border bg-surface p-3 shadow-xs">
              {"({ amount }: { amount: string }) => {\n  return (Number(amount) * 0.19).toFixed(2);\n}"}
            </Preformatted>
          }
          action={add}
        />
      ) : (
        <div className="grid items-start gap-5 lg:grid-cols-[14rem_minmax(0,1fr)]">
          <nav aria-label="Functions" className="flex flex-col gap-0.5 max-lg:flex-row max-lg:flex-wrap">
            {functions.map((fn) => (
              <FunctionLink key={fn.name} fn={fn} current={fn === shown} />
            ))}
          </nav>
          {shown ? (
            <FunctionEditor key={shown.name} fn={shown} />
          ) : (
            <p className="text-muted text-sm">There is no function {name}. It may have been renamed or removed.</p>
          )}
        </div>
      )}
      <Dialog open={asked} onOpenChange={setAsked} title="New function">
        <NewFunctionForm onDone={() => setAsked(false)} />
      </Dialog>
    </>
  );
}

function FunctionLink({ fn, current }: { fn: AppFunction; current: boolean }) {
  const problems = problemsWithin(useProblems(), ["functions", fn.name]).length;
  return (
    <PlaceLink
      to={{ kind: "functions", name: fn.name }}
      title={signatureWords(fn)}
      {...(current ? { "aria-current": "page" } : {})}
      className={cn(
        "flex h-8 items-center gap-2 rounded-md px-2 text-muted text-sm hover:bg-hover hover:text-ink",
        current && "bg-active font-medium text-ink",
      )}
    >
      <SquareFunction className="size-3.5 shrink-0 text-faint" aria-hidden />
      <span className="min-w-0 flex-1 truncate">{fn.name}</span>
      {problems > 0 ? <CircleAlert className="size-3.5 text-danger-text" aria-label="has problems" /> : null}
    </PlaceLink>
  );
}

const firstSource = `({ text }: { text: string }) => {
  return text.trim().toUpperCase();
}`;

function NewFunctionForm({ onDone }: { onDone: () => void }) {
  const model = useDraft();
  const { run } = useBuilderActions();
  const { go } = useBehaviour();
  const [name, setName] = useState("");
  const wanted = name.trim();
  const error = wanted === "" ? null : behaviourNameProblem(model, wanted);
  const add = () => {
    if (wanted === "" || error) return;
    const fn: AppFunction = {
      name: wanted,
      parameters: [{ name: "text", type: { kind: "text" }, required: true }],
      returns: { kind: "text" },
      examples: [{ given: { text: " an example " }, returns: "AN EXAMPLE" }],
      source: firstSource,
    };
    if (!run({ type: "setFunction", function: fn })) return;
    onDone();
    go({ kind: "functions", name: wanted });
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <Field label="Name" hint="What it computes, such as `vat`." error={error}>
        <Input autoFocus value={name} spellCheck={false} onChange={(event) => setName(event.target.value)} />
      </Field>
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={wanted === "" || error !== null}>
          Add function
        </Button>
      </div>
    </form>
  );
}
