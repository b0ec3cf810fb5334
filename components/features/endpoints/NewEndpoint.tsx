"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId } from "react";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Dialog } from "#components/ui/Dialog.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { SecretOnce } from "../SecretOnce.tsx";
import type { Endpoint } from "./Endpoint.ts";
import { type AppCall, AppCallError } from "./useAppApi.ts";

interface NewEndpointProps {
  call: AppCall;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onMade: () => void;
}

export function NewEndpoint({ call, open, onOpenChange, onMade }: NewEndpointProps) {
  const form = useId();
  const make = useMutation({
    mutationFn: (input: object) => call<Endpoint>("POST", "/endpoints", input),
    onSuccess: onMade,
  });
  const change = (isOpen: boolean) => {
    if (!isOpen) make.reset();
    onOpenChange(isOpen);
  };
  const fields = make.error instanceof AppCallError ? make.error.fields : [];
  const of = (name: string) => fields.find(({ field }) => field === name || field.startsWith(`${name}.`))?.message;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (name: string) => String(given.get(name) ?? "").trim();
    const types = text("types")
      .split(/[\s,]+/)
      .filter((type) => type !== "");
    const description = text("description");
    make.mutate({ url: text("url"), types: types.length > 0 ? types : ["*"], description: description || null });
  };
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      size="md"
      title="Add an endpoint"
      description="Events are sent to it from now on, those of each record in their order."
      footer={
        make.data ? (
          <Button variant="primary" onClick={() => change(false)}>
            Done
          </Button>
        ) : (
          <Button type="submit" form={form} variant="primary" pending={make.isPending}>
            Add endpoint
          </Button>
        )
      }
    >
      {make.data ? (
        make.data.secret ? (
          <SecretOnce
            label="Signing secret"
            secret={make.data.secret}
            hint="Copy it now; it is not shown again. The receiver checks signatures with it, as Standard Webhooks says."
          />
        ) : (
          <Banner tone="success">The endpoint is there.</Banner>
        )
      ) : (
        <form id={form} className="flex flex-col gap-4" onSubmit={submit}>
          {make.error && fields.length === 0 ? <Banner tone="danger">{make.error.message}</Banner> : null}
          <Field
            label="Address"
            error={of("url")}
            hint="`https://…` for a webhook, `redis://user:password@host/0?stream=deals`, `nats://host/sales`, or `kafka://host/deals`."
          >
            <Input name="url" required maxLength={2000} placeholder="https://shop.example.com/events" />
          </Field>
          <Field label="Events" error={of("types")} hint="Types such as `deal.updated`, `deal.*` or `*` for all.">
            <Input name="types" placeholder="*" className="font-mono" spellCheck={false} />
          </Field>
          <Field label="Description" note="optional" error={of("description")}>
            <Input name="description" maxLength={500} />
          </Field>
        </form>
      )}
    </Dialog>
  );
}
