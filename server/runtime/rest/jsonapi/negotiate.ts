import type { IncomingHttpHeaders } from "node:http";
import { AppError } from "#lib/errors/AppError.ts";

export const jsonApiType = "application/vnd.api+json";

/** In which of both forms a request speaks and is answered. */
export interface Forms {
  /** Its body is a JSON:API document. */
  readonly reads: boolean;
  /** The answer is to be one. */
  readonly prints: boolean;
  /** Whether plain JSON would do where there is no such document. */
  readonly takesPlain: boolean;
}

const plain: Forms = { reads: false, prints: false, takesPlain: true };

/** `usual` is the form of answers where anything is accepted. Throws AppError for media types with parameters (406, 415). */
export function formsOf(headers: IncomingHttpHeaders, usual: "jsonApi" | undefined): Forms {
  const { accept, "content-type": contentType } = headers;
  const reads = contentType !== undefined && isJsonApi(contentType);
  // What most requests come with.
  if (!reads && usual === undefined && (accept === undefined || !accept.includes(jsonApiType))) return plain;
  if (reads && parametersOf(contentType).some(isUnknown)) {
    const message = `Send the body as ${jsonApiType} without parameters; this API has no extensions.`;
    throw new AppError("unsupported_media_type", message);
  }
  const wanted = preferenceOf(accept);
  if (wanted !== "any") return { reads, prints: wanted === "jsonApi", takesPlain: !insists(accept) };
  const isOther = contentType !== undefined && !reads && !contentType.includes("json");
  return { reads, prints: reads || (usual === "jsonApi" && !isOther), takesPlain: true };
}

interface Range {
  readonly type: string;
  readonly parameters: readonly string[];
  readonly weight: number;
}

/** Which form an Accept header likes better; the one that is named first where it likes both. */
function preferenceOf(accept: string | undefined): "jsonApi" | "json" | "any" {
  const ranges = rangesOf(accept);
  const documents = ranges.filter(({ type }) => type === jsonApiType);
  const fitting = documents.filter(({ parameters }) => !parameters.some(isUnknown));
  const others = ranges.filter(({ type }) => type === "application/json");
  const [best] = [...fitting, ...others].sort((one, other) => other.weight - one.weight);
  if (best) return best.type === jsonApiType ? "jsonApi" : "json";
  const takesAny = ranges.length === 0 || ranges.some(({ type }) => type === "*/*" || type === "application/*");
  if (documents.length > 0 && !takesAny) {
    const message = `This API answers ${jsonApiType} without parameters; it has no extensions.`;
    throw new AppError("not_acceptable", message);
  }
  return takesAny ? "any" : "json";
}

function insists(accept: string | undefined): boolean {
  return rangesOf(accept).every(({ type }) => type === jsonApiType);
}

function rangesOf(accept: string | undefined): readonly Range[] {
  return (accept ?? "").split(",").flatMap((text): readonly Range[] => {
    const [type = "", ...rest] = text.split(";").map((part) => part.trim());
    const weight = rest.find((part) => /^q=/i.test(part));
    const parameters = rest.filter((part) => part !== weight && part !== "");
    const range = { type: type.toLowerCase(), parameters, weight: weight === undefined ? 1 : Number(weight.slice(2)) };
    return type === "" || !(range.weight > 0) ? [] : [range];
  });
}

function isJsonApi(contentType: string): boolean {
  return contentType.split(";", 1)[0]?.trim().toLowerCase() === jsonApiType;
}

function parametersOf(contentType: string): readonly string[] {
  return contentType
    .split(";")
    .slice(1)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** Profiles may be ignored, extensions may not. */
function isUnknown(parameter: string): boolean {
  return !/^profile=/i.test(parameter) && !/^ext=""$/i.test(parameter);
}
