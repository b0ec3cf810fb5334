import { randomBytes } from "node:crypto";
import { AppError } from "#lib/errors/AppError.ts";
import { offers } from "#lib/model/api/operations.ts";
import type { AttributeType } from "#lib/model/types.ts";
import type { Catalog, Entity, Field } from "#lib/plan/catalog/Catalog.ts";
import type { ReadPlan, RunPlan, WritePlan } from "#lib/plan/types.ts";
import { readKey } from "#lib/plan/write/planWrite.ts";
import { type Answer, emptyAnswer, jsonAnswer } from "../http/Answer.ts";
import type { AppRequest } from "../http/AppRequest.ts";
import { MethodError } from "../http/problemAnswer.ts";
import type { ByteRange, FileStore } from "./FileStore.ts";
import { attachment, givenName } from "./fileName.ts";
import { receiveFile, tooLarge } from "./receiveFile.ts";

/** What a file attribute may hold when it does not say. */
const defaultMaxSize = 100 << 20;

export interface FileCall {
  readonly catalog: Catalog;
  readonly run: RunPlan;
  readonly request: AppRequest;
  readonly store: FileStore;
  /** Keys of this environment's contents begin with it. */
  readonly folder: string;
  readonly onDefect: (error: unknown) => void;
}

interface Place {
  readonly entity: Entity;
  readonly field: Field;
  readonly key: string;
}

/** What a record holds of a file. */
interface KeptFile {
  readonly key: string;
  readonly name: string;
  readonly size: number;
  readonly mediaType: string;
  readonly checksum: string;
}

/** A request for the content of a file, `/rest/v1/<resources>/{id}/<attribute>`; null when it is for something else. */
export function answerFile(call: FileCall): Promise<Answer> | null {
  const [, , , path = "", id = "", name = "", ...rest] = call.request.path.split("/");
  const entity = call.catalog.byPath.get(path);
  const field = entity?.fields.get(name);
  if (!entity || field?.type.kind !== "file" || rest.length > 0) return null;
  return answer(call, { entity, field, key: readKey(entity, decoded(id)) ?? missing(entity) });
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return "\0";
  }
}

async function answer(call: FileCall, place: Place): Promise<Answer> {
  const { resource } = place.entity;
  const [reads, updates] = [offers(resource, "read", "rest"), offers(resource, "update", "rest")];
  switch (call.request.method) {
    case "GET":
    case "HEAD":
      if (reads) return send(call, place);
      break;
    case "PUT":
    case "POST":
      if (updates) return receive(call, place);
      break;
    case "DELETE":
      if (updates) return remove(call, place);
  }
  throw new MethodError([...(reads ? ["GET", "HEAD"] : []), ...(updates ? ["PUT", "POST", "DELETE"] : []), "OPTIONS"]);
}

/** Whoever may read the record and the field may have the content. */
async function kept({ run, request }: FileCall, { entity, field, key }: Place): Promise<KeptFile | null> {
  const parts = ["key", "name", "size", "mediaType", "checksum"].map(
    (part) => ({ kind: "part", as: part, part }) as const,
  );
  const selection = [{ kind: "field", as: "file", field: field.name, parts }] as const;
  const plan: ReadPlan = { shape: { kind: "one", resource: entity.name, key: 0, selection }, parameters: [key] };
  const json = await run(request.actor, plan);
  if (!json) missing(entity);
  return (JSON.parse(Buffer.from(json).toString("utf8")) as { readonly file: KeptFile | null }).file;
}

/** Sets the field by the standard update, with all that it asks of the record and the actor. */
async function change({ run, request }: FileCall, place: Place, file: KeptFile | null): Promise<Uint8Array> {
  const { entity, field, key } = place;
  const plan: WritePlan = {
    shape: {
      kind: "update",
      resource: entity.name,
      key: 0,
      set: [{ field: field.name, parameter: 1 }],
      given: [field.name],
      links: [],
      selection: [{ kind: "field", as: "file", field: field.name }],
    },
    parameters: [key, file && JSON.stringify(file)],
  };
  return (await run(request.actor, plan)) ?? missing(entity);
}

async function send(call: FileCall, place: Place): Promise<Answer> {
  const { headers, method } = call.request;
  const file = await kept(call, place);
  if (!file) throw new AppError("not_found", `This ${place.entity.name} has no ${place.field.name}.`);
  const tag = `"${file.checksum}"`;
  const all = ["etag", tag, "accept-ranges", "bytes", "content-security-policy", "sandbox; default-src 'none'"];
  all.push("content-disposition", attachment(file.name));
  if (headers["if-none-match"] === tag) return emptyAnswer(304, all);
  const range = readRange(headers.range, file.size);
  if (range === "unsatisfiable") {
    throw new AppError("invalid_request", `The content has ${file.size} bytes; the range is beyond them.`);
  }
  const length = range ? range.end - range.start + 1 : file.size;
  const stream = method === "HEAD" || length === 0 ? null : await call.store.get(file.key, range ?? undefined);
  if (!stream && method !== "HEAD" && length > 0) throw new Error("The content of a file is gone.");
  if (range) all.push("content-range", `bytes ${range.start}-${range.end}/${file.size}`);
  const status = range ? 206 : 200;
  return { status, contentType: file.mediaType, body: null, headers: all, stream, length };
}

/** One range of bytes; anything else that stands there is passed over, as HTTP has it. */
function readRange(header: string | undefined, size: number): ByteRange | "unsatisfiable" | null {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (first === "" && last === "") return null;
  const start = first === "" ? Math.max(size - Number(last), 0) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  return start > end ? "unsatisfiable" : { start, end };
}

async function receive(call: FileCall, place: Place): Promise<Answer> {
  const { request, store, folder } = call;
  const { type } = place.field;
  if (type.kind !== "file") throw new Error("Only files are received.");
  const maxSize = type.maxSize ?? defaultMaxSize;
  const mediaType = checkedMediaType(request.headers["content-type"], type);
  if (Number(request.headers["content-length"] ?? 0) > maxSize) throw tooLarge(maxSize);
  const before = await kept(call, place);
  const name = givenName(request.query, request.headers["content-disposition"]) ?? place.field.name;
  return receiveFile(request.content(), maxSize, async (arrived) => {
    const key = `${folder}/${randomBytes(20).toString("hex")}`;
    const { size, checksum } = arrived;
    let shown: Uint8Array;
    try {
      await store.put(key, arrived);
      shown = await change(call, place, { key, name, size, mediaType, checksum });
    } catch (error) {
      await discard(call, key);
      throw error;
    }
    if (before) await discard(call, before.key);
    const { file } = JSON.parse(Buffer.from(shown).toString("utf8")) as { readonly file: unknown };
    return jsonAnswer(200, JSON.stringify(file));
  });
}

async function remove(call: FileCall, place: Place): Promise<Answer> {
  const before = await kept(call, place);
  await change(call, place, null);
  if (before) await discard(call, before.key);
  return emptyAnswer(204);
}

/** Nothing refers to it any more: that it could not be deleted is no matter of the caller's. */
async function discard({ store, folder, onDefect }: FileCall, key: string): Promise<void> {
  // Records of a restored environment show contents of the one that was backed up, to which they belong.
  if (!key.startsWith(`${folder}/`)) return;
  await store.delete(key).catch(onDefect);
}

function checkedMediaType(header: string | undefined, type: Extract<AttributeType, { kind: "file" }>): string {
  const mediaType = (header ?? "application/octet-stream").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (!/^[a-z0-9!#$&^_.+-]{1,80}\/[a-z0-9!#$&^_.+-]{1,80}$/.test(mediaType)) {
    throw new AppError("unsupported_media_type", "Send the media type of the content, such as image/png.");
  }
  const allowed = type.mediaTypes ?? [];
  const fits = allowed.some(
    (each) => each === mediaType || (each.endsWith("/*") && mediaType.startsWith(each.slice(0, -1))),
  );
  if (allowed.length > 0 && !fits) {
    throw new AppError("unsupported_media_type", `Send one of these media types: ${allowed.join(", ")}.`);
  }
  return mediaType;
}

function missing({ name }: Entity): never {
  throw new AppError("not_found", `There is no ${name} with this key.`);
}
