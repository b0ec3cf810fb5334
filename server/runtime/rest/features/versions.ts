import { AppError } from "#lib/errors/AppError.ts";
import type { Entity } from "#lib/plan/catalog/Catalog.ts";
import type { Answer } from "../../http/Answer.ts";
import type { AppRequest } from "../../http/AppRequest.ts";
import { sameTag } from "./sameTag.ts";

/**
 * The version that a change is made from, by `If-Match: "3"`; undefined where any will do. Refuses a change of a resource
 * that wants one and is not given it.
 */
export function expectedVersion({ resource }: Entity, { headers }: Pick<AppRequest, "headers">): string | undefined {
  const { versioned } = resource.features ?? {};
  const given = headers["if-match"];
  if (given === undefined) {
    if (!versioned?.required) return undefined;
    const message = 'Say which version you have changed by If-Match, such as If-Match: "3": the ETag of the record.';
    throw new AppError("version_required", message);
  }
  if (given.trim() === "*") return undefined;
  if (!versioned) {
    // Passing it over would let a change through that its caller has made a condition of.
    const message = `Records of ${resource.name} have no versions to match. Send the change without If-Match.`;
    throw new AppError("version_mismatch", message, { fields: [{ field: "If-Match", rule: "unavailable", message }] });
  }
  const version = /^\s*"(\d{1,18})"\s*$/.exec(given)?.[1];
  if (version !== undefined) return version;
  throw new AppError("version_mismatch", 'No record has this version. Give the ETag of the record as it is: "3".');
}

/** The version of a record that was changed, as its ETag; name and value, or nothing where it is not shown. */
export function versionHeader({ resource }: Entity, json: Uint8Array): readonly string[] {
  const tag = resource.features?.versioned ? tagOf(json) : null;
  return tag === null ? [] : ["etag", tag];
}

/** What is read of a record, with its version as its ETag; 304 where the caller has that already. */
export function withVersion(
  answer: Answer,
  json: Uint8Array,
  { headers, showsMore }: Pick<AppRequest, "headers"> & { readonly showsMore: boolean },
): Answer {
  const tag = tagOf(json);
  if (tag === null) return answer;
  const all = [...answer.headers, "etag", tag];
  const isKnown = !showsMore && headers["if-none-match"]?.split(",").some((each) => sameTag(each, tag));
  return isKnown ? { status: 304, contentType: null, body: null, headers: all } : { ...answer, headers: all };
}

/** Null where the version is not shown. */
function tagOf(json: Uint8Array): string | null {
  const shown: unknown = JSON.parse(Buffer.from(json.buffer, json.byteOffset, json.byteLength).toString("utf8"));
  const version = typeof shown === "object" && shown !== null && "version" in shown ? shown.version : null;
  return typeof version === "number" ? `"${version}"` : null;
}
