"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { apiError, fieldMessage } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { SegmentedControl } from "#components/ui/SegmentedControl.tsx";
import { Select } from "#components/ui/Select.tsx";
import type { BackupSettings } from "./backup.ts";
import type { EnvironmentScope } from "./SettingsCard.tsx";
import { StorageFields, type StorageValues, storageOf } from "./StorageFields.tsx";

interface SettingsFormProps extends EnvironmentScope {
  settings: BackupSettings;
  onSaved: () => void;
}

const usual = [
  { value: "", label: "Only when somebody asks" },
  { value: "0 3 * * *", label: "Every day at 3:00 UTC" },
  { value: "0 * * * *", label: "Every hour" },
  { value: "0 3 * * SUN", label: "Every Sunday at 3:00 UTC" },
  { value: "own", label: "Another schedule" },
] as const;

type Usual = (typeof usual)[number]["value"];

export function SettingsForm({ settings, onSaved, ...scope }: SettingsFormProps) {
  const trpc = useTRPC();
  const known = usual.find(({ value }) => value === (settings.cron ?? ""))?.value;
  const [when, setWhen] = useState<Usual>(known ?? "own");
  const [cron, setCron] = useState(settings.cron ?? "");
  const [keepDays, setKeepDays] = useState(String(settings.keepDays));
  const [place, setPlace] = useState<"folder" | "s3">(settings.storage ? "s3" : "folder");
  const [values, setValues] = useState<StorageValues>({
    endpoint: settings.storage?.endpoint ?? "",
    region: settings.storage?.region ?? "",
    bucket: settings.storage?.bucket ?? "",
    accessKeyId: settings.storage?.accessKeyId ?? "",
    secretAccessKey: "",
  });
  const save = useMutation(
    trpc.backups.settings.set.mutationOptions({
      onSuccess: () => {
        toast.success("Backups are set.");
        onSaved();
      },
    }),
  );
  const test = useMutation(
    trpc.backups.settings.test.mutationOptions({ onSuccess: () => toast.success("The storage works.") }),
  );
  const failed = save.error ?? test.error;
  const error = failed ? apiError(failed) : null;
  const storage = place === "s3" ? storageOf(values) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    test.reset();
    const chosen = when === "own" ? cron : when;
    save.mutate({ ...scope, cron: chosen === "" ? null : chosen, keepDays: Number(keepDays), storage });
  };
  return (
    <form onSubmit={submit}>
      <fieldset disabled={!settings.mayManage} className="flex min-w-0 flex-col gap-4">
        {error && error.fields.length === 0 ? <Banner tone="danger">{error.message}</Banner> : null}
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="When">
            <Select options={usual} value={when} onValueChange={setWhen} />
          </Field>
          {when === "own" ? (
            <Field
              label="Schedule"
              error={fieldMessage(error, "cron")}
              hint="Minute, hour, day of the month, month, day of the week, in UTC."
            >
              <Input
                required
                value={cron}
                placeholder="30 2 * * MON-FRI"
                spellCheck={false}
                onChange={(event) => setCron(event.target.value)}
              />
            </Field>
          ) : null}
          <Field
            label="Days to keep them"
            error={fieldMessage(error, "keepDays")}
            hint="Those by hand stay until somebody deletes them, and the newest one in any case."
          >
            <Input
              type="number"
              min={1}
              max={3650}
              required
              value={keepDays}
              onChange={(event) => setKeepDays(event.target.value)}
            />
          </Field>
        </div>
        <div className="flex flex-col items-start gap-1">
          <span className="font-medium text-muted text-xs">Where to</span>
          <SegmentedControl
            label="Where to"
            value={place}
            onValueChange={setPlace}
            options={[
              { value: "folder", label: "This installation" },
              { value: "s3", label: "S3-compatible storage" },
            ]}
          />
        </div>
        {place === "s3" ? (
          <StorageFields values={values} onChange={setValues} error={error} hasSecret={settings.storage !== null} />
        ) : null}
        {settings.mayManage ? (
          <div className="flex flex-wrap gap-2">
            <Button type="submit" variant="primary" pending={save.isPending}>
              Save
            </Button>
            <Button
              pending={test.isPending}
              onClick={() => {
                save.reset();
                test.mutate({ ...scope, storage });
              }}
            >
              Test the storage
            </Button>
          </div>
        ) : null}
      </fieldset>
    </form>
  );
}
