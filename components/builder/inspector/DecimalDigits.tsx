"use client";

import { Input } from "#components/ui/Input.tsx";
import type { ScalarType } from "#lib/model/types.ts";
import type { AttributePart } from "./AttributeInspector.tsx";
import { PathField } from "./PathField.tsx";
import { useTypedValue } from "./useTypedValue.ts";

type Decimal = Extract<ScalarType, { kind: "decimal" }>;

/** How many digits a decimal has in all and after the point; both empty means any number. */
export function DecimalDigits({ type, attribute, path, setTyped }: AttributePart & { type: Decimal }) {
  const change = (next: { precision?: number | undefined; scale?: number | undefined }) => {
    const precision = "precision" in next ? next.precision : type.precision;
    const scale = "scale" in next ? next.scale : type.scale;
    const decimal: Decimal = {
      kind: "decimal",
      ...(precision === undefined ? {} : { precision }),
      ...(precision === undefined || scale === undefined ? {} : { scale }),
    };
    setTyped({ type: attribute.type.kind === "list" ? { kind: "list", of: decimal } : decimal });
  };
  const precision = useTypedValue({
    value: type.precision?.toString() ?? "",
    commit: (text) => change({ precision: text === "" ? undefined : Number(text) }),
    check: (text) => countProblem(text, 1, 1000),
  });
  const scale = useTypedValue({
    value: type.scale?.toString() ?? "",
    commit: (text) => change({ scale: text === "" ? undefined : Number(text) }),
    check: (text) => countProblem(text, 0, type.precision ?? 1000),
  });
  return (
    <div className="grid grid-cols-2 gap-2">
      <PathField path={[...path, "precision"]} label="Digits in all" error={precision.error}>
        <Input inputMode="numeric" placeholder="any" {...precision.field} />
      </PathField>
      <PathField path={[...path, "scale"]} label="After the point" error={scale.error}>
        <Input inputMode="numeric" placeholder="any" disabled={type.precision === undefined} {...scale.field} />
      </PathField>
    </div>
  );
}

export function countProblem(text: string, low: number, high: number): string | null {
  if (text === "") return null;
  const count = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  return count >= low && count <= high ? null : `Write a whole number from ${low} to ${high}.`;
}
