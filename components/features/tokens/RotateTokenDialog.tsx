"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Dialog } from "#components/ui/Dialog.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Select } from "#components/ui/Select.tsx";
import { LifetimeFields } from "./LifetimeFields.tsx";
import { type ChosenLifetime, expiryOf } from "./lifetimes.ts";
import type { OrganisationToken } from "./OrganisationTokenTable.tsx";

interface RotateTokenDialogProps {
  organisation: string;
  /** Null while none is. */
  token: OrganisationToken | null;
  mayLast: boolean;
  onClose: () => void;
  onMade: (token: string) => unknown;
}

const overlaps = [
  { value: "0", label: "ends at once" },
  { value: "60", label: "stays for an hour" },
  { value: "1440", label: "stays for a day" },
  { value: "10080", label: "stays for a week" },
] as const;

type Overlap = (typeof overlaps)[number]["value"];

const minutes = { "0": 0, "60": 60, "1440": 1440, "10080": 10_080 } as const satisfies Record<Overlap, number>;

/** A new token in place of an old one. */
export function RotateTokenDialog(props: RotateTokenDialogProps) {
  const { token, onClose } = props;
  return (
    <Dialog
      open={token !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Rotate ${token?.name ?? "the token"}`}
      description="A new token with the same role and scopes takes its place. Both are good while the old one stays."
    >
      {token ? <RotateForm key={token.id} {...props} token={token} /> : null}
    </Dialog>
  );
}

interface RotateFormProps extends RotateTokenDialogProps {
  token: OrganisationToken;
}

function RotateForm({ organisation, token, mayLast, onClose, onMade }: RotateFormProps) {
  const trpc = useTRPC();
  const [overlap, setOverlap] = useState<Overlap>("1440");
  const [lifetime, setLifetime] = useState<ChosenLifetime>({ lifetime: "365", day: "" });
  const rotate = useMutation(
    trpc.tokens.organisation.rotate.mutationOptions({
      onSuccess: ({ token: made }) => {
        onClose();
        return onMade(made);
      },
    }),
  );
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const expiresAt = expiryOf(lifetime, new Date());
        rotate.mutate({ organisation, id: token.id, overlapMinutes: minutes[overlap], expiresAt });
      }}
    >
      <div className="flex flex-wrap items-start gap-3">
        <Field label="The old one" className="min-w-40 flex-1">
          <Select options={overlaps} value={overlap} onValueChange={setOverlap} />
        </Field>
        <LifetimeFields chosen={lifetime} onChange={setLifetime} mayLast={mayLast} />
      </div>
      {rotate.error ? <Banner tone="danger">{apiError(rotate.error).message}</Banner> : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" pending={rotate.isPending}>
          Rotate
        </Button>
      </div>
    </form>
  );
}
