import { offers } from "../../model/api/operations.ts";
import type { Model } from "../../model/types.ts";
import { inputFields } from "../inputFields.ts";
import { nestedType, valueObjectTypes } from "./inputTypes.ts";
import { Names } from "./Names.ts";
import { operations } from "./operations.ts";
import { recordTypes } from "./recordTypes.ts";
import { type SdkExample, sdkExamples } from "./sdkExamples.ts";

export interface SdkOptions {
  /** Number of the release that the client is for. */
  readonly release: number;
  /** The text of `core.ts`, which the module begins with. */
  readonly core: string;
  /** The text of `auth.ts`, for apps that people sign in to. */
  readonly auth?: string;
}

const common = `/** A condition on a field: its operators with what it is compared with. */
export type Operators<Value, Name extends string> = {
  readonly [Operator in Name]?: Operator extends "in" | "notIn" | "hasAny"
    ? readonly Value[]
    : Operator extends "isNull" | "isEmpty"
      ? boolean
      : Value;
};

export interface Money {
  /** Exact. */
  readonly amount: string;
  /** ISO 4217. */
  readonly currency: string;
}

export interface MoneyInput {
  readonly amount: string | number;
  /** May be left out where there is only one. */
  readonly currency?: string;
}

export interface StoredFile {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly mediaType: string;
  /** Below the address of the app. */
  readonly url: string;
}
`;

/**
 * A typed client of an app's REST API as one TypeScript module: no dependencies, nothing but fetch, and what is not used
 * is left out by bundlers. The same model gives the same text.
 */
export function sdkModule(model: Model, { release, core, auth }: SdkOptions): string {
  const names = new Names(model);
  const context = { model, names };
  const name = model.app.name.replaceAll("*/", "").replace(/\s+/g, " ");
  const nested = new Set(model.resources.flatMap((resource) => nestedTargets(model, resource.name)));
  return [
    `// The client of ${name}, release ${release}. Made by Gantry from the app's model: get it anew instead of editing it.`,
    ...sdkExamples(model, "https://<the app's own address>").map(exampleComment),
    "/* eslint-disable */",
    core.replace(/^\/\/.*\n+/, ""),
    ...(model.app.auth && auth !== undefined ? [auth.replace(/^import .*\n+/, "")] : []),
    common,
    ...(model.valueObjects ?? []).map((valueObject) => valueObjectTypes(valueObject, names)),
    ...model.resources.map((resource) => recordTypes(resource, model, names)),
    ...model.resources.filter((resource) => nested.has(resource.name)).map((resource) => nestedType(resource, context)),
    ...model.resources.map((resource) => operations(resource, context)),
  ].join("\n");
}

function exampleComment({ title, code }: SdkExample): string {
  return ["//", `// ${title}`, ...code.split("\n").map((line) => `//   ${line}`.trimEnd())].join("\n");
}

/** The resources whose records can be created inside of a new one. */
function nestedTargets(model: Model, name: string): readonly string[] {
  const resource = model.resources.find((candidate) => candidate.name === name);
  if (!resource || !offers(resource, "create", "rest")) return [];
  const fields = inputFields(model, resource, { name: "create", type: "create" });
  return fields.flatMap((field) => (field.kind === "nested" ? [field.relationship.target] : []));
}
