"use client";

import { Disclosure } from "#components/ui/Disclosure.tsx";
import { Textarea } from "#components/ui/Textarea.tsx";
import { PathField } from "../inspector/PathField.tsx";
import { useTypedValue } from "../inspector/useTypedValue.ts";

interface DescribeFieldProps {
  path: readonly string[];
  value: string | undefined;
  commit: (describe: string | undefined) => void;
}

export function DescribeField({ path, value, commit }: DescribeFieldProps) {
  const typed = useTypedValue({ value: value ?? "", commit: (text) => commit(text.trim() || undefined) });
  return (
    <Disclosure title="Description" help="One sentence for the API's documentation." defaultOpen={value !== undefined}>
      <PathField path={[...path, "describe"]} label="Description" hideLabel>
        <Textarea {...typed.field} />
      </PathField>
    </Disclosure>
  );
}
