"use client";

import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { DeviceDecision } from "./DeviceDecision.tsx";

/** Where a person lets a program act for them: the code is in the address, or typed. */
export function DeviceScreen({ code }: { code: string }) {
  const [shown, setShown] = useState(code);
  return (
    <div className="mx-auto flex w-full max-w-lg flex-col gap-4 pt-6">
      <h1 className="sr-only">Let a program in</h1>
      {shown === "" ? (
        <CodeForm onCode={setShown} />
      ) : (
        <DeviceDecision key={shown} code={shown} onOther={() => setShown("")} />
      )}
    </div>
  );
}

function CodeForm({ onCode }: { onCode: (code: string) => void }) {
  const [code, setCode] = useState("");
  return (
    <Card title="Let a program in" description="Type the code that the program shows, such as WDJB-MJHT.">
      <form
        className="flex items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          onCode(code.trim());
        }}
      >
        <Field label="Code" className="flex-1">
          <Input
            required
            autoFocus
            autoComplete="one-time-code"
            maxLength={12}
            className="font-mono uppercase"
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        </Field>
        <Button type="submit" variant="primary">
          Go on
        </Button>
      </form>
    </Card>
  );
}
