"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { Field } from "#components/ui/Field.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { Switch } from "#components/ui/Switch.tsx";
import type { AppRouter } from "#server/trpc/root.ts";
import { roleOptions } from "../organisations/roleWords.ts";
import { QueryFailure } from "../QueryFailure.tsx";

type Rules = inferRouterOutputs<AppRouter>["sso"]["rules"]["get"];

/** What people become who come in by the provider or the directory. */
export function JoiningCard({ organisation }: { organisation: string }) {
  const trpc = useTRPC();
  const rules = useQuery(trpc.sso.rules.get.queryOptions({ organisation }));
  return (
    <Card
      title="Joining and roles"
      description="What people become who come in by your provider or your directory. Nobody becomes an owner that way."
    >
      {rules.error ? <QueryFailure query={rules} /> : null}
      {rules.isPending ? <Skeleton className="h-32" /> : null}
      {rules.data ? <RulesForm organisation={organisation} known={rules.data} /> : null}
    </Card>
  );
}

interface Row {
  readonly key: number;
  readonly group: string;
  readonly role: Rules["defaultRole"];
}

const roles = roleOptions((role) => role !== "owner").flatMap(({ value, label }) =>
  value === "owner" ? [] : [{ value, label }],
);

function RulesForm({ organisation, known }: { organisation: string; known: Rules }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [joinsBySignIn, setJoins] = useState(known.joinsBySignIn);
  const [defaultRole, setDefaultRole] = useState(known.defaultRole);
  const [rows, setRows] = useState<readonly Row[]>(known.roleRules.map((rule, key) => ({ key, ...rule })));
  const save = useMutation(
    trpc.sso.rules.set.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.sso.rules.get.queryKey() }),
    }),
  );
  const change = (key: number, part: Partial<Row>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const next = Math.max(-1, ...rows.map(({ key }) => key)) + 1;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const roleRules = rows.map(({ group, role }) => ({ group, role }));
        save.mutate({ organisation, joinsBySignIn, defaultRole, roleRules });
      }}
    >
      <Switch
        label="Whoever signs in by the provider becomes a member"
        hint="Off: they must have been invited, or added by the directory."
        checked={joinsBySignIn}
        onCheckedChange={setJoins}
      />
      <Field label="Role of new members" className="max-w-60">
        <Select value={defaultRole} onValueChange={setDefaultRole} options={roles} />
      </Field>
      <fieldset className="flex flex-col gap-2">
        <legend className="pb-1 font-medium text-muted text-xs">Roles by group; the first that fits counts</legend>
        {rows.map(({ key, group, role }) => (
          <div key={key} className="flex items-center gap-2">
            <Input
              aria-label="Group"
              required
              maxLength={200}
              placeholder="Name or id of a group"
              value={group}
              onChange={(event) => change(key, { group: event.target.value })}
            />
            <Select
              aria-label="Role"
              className="w-36 shrink-0"
              value={role}
              onValueChange={(chosen) => change(key, { role: chosen })}
              options={roles}
            />
            <IconButton label="Remove rule" onClick={() => setRows(rows.filter((row) => row.key !== key))}>
              <Trash2 />
            </IconButton>
          </div>
        ))}
        <Button
          size="sm"
          className="self-start"
          onClick={() => setRows([...rows, { key: next, group: "", role: "developer" }])}
        >
          Add rule
        </Button>
      </fieldset>
      {save.error ? <Banner tone="danger">{apiError(save.error).message}</Banner> : null}
      <Button type="submit" variant="primary" className="self-start" pending={save.isPending}>
        Save
      </Button>
    </form>
  );
}
