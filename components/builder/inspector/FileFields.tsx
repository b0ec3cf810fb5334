"use client";

import { Input } from "#components/ui/Input.tsx";
import type { AttributeType } from "#lib/model/types.ts";
import type { AttributePart } from "./AttributeInspector.tsx";
import { PathField } from "./PathField.tsx";
import { useTypedValue } from "./useTypedValue.ts";

type FileType = Extract<AttributeType, { readonly kind: "file" }>;

const megabyte = 1_000_000;

/** How large a file may be and of which kinds. */
export function FileFields({ path, setTyped, type }: AttributePart & { type: FileType }) {
  const { maxSize, mediaTypes } = type;
  const change = (next: { maxSize?: number | undefined; mediaTypes?: readonly string[] | undefined }) => {
    const size = "maxSize" in next ? next.maxSize : maxSize;
    const types = "mediaTypes" in next ? next.mediaTypes : mediaTypes;
    setTyped({
      type: {
        kind: "file",
        ...(size === undefined ? {} : { maxSize: size }),
        ...(types === undefined ? {} : { mediaTypes: types }),
      },
    });
  };
  const size = useTypedValue({
    value: maxSize === undefined ? "" : String(maxSize / megabyte),
    commit: (text) => change({ maxSize: text.trim() === "" ? undefined : Math.round(Number(text) * megabyte) }),
    check: (text) =>
      text.trim() === "" || (Number(text) >= 1 / megabyte && Number(text) <= 5_000_000)
        ? null
        : "Write a number of megabytes, such as 10.",
  });
  const types = useTypedValue({
    value: mediaTypes?.join(", ") ?? "",
    commit: (text) => {
      const listed = text.split(/[\s,]+/).filter(Boolean);
      change({ mediaTypes: listed.length === 0 ? undefined : listed });
    },
  });
  return (
    <>
      <PathField path={[...path, "maxSize"]} label="Largest" note="megabytes" error={size.error}>
        <Input inputMode="decimal" placeholder="no limit of its own" {...size.field} />
      </PathField>
      <PathField
        path={[...path, "mediaTypes"]}
        label="Kinds of files"
        hint="Media types with commas between them; `image/*` stands for all pictures."
      >
        <Input placeholder="any" spellCheck={false} {...types.field} />
      </PathField>
    </>
  );
}
