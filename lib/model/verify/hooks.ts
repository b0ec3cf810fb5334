import { kebabCase } from "../naming/kebabCase.ts";
import { fieldNameShape } from "../naming/nameShape.ts";
import type { HookStart } from "../processTypes.ts";
import type { Finding, Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";
import { secretFindings } from "./secretNames.ts";

/** Hooks have paths of their own, senders that can be told, and pointers into what is sent. */
export const hooks: Rule = ({ processes = [] }, places) => {
  const seen = new Map<string, string>();
  return processes
    .flatMap((process) =>
      (process.starts ?? []).flatMap((start, index) => {
        if (start.kind !== "hook") return [];
        const path = ["processes", process.name, "starts", String(index)];
        const other = seen.get(kebabCase(start.name));
        seen.set(kebabCase(start.name), process.name);
        const message = `\`${other}\` has a hook of this name, and each has a path of its own. Rename one.`;
        return [
          ...(other === undefined ? [] : [{ code: "duplicate_name", path: [...path, "name"], message }]),
          ...hookFindings(start, path),
        ];
      }),
    )
    .map((finding) => problemAt(places, finding));
};

function hookFindings({ name, signature, input = [] }: HookStart, path: readonly string[]): readonly Finding[] {
  const shape = fieldNameShape(name);
  const at = [...path, "signature"];
  const { scheme, secret, header } = signature;
  const isOpen = scheme === "none";
  const needed = { code: "missing_option", path: at, message: 'Name the secret: `secret: "HOOK_SECRET"`.' };
  const unneeded = { code: "unneeded_option", path: [...at, "secret"], message: "`none` has no secret. Leave it out." };
  const headerless = { code: "missing_option", path: at, message: 'Name the header: `header: "X-Signature"`.' };
  const headed = {
    code: "unneeded_option",
    path: [...at, "header"],
    message: `\`${scheme}\` has a header of its own. Leave \`header\` out.`,
  };
  return [
    ...(shape ? [{ code: "name_shape", path: [...path, "name"], message: shape }] : []),
    ...(secret === undefined ? (isOpen ? [] : [needed]) : isOpen ? [unneeded] : []),
    ...secretFindings(secret, [...at, "secret"]),
    ...(scheme === "hmac" && header === undefined ? [headerless] : []),
    ...(scheme !== "hmac" && header !== undefined ? [headed] : []),
    ...(header !== undefined && !/^[A-Za-z0-9-]{1,100}$/.test(header)
      ? [{ code: "name_shape", path: [...at, "header"], message: "This cannot be the name of a header." }]
      : []),
    ...input.flatMap((taken) => pointerFindings(taken.pointer, [...path, "input", taken.name, "pointer"])),
  ];
}

/** What is wrong with a JSON pointer. */
export function pointerFindings(pointer: string, path: readonly string[]): readonly Finding[] {
  if (/^(?:\/(?:[^~/]|~[01])*)*$/.test(pointer) && pointer.length <= 500) return [];
  const message = 'Write a JSON pointer here, such as "/data/object/id" ("~1" is a slash, "~0" a tilde).';
  return [{ code: "pointer", path, message }];
}
