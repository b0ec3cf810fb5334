"use client";

import { useMutation } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { apiError, fieldMessage } from "#components/trpc/apiError.ts";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import type { PasskeyChallenge, Proof, ProofKind } from "./Proof.ts";
import { PasskeyError, showPasskey } from "./showPasskey.ts";

interface ProofFormProps<Shown extends Proof> {
  /** In which ways it can be shown, the best first. */
  kinds: readonly Shown["kind"][];
  challenge: () => Promise<PasskeyChallenge>;
  onProof: (proof: Shown) => Promise<unknown>;
  /** What the button does: "Sign in". */
  action: string;
}

const otherWays: Record<ProofKind, string> = {
  password: "Use your password",
  passkey: "Use a passkey",
  code: "Use a code from your application",
  recovery: "Use a recovery code",
};

/** Asks for one proof of who somebody is, with the other ways one click away. */
export function ProofForm<Shown extends Proof>({ kinds, challenge, onProof, action }: ProofFormProps<Shown>) {
  const [kind, setKind] = useState<ProofKind | undefined>(kinds[0]);
  const attempt = useMutation({
    mutationFn: async (form: FormData) => {
      // The kinds on offer are those that `onProof` takes.
      await onProof((await readProof(kind, form, challenge)) as Shown);
    },
  });
  if (kind === undefined) return null;
  const error = attempt.error ? readable(attempt.error) : null;
  const others = kinds.filter((other) => other !== kind);
  return (
    <form
      key={kind}
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        attempt.mutate(new FormData(event.currentTarget));
      }}
    >
      {error && !error.atField ? <Banner tone="danger">{error.message}</Banner> : null}
      <ProofField kind={kind} error={error?.atField ? error.message : undefined} />
      <Button
        type="submit"
        variant="primary"
        size="lg"
        icon={kind === "passkey" ? <KeyRound aria-hidden /> : undefined}
        pending={attempt.isPending || attempt.isSuccess}
      >
        {kind === "passkey" ? otherWays.passkey : action}
      </Button>
      {others.length > 0 ? (
        <div className="flex flex-col items-center gap-1">
          {others.map((other) => (
            <Button
              key={other}
              variant="link"
              onClick={() => {
                attempt.reset();
                setKind(other);
              }}
            >
              {otherWays[other]}
            </Button>
          ))}
        </div>
      ) : null}
    </form>
  );
}

function ProofField({ kind, error }: { kind: ProofKind; error: string | undefined }) {
  switch (kind) {
    case "password":
      return (
        <Field label="Your password" error={error}>
          <Input name="password" type="password" size="lg" autoComplete="current-password" autoFocus required />
        </Field>
      );
    case "code":
      return (
        <Field label="Code" hint="Six digits from your application for codes." error={error}>
          <Input
            name="code"
            size="lg"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={12}
            className="font-mono tracking-widest"
            autoFocus
            required
          />
        </Field>
      );
    case "recovery":
      return (
        <Field label="Recovery code" hint="One of those that you have kept. Each is good once." error={error}>
          <Input name="code" size="lg" maxLength={60} className="font-mono" autoFocus required />
        </Field>
      );
    case "passkey":
      return <p className="text-pretty text-muted text-sm">Your browser will ask for the passkey of this account.</p>;
  }
}

async function readProof(
  kind: ProofKind | undefined,
  form: FormData,
  challenge: () => Promise<PasskeyChallenge>,
): Promise<Proof> {
  if (kind === "password") return { kind, password: String(form.get("password")) };
  if (kind === "passkey") return { kind, answer: await showPasskey(await challenge()) };
  return { kind: kind ?? "code", code: String(form.get("code")).replaceAll(" ", "") };
}

function readable(error: unknown): { readonly message: string; readonly atField: boolean } {
  if (error instanceof PasskeyError) return { message: error.message, atField: false };
  const known = apiError(error);
  const atField = fieldMessage(known, "code") ?? fieldMessage(known, "password");
  return { message: atField ?? known.message, atField: atField !== undefined };
}
