"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { apiError, fieldMessage } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Dialog } from "#components/ui/Dialog.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { SegmentedControl } from "#components/ui/SegmentedControl.tsx";
import { Select } from "#components/ui/Select.tsx";
import type { ProjectScope } from "../../ProjectScope.ts";
import { SecretOnce } from "../../SecretOnce.tsx";
import { type AlertsShown, measureTexts, type Rule, ruleText } from "./alertTexts.ts";

interface NewRuleDialogProps extends Pick<AlertsShown, "members" | "hasMail"> {
  scope: ProjectScope & { environment: string };
  open: boolean;
  onClose: () => void;
}

const measures: readonly Rule["measure"][] = ["errorPercent", "latencyP95", "latencyP99", "saturation"];

/** A bound, and who is told when it is broken. */
export function NewRuleDialog({ scope, open, members, hasMail, onClose }: NewRuleDialogProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const form = useId();
  const add = useMutation(
    trpc.telemetry.alerts.add.mutationOptions({
      onSuccess: async ({ secret }) => {
        await queries.invalidateQueries(trpc.telemetry.alerts.list.pathFilter());
        if (secret === null) close();
      },
    }),
  );
  const close = () => {
    add.reset();
    onClose();
  };
  return (
    <Dialog
      size="md"
      open={open}
      onOpenChange={(isOpen) => (isOpen ? null : close())}
      title="New rule"
      description={`For ${scope.environment}.`}
      footer={
        add.data ? (
          <Button variant="primary" onClick={close}>
            Done
          </Button>
        ) : (
          <Button type="submit" form={form} variant="primary" pending={add.isPending}>
            Add rule
          </Button>
        )
      }
    >
      {add.data?.secret ? (
        <SecretOnce
          label="Signing secret"
          secret={add.data.secret}
          hint="Copy it now; it is not shown again. The receiver checks signatures with it, as Standard Webhooks says."
        />
      ) : (
        <RuleForm
          id={form}
          {...{ members, hasMail }}
          error={add.error}
          onSubmit={(rule) => add.mutate({ ...scope, rule })}
        />
      )}
    </Dialog>
  );
}

type NewRule = Pick<Rule, "name" | "measure" | "threshold" | "minutes" | "channel" | "target">;

interface RuleFormProps extends Pick<AlertsShown, "members" | "hasMail"> {
  id: string;
  error: unknown;
  onSubmit: (rule: NewRule) => void;
}

function RuleForm({ id, members, hasMail, error, onSubmit }: RuleFormProps) {
  const [measure, setMeasure] = useState<Rule["measure"]>("errorPercent");
  const [threshold, setThreshold] = useState(String(measureTexts.errorPercent.usual));
  const [minutes, setMinutes] = useState("5");
  const [name, setName] = useState("");
  const [channel, setChannel] = useState<Rule["channel"]>(hasMail ? "mail" : "webhook");
  const [target, setTarget] = useState(hasMail ? (members[0] ?? "") : "");
  const sentence = ruleText({ measure, threshold: Number(threshold) || 0, minutes: Number(minutes) || 1 });
  const failure = error ? apiError(error) : null;
  const of = (field: string) => fieldMessage(failure, `rule.${field}`) ?? fieldMessage(failure, field);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const numbers = { threshold: Number(threshold), minutes: Number(minutes) };
    onSubmit({ name: name.trim() || sentence, measure, ...numbers, channel, target: target.trim() });
  };
  return (
    <form id={id} className="flex flex-col gap-4" onSubmit={submit}>
      {failure && failure.fields.length === 0 ? <Banner tone="danger">{failure.message}</Banner> : null}
      <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_7rem_7rem]">
        <Field label="When" error={of("measure")}>
          <Select
            value={measure}
            options={measures.map((value) => ({ value, label: measureTexts[value].label }))}
            onValueChange={(next) => {
              setMeasure(next);
              setThreshold(String(measureTexts[next].usual));
            }}
          />
        </Field>
        <Field label={`is above, ${measureTexts[measure].unit}`} error={of("threshold")}>
          <Input
            required
            inputMode="decimal"
            value={threshold}
            onChange={(event) => setThreshold(event.target.value.replace(",", "."))}
          />
        </Field>
        <Field label="over minutes" error={of("minutes")}>
          <Input
            required
            inputMode="numeric"
            value={minutes}
            onChange={(event) => setMinutes(event.target.value.replace(/\D/g, ""))}
          />
        </Field>
      </div>
      <Field label="Name" note="optional" error={of("name")}>
        <Input maxLength={100} placeholder={sentence} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <div className="flex flex-col gap-2">
        <span className="font-medium text-muted text-xs" id={`${id}-channel`}>
          Tell
        </span>
        <SegmentedControl
          label="Tell"
          className="self-start"
          value={channel}
          onValueChange={(next) => {
            setChannel(next);
            setTarget(next === "mail" ? (members[0] ?? "") : "");
          }}
          options={[
            { value: "mail", label: "By mail" },
            { value: "webhook", label: "By webhook" },
          ]}
        />
        {channel === "mail" && !hasMail ? (
          <Banner tone="warning">This installation has no mail server. Choose a webhook, or have one set.</Banner>
        ) : null}
        {channel === "mail" ? (
          <Field label="Person" error={of("target")} hint="Someone of this organisation.">
            <Select
              value={target}
              options={members.map((value) => ({ value, label: value }))}
              onValueChange={setTarget}
            />
          </Field>
        ) : (
          <Field label="Address" error={of("target")} hint="It is sent a signed POST, as Standard Webhooks says.">
            <Input
              required
              maxLength={500}
              placeholder="https://hooks.example.com/alerts"
              value={target}
              onChange={(event) => setTarget(event.target.value)}
            />
          </Field>
        )}
      </div>
    </form>
  );
}
