"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import { Field } from "#components/ui/Field.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import type { ValueType } from "#lib/expression/ValueType.ts";
import { fieldNameShape } from "#lib/model/naming/nameShape.ts";
import type { NamedExpression, Taken } from "#lib/model/processTypes.ts";
import { useDraft } from "../../../BuilderContext.tsx";
import { calculationTypeOptions, typeOfKind } from "../../../behaviour/calculations/calculationType.ts";
import { ExpressionField } from "../../../expression/ExpressionField.tsx";
import { PathField } from "../../../inspector/PathField.tsx";
import { useTypedValue } from "../../../inspector/useTypedValue.ts";
import type { StepPart } from "../StepPart.ts";
import { ChoiceField } from "./ChoiceField.tsx";
import { ParameterList } from "./ParameterList.tsx";
import { ValueList } from "./ValueList.tsx";

const text: ValueType = { kind: "text" };
const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

export function RequestForm({ step, path, scope, set }: StepPart<"request">) {
  const { app } = useDraft();
  const connections = (app.connections ?? []).filter(({ kind }) => kind === "http");
  const connection = connections.find(({ name }) => name === step.connection);
  return (
    <>
      <ChoiceField
        path={[...path, "connection"]}
        label="Connection"
        hint={
          connections.length === 0
            ? "A connection holds the address and credentials of a server; write one in gantry.config.ts."
            : undefined
        }
        value={step.connection ?? ""}
        options={[
          { value: "", label: "none: a whole address" },
          ...connections.map(({ name }) => ({ value: name, label: name })),
        ]}
        onChange={(name) => set({ connection: name === "" ? undefined : name })}
      />
      <PathField path={[...path, "method"]} label="Method">
        <Select
          value={step.method}
          options={methods.map((method) => ({ value: method, label: method }))}
          onValueChange={(method) => set(method === "GET" ? { method, body: undefined } : { method })}
        />
      </PathField>
      <ExpressionField
        label={
          step.connection === undefined ? "Address" : `Path below ${connection?.url ?? "the connection's address"}`
        }
        path={[...path, "url"]}
        scope={scope}
        expected={text}
        value={step.url}
        placeholder={step.connection === undefined ? "'https://example.com/orders'" : "'/orders/' + input.id"}
        onCommit={(url) => set({ url })}
      />
      {step.method === "GET" ? null : (
        <ValueList
          label="Body"
          hint="Members of a JSON object."
          add="Add a member"
          path={[...path, "body"]}
          scope={scope}
          values={step.body ?? []}
          set={(body) => set({ body: body.length === 0 ? undefined : body })}
        />
      )}
      <TakeList step={step} path={path} set={set} />
      <Disclosure title="Headers" note={count(step.headers)} defaultOpen={(step.headers ?? []).length > 0}>
        <HeaderList
          headers={step.headers ?? []}
          set={(headers) => set({ headers: headers.length === 0 ? undefined : headers })}
          scope={scope}
          path={[...path, "headers"]}
        />
      </Disclosure>
    </>
  );
}

function count(list: readonly unknown[] | undefined): string | undefined {
  return list && list.length > 0 ? String(list.length) : undefined;
}

type TakeListProps = Pick<StepPart<"request">, "step" | "path" | "set">;

/** What is taken from the JSON of the answer. */
function TakeList({ step, path, set }: TakeListProps) {
  const take = step.take ?? [];
  const [name, setName] = useState("");
  const wanted = name.trim();
  const error =
    wanted === ""
      ? null
      : (fieldNameShape(wanted) ?? (take.some((one) => one.name === wanted) ? "This is taken already." : null));
  const change = (next: readonly Taken[]) => set({ take: next.length === 0 ? undefined : next });
  return (
    <fieldset className="flex flex-col gap-2" data-path={[...path, "take"].join(".")}>
      <legend className="mb-1 font-medium text-muted text-xs">Taken from the answer</legend>
      {take.map((one, index) => (
        <TakenRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a pointer changes while one types it; the place does not
          key={`${index} of ${take.length}`}
          taken={one}
          change={(next) => change(take.with(index, next))}
          remove={() => change(take.toSpliced(index, 1))}
        />
      ))}
      <form
        className="flex items-start gap-1"
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted === "" || error) return;
          change([...take, { name: wanted, pointer: `/${wanted}`, type: { kind: "text" } }]);
          setName("");
        }}
      >
        <Field label="Take a value" hideLabel error={error} className="flex-1">
          <Input
            size="sm"
            placeholder="name of a value"
            value={name}
            spellCheck={false}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Button size="sm" type="submit" icon={<Plus />} disabled={wanted === "" || error !== null}>
          Take
        </Button>
      </form>
      <p className="text-faint text-xs">The number `status` is always there.</p>
    </fieldset>
  );
}

interface TakenRowProps {
  taken: Taken;
  change: (taken: Taken) => void;
  remove: () => void;
}

function TakenRow({ taken, change, remove }: TakenRowProps) {
  const pointer = useTypedValue({
    value: taken.pointer,
    commit: (next) => change({ ...taken, pointer: next }),
    check: (next) => (next === "" || next.startsWith("/") ? null : "A JSON pointer begins with /, such as /data/0/id."),
  });
  return (
    <div className="flex flex-col gap-1 rounded-md border p-2">
      <div className="flex items-center gap-1">
        <span className="min-w-0 flex-1 truncate text-sm">{taken.name}</span>
        <Select
          size="sm"
          aria-label={`Type of ${taken.name}`}
          className="w-32 shrink-0"
          value={taken.type.kind}
          options={calculationTypeOptions}
          onValueChange={(kind) => change({ ...taken, type: typeOfKind(kind, null) })}
        />
        <IconButton label={`Do not take ${taken.name}`} size="sm" variant="danger" onClick={remove}>
          <X />
        </IconButton>
      </div>
      <Field label={`Where ${taken.name} is`} hideLabel error={pointer.error}>
        <Input size="sm" className="font-mono" spellCheck={false} {...pointer.field} />
      </Field>
    </div>
  );
}

interface HeaderListProps {
  headers: readonly NamedExpression[];
  set: (headers: readonly NamedExpression[]) => void;
  scope: StepPart<"request">["scope"];
  path: readonly string[];
}

function HeaderList({ headers, set, scope, path }: HeaderListProps) {
  const [name, setName] = useState("");
  const wanted = name.trim().toLowerCase();
  const error =
    wanted === ""
      ? null
      : !/^[a-z0-9-]+$/.test(wanted)
        ? "A header has only letters, digits and -."
        : headers.some((one) => one.name.toLowerCase() === wanted)
          ? "This header is there already."
          : null;
  return (
    <>
      {headers.map((header, index) => (
        <div key={header.name} className="flex flex-col gap-1">
          <div className="flex items-center gap-1 text-sm">
            <span className="min-w-0 flex-1 truncate font-mono text-xs">{header.name}</span>
            <IconButton
              label={`Remove header ${header.name}`}
              size="xs"
              variant="danger"
              onClick={() => set(headers.toSpliced(index, 1))}
            >
              <X />
            </IconButton>
          </div>
          <ExpressionField
            label={`Value of ${header.name}`}
            hideLabel
            path={[...path, header.name, "expression"]}
            scope={scope}
            expected={text}
            value={header.expression}
            onCommit={(expression) => set(headers.with(index, { ...header, expression }))}
          />
        </div>
      ))}
      <form
        className="flex items-start gap-1"
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted === "" || error) return;
          set([...headers, { name: wanted, expression: "''" }]);
          setName("");
        }}
      >
        <Field label="New header" hideLabel error={error} className="flex-1">
          <Input
            size="sm"
            placeholder="x-request-id"
            value={name}
            spellCheck={false}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Button size="sm" type="submit" icon={<Plus />} disabled={wanted === "" || error !== null}>
          Add header
        </Button>
      </form>
    </>
  );
}

export function MailForm({ step, path, scope, set }: StepPart<"mail">) {
  const fields = [
    { name: "to", label: "To", placeholder: "input.email", hint: "An address, or a list of them." },
    { name: "subject", label: "Subject", placeholder: "'Your order ' + input.number" },
    { name: "text", label: "Text", placeholder: "'Thank you.'", hint: "Plain text; `\\n` begins a new line." },
  ] as const;
  return (
    <>
      {fields.map((field) => (
        <ExpressionField
          key={field.name}
          label={field.label}
          path={[...path, field.name]}
          scope={scope}
          {...(field.name === "to" ? {} : { expected: text })}
          value={step[field.name]}
          placeholder={field.placeholder}
          {...("hint" in field ? { hint: field.hint } : {})}
          onCommit={(value) => set({ [field.name]: value })}
        />
      ))}
      <p className="text-faint text-xs">The mail server is set with the environment, on the Ship screen.</p>
    </>
  );
}

export function AskForm({ step, path, scope, set }: StepPart<"ask">) {
  const { app } = useDraft();
  const models = (app.connections ?? []).filter(({ kind }) => kind === "model");
  return (
    <>
      <ChoiceField
        path={[...path, "connection"]}
        label="Language model"
        hint={
          models.length === 0
            ? "A connection of the kind model says which one; write it in gantry.config.ts."
            : undefined
        }
        value={step.connection}
        options={models.map(({ name }) => ({ value: name, label: name }))}
        onChange={(connection) => set({ connection })}
      />
      <ExpressionField
        label="What it is asked"
        path={[...path, "prompt"]}
        scope={scope}
        expected={text}
        value={step.prompt}
        placeholder="'Summarise: ' + input.text"
        onCommit={(prompt) => set({ prompt })}
      />
      <ParameterList
        label="What it must answer"
        add="Add a value"
        path={[...path, "returns"]}
        parameters={step.returns}
        set={(returns) => set({ returns })}
      />
    </>
  );
}

export function EmitForm({ step, path, scope, set }: StepPart<"emit">) {
  const typed = useTypedValue({
    value: step.type,
    commit: (type) => set({ type }),
    check: (value) =>
      /^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)+$/.test(value) ? null : "Write names with dots, such as deal.escalated.",
  });
  return (
    <>
      <PathField path={[...path, "type"]} label="Event" error={typed.error}>
        <Input className="font-mono" spellCheck={false} {...typed.field} />
      </PathField>
      <ValueList
        label="Data"
        add="Add a value"
        path={[...path, "data"]}
        scope={scope}
        values={step.data ?? []}
        set={(data) => set({ data: data.length === 0 ? undefined : data })}
      />
    </>
  );
}

export function FailForm({ step, path, scope, set }: StepPart<"fail">) {
  return (
    <ExpressionField
      label="Why"
      path={[...path, "message"]}
      scope={scope}
      expected={text}
      value={step.message}
      onCommit={(message) => set({ message })}
    />
  );
}
