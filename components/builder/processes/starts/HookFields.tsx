"use client";

import { X } from "lucide-react";
import { IconButton } from "#components/ui/IconButton.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import { fieldNameShape } from "#lib/model/naming/nameShape.ts";
import { snakeCase } from "#lib/model/naming/snakeCase.ts";
import type { HookSignature, HookStart, TakenInput } from "#lib/model/processTypes.ts";
import { PathField } from "../../inspector/PathField.tsx";
import { nameDelay, useTypedValue } from "../../inspector/useTypedValue.ts";
import { HookUrl } from "../overview/HookUrl.tsx";
import type { StartPart } from "./StartPart.ts";

const schemes: readonly { readonly value: HookSignature["scheme"]; readonly label: string; readonly about: string }[] =
  [
    {
      value: "standard",
      label: "Standard Webhooks",
      about: "Signed by webhook-id, webhook-timestamp and webhook-signature.",
    },
    { value: "stripe", label: "Stripe", about: "Signed by Stripe-Signature." },
    { value: "github", label: "GitHub", about: "Signed by X-Hub-Signature-256." },
    { value: "hmac", label: "HMAC in a header", about: "HMAC with SHA-256 over the body, in hex or base64." },
    { value: "none", label: "None: anybody may call", about: "Whoever knows the address can start runs." },
  ];

/** The address of a hook, how its calls are signed, and where the inputs are in what is sent. */
export function HookFields({ process, start, path, set }: StartPart<HookStart>) {
  const { signature } = start;
  const name = useTypedValue({
    value: start.name,
    commit: (text) => set({ name: text }),
    check: (text) => (text === start.name ? null : fieldNameShape(text)),
    delay: nameDelay,
  });
  const secret = useTypedValue({
    value: signature.secret ?? "",
    commit: (text) => set({ signature: { ...signature, secret: text } }),
    check: (text) =>
      /^[A-Za-z][A-Za-z0-9_]*$/.test(text) ? null : "Name a secret of the environment, such as STRIPE_SECRET.",
  });
  const header = useTypedValue({
    value: signature.header ?? "",
    commit: (text) => set({ signature: { ...signature, header: text.toLowerCase() } }),
    check: (text) => (/^[A-Za-z0-9-]+$/.test(text) ? null : "Name a header, such as x-signature."),
  });
  const choose = (scheme: HookSignature["scheme"]) => {
    if (scheme === "none") return set({ signature: { scheme } });
    const kept = { scheme, secret: signature.secret ?? `${snakeCase(start.name).toUpperCase()}_SECRET` };
    set({ signature: scheme === "hmac" ? { ...kept, header: signature.header ?? "x-signature" } : kept });
  };
  return (
    <>
      <PathField path={[...path, "name"]} label="Name of the hook" error={name.error}>
        <Input spellCheck={false} {...name.field} />
      </PathField>
      <div className="flex flex-col gap-1">
        <span className="font-medium text-muted text-xs">Address</span>
        <div className="rounded-md border bg-sunken py-1 pr-1 pl-2.5">
          <HookUrl hook={start.name} />
        </div>
      </div>
      <PathField
        path={[...path, "signature", "scheme"]}
        label="Signature"
        hint={schemes.find(({ value }) => value === signature.scheme)?.about}
      >
        <Select value={signature.scheme} options={schemes} onValueChange={choose} />
      </PathField>
      {signature.scheme === "hmac" ? (
        <PathField path={[...path, "signature", "header"]} label="Header" error={header.error}>
          <Input className="font-mono" spellCheck={false} {...header.field} />
        </PathField>
      ) : null}
      {signature.scheme === "none" ? null : (
        <PathField
          path={[...path, "signature", "secret"]}
          label="Secret"
          hint="Its name only. What it is, is set with the environment, on the Ship screen."
          error={secret.error}
        >
          <Input className="font-mono" spellCheck={false} {...secret.field} />
        </PathField>
      )}
      <TakenInputs
        names={(process.input ?? []).map((one) => one.name)}
        taken={start.input ?? []}
        path={[...path, "input"]}
        set={(input) => set({ input: input.length === 0 ? undefined : input })}
      />
    </>
  );
}

interface TakenInputsProps {
  /** Of the process. */
  names: readonly string[];
  taken: readonly TakenInput[];
  path: readonly string[];
  set: (taken: readonly TakenInput[]) => void;
}

function TakenInputs({ names, taken, path, set }: TakenInputsProps) {
  const all = [...new Set([...names, ...taken.map(({ name }) => name)])];
  if (all.length === 0) {
    return <p className="text-faint text-xs">The process has no inputs to fill. They are added in its own panel.</p>;
  }
  return (
    <fieldset className="flex flex-col gap-2" data-path={path.join(".")}>
      <legend className="mb-1 font-medium text-muted text-xs">Where the inputs are in the JSON that is sent</legend>
      {all.map((name) => (
        <PointerField
          key={name}
          name={name}
          path={[...path, name]}
          pointer={taken.find((one) => one.name === name)?.pointer}
          set={(pointer) => {
            const others = taken.filter((one) => one.name !== name);
            set(pointer === undefined ? others : [...others, { name, pointer }]);
          }}
        />
      ))}
    </fieldset>
  );
}

interface PointerFieldProps {
  name: string;
  path: readonly string[];
  pointer: string | undefined;
  set: (pointer: string | undefined) => void;
}

function PointerField({ name, path, pointer, set }: PointerFieldProps) {
  const typed = useTypedValue({
    value: pointer ?? "",
    commit: (text) => set(text === "" ? undefined : text),
    check: (text) =>
      text === "" || text.startsWith("/") ? null : "A JSON pointer begins with /, such as /data/object/id.",
  });
  return (
    <div className="flex items-end gap-1">
      <PathField path={path} label={name} error={typed.error} className="min-w-0 flex-1">
        <Input size="sm" className="font-mono" placeholder={`/${name}`} spellCheck={false} {...typed.field} />
      </PathField>
      {pointer === undefined ? null : (
        <IconButton label={`Do not fill ${name}`} size="sm" variant="danger" onClick={() => set(undefined)}>
          <X />
        </IconButton>
      )}
    </div>
  );
}
