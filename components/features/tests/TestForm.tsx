"use client";

import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import { Textarea } from "#components/ui/Textarea.tsx";
import { spokenName } from "#lib/model/naming/spokenName.ts";
import type { AppTest, GivenRow, TestActor, TestDeed, TestExpectation } from "#lib/model/testTypes.ts";
import { ValuesFields } from "./ValuesFields.tsx";

interface TestFormProps {
  test: AppTest;
  onChange: (test: AppTest) => void;
}

/** Name, given values, who asks, what is sent and what is expected; other resources and deeds are for the code. */
export function TestForm({ test, onChange }: TestFormProps) {
  const { explain, given = [] } = test;
  const rows = given.map(({ name }) => name);
  return (
    <div className="flex flex-col gap-4">
      <Field label="What must hold">
        <Input
          value={test.name}
          maxLength={200}
          onChange={(event) => onChange({ ...test, name: event.target.value })}
        />
      </Field>
      <Field label="Why" note="optional">
        <Textarea
          value={explain ?? ""}
          rows={2}
          onChange={(event) => {
            const { explain: _gone, ...rest } = test;
            onChange(event.target.value === "" ? rest : { ...test, explain: event.target.value });
          }}
        />
      </Field>
      {given.map((row) => (
        <ValuesFields
          key={row.name}
          legend={givenTitle(row)}
          values={row.values}
          rows={rows}
          onChange={(values) =>
            onChange({ ...test, given: given.map((each) => (each === row ? { ...row, values } : each)) })
          }
        />
      ))}
      <ActorFields actor={test.as} rows={rows} onChange={(as) => onChange({ ...test, as })} />
      {"input" in test.do && test.do.input ? (
        <ValuesFields
          legend={`${deedTitle(test.do)}, with`}
          values={test.do.input}
          rows={rows}
          onChange={(input) => onChange({ ...test, do: { ...test.do, input } as TestDeed })}
        />
      ) : (
        <p className="text-muted text-sm">{deedTitle(test.do)}.</p>
      )}
      <ExpectationFields expect={test.expect} rows={rows} onChange={(expect) => onChange({ ...test, expect })} />
    </div>
  );
}

/** `Given owner (team member)`; a record that is called as its resource is named once. */
function givenTitle({ name, resource }: GivenRow): string {
  const [called, of] = [spokenName(name), spokenName(resource)];
  return called === of ? `Given ${called}` : `Given ${called} (${of})`;
}

function deedTitle(deed: TestDeed): string {
  switch (deed.kind) {
    case "get":
      return `Reads the ${spokenName(deed.row)}`;
    case "list":
      return `Lists ${deed.resource} records`;
    case "create":
      return `“${spokenName(deed.action)}” of a ${spokenName(deed.resource)}`;
    case "update":
    case "destroy":
      return `“${spokenName(deed.action)}” of the ${spokenName(deed.row)}`;
  }
}

interface ActorFieldsProps {
  actor: TestActor;
  rows: readonly string[];
  onChange: (actor: TestActor) => void;
}

function ActorFields({ actor, rows, onChange }: ActorFieldsProps) {
  const roles = "roles" in actor ? (actor.roles ?? []) : [];
  const named = (kind: TestActor["kind"]): TestActor => {
    if (kind === "key") return { kind, roles };
    return kind === "user" ? { kind, row: rows[0] ?? "", ...(roles.length > 0 && { roles }) } : { kind };
  };
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      <Field label="Who asks">
        <Select<TestActor["kind"]>
          value={actor.kind}
          onValueChange={(kind) => onChange(named(kind))}
          options={[
            { value: "anonymous", label: "Nobody signed in" },
            { value: "key", label: "A key with roles" },
            { value: "user", label: "A user", disabled: rows.length === 0 },
            { value: "service", label: "The app itself" },
          ]}
        />
      </Field>
      {actor.kind === "user" ? (
        <Field label="Which record they are">
          <Select
            value={actor.row}
            onValueChange={(row) => onChange({ ...actor, row })}
            options={rows.map((row) => ({ value: row, label: spokenName(row) }))}
          />
        </Field>
      ) : null}
      {actor.kind === "user" || actor.kind === "key" ? (
        <Field label="Roles" hint="Names with commas between.">
          <Input
            value={roles.join(", ")}
            spellCheck={false}
            onChange={(event) =>
              onChange({ ...actor, roles: event.target.value.split(/\s*,\s*/).filter((role) => role !== "") })
            }
          />
        </Field>
      ) : null}
    </div>
  );
}

/** What a test is refused with, as people say it. */
const codes = [
  { value: "forbidden", label: "It is not allowed" },
  { value: "unauthenticated", label: "They have to sign in" },
  { value: "not_found", label: "There is no such record for them" },
  { value: "forbidden_field", label: "The field is not theirs" },
  { value: "invalid_input", label: "A value is not acceptable" },
  { value: "conflict", label: "It conflicts with what is there" },
  { value: "illegal_transition", label: "The state does not allow it" },
] as const;

interface ExpectationFieldsProps {
  expect: TestExpectation;
  rows: readonly string[];
  onChange: (expect: TestExpectation) => void;
}

function ExpectationFields({ expect, rows, onChange }: ExpectationFieldsProps) {
  if (expect.kind === "rows")
    return <p className="text-muted text-sm">Which records the list holds is set in the code.</p>;
  return (
    <div className="flex flex-col gap-3">
      <div className="grid gap-3 sm:grid-cols-3">
        <Field label="What comes of it">
          <Select<"done" | "refused">
            value={expect.kind}
            onValueChange={(kind) => onChange(kind === "done" ? { kind } : { kind, code: "forbidden" })}
            options={[
              { value: "done", label: "It is done" },
              { value: "refused", label: "It is refused" },
            ]}
          />
        </Field>
        {expect.kind === "refused" ? (
          <>
            <Field label="Because">
              <Select
                value={expect.code}
                onValueChange={(code) => onChange({ ...expect, code })}
                options={
                  codes.some(({ value }) => value === expect.code)
                    ? [...codes]
                    : [...codes, { value: expect.code, label: expect.code }]
                }
              />
            </Field>
            <Field label="Field" note="optional">
              <Input
                value={expect.field ?? ""}
                spellCheck={false}
                onChange={(event) => {
                  const { field: _gone, ...rest } = expect;
                  onChange(event.target.value === "" ? rest : { ...expect, field: event.target.value });
                }}
              />
            </Field>
          </>
        ) : null}
      </div>
      {expect.kind === "done" && expect.record ? (
        <ValuesFields
          legend="The record then has"
          values={expect.record}
          rows={rows}
          onChange={(record) => onChange({ ...expect, record })}
        />
      ) : null}
    </div>
  );
}
