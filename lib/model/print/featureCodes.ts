import { orderTexts } from "../read/orderOf.ts";
import { featureColumns } from "../read/readFeatures.ts";
import type { Features } from "../types.ts";
import type { OptionCode } from "./attributeCode.ts";
import type { Code } from "./Code.ts";
import { call, object } from "./Code.ts";
import { textsCode } from "./literalCode.ts";
import { optionalText } from "./optionalText.ts";
import { quoteText } from "./quoteText.ts";
import type { Style } from "./Style.ts";

/** The features of a resource as options of its own. */
export function featureCodes(features: Features, style: Style): readonly OptionCode[] {
  const { softDelete, history, versioned, timestamps, tenant, search, order, changeFeed, events } = features;
  return [
    ...(softDelete ? [["softDelete", softDeleteCode(softDelete, style)] as const] : []),
    ...(history ? [["history", "true"] as const] : []),
    ...(versioned ? [["versioned", versionedCode(versioned, style)] as const] : []),
    ...(timestamps ? [["timestamps", timestampsCode(timestamps, style)] as const] : []),
    ...optionalText("tenant", tenant, style),
    ...(search ? [["search", searchCode(search, style)] as const] : []),
    ...(order ? [["order", textsCode(orderTexts(order), style)] as const] : []),
    ...(changeFeed ? [["changeFeed", "true"] as const] : []),
    ...(events ? [["events", "true"] as const] : []),
  ];
}

function softDeleteCode({ column }: NonNullable<Features["softDelete"]>, style: Style): Code {
  const options = named("column", column, featureColumns.softDelete, style);
  return options.length === 0 ? "true" : call("softDelete", object(options));
}

function versionedCode({ column, required }: NonNullable<Features["versioned"]>, style: Style): Code {
  const needed = required ? [["required", "true"] as const] : [];
  return objectOrTrue([...needed, ...named("column", column, featureColumns.versioned, style)]);
}

function timestampsCode({ createdColumn, updatedColumn }: NonNullable<Features["timestamps"]>, style: Style): Code {
  return objectOrTrue([
    ...named("createdColumn", createdColumn, featureColumns.created, style),
    ...named("updatedColumn", updatedColumn, featureColumns.updated, style),
  ]);
}

function searchCode({ fields, language }: NonNullable<Features["search"]>, style: Style): Code {
  const names = textsCode(fields, style);
  return language === "simple" ? names : call("search", names, object([["language", quoteText(language, style)]]));
}

function objectOrTrue(options: readonly OptionCode[]): Code {
  return options.length === 0 ? "true" : object(options);
}

function named(name: string, value: string, usual: string, style: Style): readonly OptionCode[] {
  return value === usual ? [] : [[name, quoteText(value, style)]];
}
