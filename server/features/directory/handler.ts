import { bearerToken } from "../../auth/bearerToken.ts";
import { database } from "../../database.ts";
import { clientAddress } from "../../http/clientAddress.ts";
import { limitedText } from "../../http/limitBody.ts";
import { limitOf } from "../../http/limits.ts";
import { RateLimitedError } from "../../http/RateLimitedError.ts";
import { countTry } from "../../http/rateLimit.ts";
import { logDefect } from "../../log.ts";
import { requireFeature } from "../plans/service.ts";
import { directoryAddress } from "./addresses.ts";
import type { DirectoryScope } from "./DirectoryScope.ts";
import { resourceTypes, schemas, serviceProviderConfig } from "./describe.ts";
import { changeGroup, createGroup, findGroup, listGroups, removeGroup } from "./groups/service.ts";
import { asScimError } from "./inTurn.ts";
import { applyPatch } from "./patch/applyPatch.ts";
import { changePerson, createPerson, findPerson, listPeople, removePerson, type Versioned } from "./people/service.ts";
import { errorBody, ScimError } from "./ScimError.ts";
import { readResource } from "./schemas/readResource.ts";
import { groupType, type ResourceType, userType } from "./schemas/resourceTypes.ts";
import { isObject, type Json } from "./schemas/ScimSchema.ts";
import { chosen, listResponse, projected, readSearch, type Search, soleEquality } from "./search.ts";
import { verifyDirectoryToken } from "./tokens.ts";

const largestBody = 2 * 1024 * 1024;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** SCIM 2.0 below `/api/scim/v2/<directory>`: `path` is what follows `v2`. */
export async function handleScim(request: Request, path: readonly string[]): Promise<Response> {
  try {
    const [id = "", ...place] = path.map(decoded);
    const scope = await scopeOf(request, id);
    return await answer(request, scope, place);
  } catch (thrown) {
    const error = asScimError(thrown);
    if (!(error instanceof ScimError)) logDefect("A request of a directory failed.", error, { method: request.method });
    const wait = thrown instanceof RateLimitedError ? { "retry-after": String(thrown.retryAfterSeconds) } : {};
    if (error instanceof ScimError)
      return json(error.status, errorBody(error.status, error.message, error.scimType), wait);
    return json(500, errorBody(500, "Something went wrong on our side. Try again in a moment."));
  }
}

async function scopeOf(request: Request, id: string): Promise<DirectoryScope> {
  const db = database();
  const address = clientAddress(request.headers);
  const token = bearerToken(request.headers);
  const directory = token !== null && uuid.test(id) ? await verifyDirectoryToken(db, id, token) : null;
  if (!directory) {
    await countTry(db, [limitOf("scim:failure", address ?? "unknown")]);
    throw new ScimError(401, "Send the directory's token as Authorization: Bearer.");
  }
  const { organisationId } = directory;
  await countTry(db, [limitOf("scim", directory.id)]);
  await requireFeature(db, organisationId, "scim");
  const userAgent = request.headers.get("user-agent")?.slice(0, 400) ?? null;
  return { db, directory, organisationId, base: directoryAddress(directory.id), place: { address, userAgent } };
}

async function answer(request: Request, scope: DirectoryScope, place: readonly string[]): Promise<Response> {
  const [collection, id, ...rest] = place;
  if (rest.length > 0) throw unknownPlace();
  switch (collection?.toLowerCase()) {
    case "serviceproviderconfig":
      return described(request, serviceProviderConfig(scope.base));
    case "resourcetypes":
      return listed(request, resourceTypes(scope.base), id);
    case "schemas":
      return listed(request, schemas(scope.base), id);
    case "users":
      return await resources(request, scope, { kind: people, id });
    case "groups":
      return await resources(request, scope, { kind: groups, id });
    default:
      throw unknownPlace();
  }
}

/** What both kinds of resources are asked by. */
interface Kind {
  readonly type: ResourceType;
  list(
    scope: DirectoryScope,
    search: Search,
  ): Promise<{ readonly total: number; readonly resources: Json[]; readonly isPage: boolean }>;
  find(scope: DirectoryScope, id: string): Promise<Versioned>;
  create(scope: DirectoryScope, given: Json): Promise<Versioned>;
  change(
    scope: DirectoryScope,
    given: { readonly id: string; readonly version: number | null; readonly change: (resource: Json) => Json },
  ): Promise<Versioned>;
  remove(scope: DirectoryScope, given: { readonly id: string; readonly version: number | null }): Promise<void>;
}

const people: Kind = {
  type: userType,
  async list(scope, search) {
    const sole = soleEquality(search.filter);
    const by =
      sole?.name === "username"
        ? "userName"
        : sole?.name === "externalid"
          ? "externalId"
          : sole?.name === "id"
            ? "id"
            : null;
    if (sole && by) return { ...(await listPeople(scope, { equal: { by, value: sole.value } })), isPage: false };
    if (search.filter || search.sortBy !== null) return { ...(await listPeople(scope, {})), isPage: false };
    const page = { offset: search.startIndex - 1, limit: search.count };
    return { ...(await listPeople(scope, { page })), isPage: true };
  },
  find: findPerson,
  create: createPerson,
  change: changePerson,
  remove: removePerson,
};

const groups: Kind = {
  type: groupType,
  async list(scope, search) {
    const sole = soleEquality(search.filter);
    const by =
      sole?.name === "displayname"
        ? "displayName"
        : sole?.name === "externalid"
          ? "externalId"
          : sole?.name === "id"
            ? "id"
            : null;
    return { ...(await listGroups(scope, sole && by ? { equal: { by, value: sole.value } } : {})), isPage: false };
  },
  find: findGroup,
  create: createGroup,
  change: changeGroup,
  remove: removeGroup,
};

async function resources(
  request: Request,
  scope: DirectoryScope,
  { kind, id }: { readonly kind: Kind; readonly id: string | undefined },
) {
  const asked = Object.fromEntries(new URL(request.url).searchParams);
  if (id === undefined) {
    if (request.method === "GET") return await list(scope, kind, readSearch(asked));
    if (request.method !== "POST") throw wrongMethod("GET, POST");
    const made = await kind.create(scope, readResource(kind.type, await bodyOf(request)));
    return shown(201, made, asked);
  }
  if (id === ".search") {
    if (request.method !== "POST") throw wrongMethod("POST");
    const body = await bodyOf(request);
    return await list(scope, kind, readSearch(isObject(body) ? body : {}));
  }
  switch (request.method) {
    case "GET": {
      const found = await kind.find(scope, id);
      const known = request.headers.get("if-none-match");
      if (known !== null && readVersions(known).includes(found.version)) return new Response(null, { status: 304 });
      return shown(200, found, asked);
    }
    case "PUT": {
      const given = readResource(kind.type, await bodyOf(request));
      return shown(200, await kind.change(scope, { id, version: seenVersion(request), change: () => given }), asked);
    }
    case "PATCH": {
      const body = await bodyOf(request);
      const change = (now: Json) => applyPatch(kind.type, now, body);
      return shown(200, await kind.change(scope, { id, version: seenVersion(request), change }), asked);
    }
    case "DELETE":
      await kind.remove(scope, { id, version: seenVersion(request) });
      return new Response(null, { status: 204, headers: { "cache-control": "no-store" } });
    default:
      throw wrongMethod("GET, PUT, PATCH, DELETE");
  }
}

async function list(scope: DirectoryScope, kind: Kind, search: Search): Promise<Response> {
  const { total, resources: found, isPage } = await kind.list(scope, search);
  const all = isPage ? found : chosen(kind.type, search, found);
  const page = isPage ? all : all.slice(search.startIndex - 1, search.startIndex - 1 + search.count);
  const shownPage = page.map((resource) => projected(search, resource));
  return json(200, listResponse(isPage ? total : all.length, search.startIndex, shownPage));
}

function described(request: Request, body: Json): Response {
  if (request.method !== "GET") throw wrongMethod("GET");
  return json(200, body);
}

/** What describes the service: all of it, or the one of that id. Nothing of it can be filtered (RFC 7644, section 4). */
function listed(request: Request, all: readonly Json[], id: string | undefined): Response {
  if (request.method !== "GET") throw wrongMethod("GET");
  if (id === undefined) {
    if (new URL(request.url).searchParams.has("filter")) throw new ScimError(403, "This list cannot be filtered.");
    return json(200, listResponse(all.length, 1, all));
  }
  const one = all.find((candidate) => String(candidate.id).toLowerCase() === id.toLowerCase());
  if (!one) throw unknownPlace();
  return json(200, one);
}

function shown(status: 200 | 201, { resource, version }: Versioned, asked: Readonly<Record<string, string>>): Response {
  const { attributes, excludedAttributes } = readSearch({
    attributes: asked.attributes,
    excludedAttributes: asked.excludedAttributes,
  });
  const location = isObject(resource.meta) ? String(resource.meta.location) : "";
  return json(status, projected({ attributes, excludedAttributes }, resource), { etag: `W/"${version}"`, location });
}

async function bodyOf(request: Request): Promise<unknown> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/scim+json" && type !== "application/json") {
    throw new ScimError(415, "Send the body as application/scim+json.");
  }
  const text = await limitedText(request, largestBody);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ScimError(400, "The body is not JSON.", "invalidSyntax");
  }
}

/** Of `If-Match`; null where any version will do. */
function seenVersion(request: Request): number | null {
  const given = request.headers.get("if-match");
  if (given === null || given.trim() === "*") return null;
  const [version] = readVersions(given);
  // One that was never given fits nothing.
  return version ?? -1;
}

function readVersions(header: string): readonly number[] {
  return [...header.matchAll(/(?:W\/)?"(\d{1,9})"/g)].map(([, version]) => Number(version));
}

function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return Response.json(body, {
    status,
    headers: {
      "content-type": "application/scim+json; charset=utf-8",
      "cache-control": "no-store",
      ...(status === 401 && { "www-authenticate": 'Bearer realm="SCIM"' }),
      ...headers,
    },
  });
}

/** Of a segment that is still percent-encoded, as the URN of a schema may be. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function unknownPlace(): ScimError {
  return new ScimError(404, "There is nothing at this address.");
}

function wrongMethod(allowed: string): ScimError {
  return new ScimError(405, `Use one of ${allowed}.`);
}
