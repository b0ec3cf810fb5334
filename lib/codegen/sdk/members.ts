import type { Deprecation } from "../../model/types.ts";

export interface Member {
  readonly name: string;
  readonly type: string;
  readonly optional?: boolean;
  readonly describe?: string | undefined;
  readonly deprecated?: Deprecation | undefined;
}

/** `export interface Deal { … }` */
export function interfaceOf(name: string, members: readonly Member[], describe?: string): string {
  const head = `${comment(describe, "")}export interface ${name} `;
  return members.length === 0 ? `${head}{}\n` : `${head}{\n${members.map(line).join("")}}\n`;
}

/** `{ readonly company: CompanyTypes }` */
export function objectOf(members: readonly Member[]): string {
  return members.length === 0 ? "{}" : `{ ${members.map(declared).join("; ")} }`;
}

function line(member: Member): string {
  const { deprecated } = member;
  const since =
    deprecated && `@deprecated since ${deprecated.since}${until(deprecated)}. ${deprecated.note ?? ""}`.trim();
  return `${comment([member.describe, since].filter(Boolean).join(" "), "  ")}  ${declared(member)};\n`;
}

const until = (deprecated: Deprecation) => (deprecated.until === undefined ? "" : `, until ${deprecated.until}`);

function declared({ name, type, optional }: Member): string {
  return `readonly ${name}${optional ? "?" : ""}: ${type}`;
}

/** What is written by people cannot end the comment. */
export function comment(text: string | undefined, indent: string): string {
  const safe = text?.replaceAll("*/", "*\u200b/").replace(/\s+/g, " ").trim();
  return safe ? `${indent}/** ${safe} */\n` : "";
}

export function literals(values: readonly string[]): string {
  return values.length === 0 ? "never" : values.map((value) => JSON.stringify(value)).join(" | ");
}
