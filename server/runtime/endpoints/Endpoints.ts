import { AppError } from "#lib/errors/AppError.ts";
import { timeOrderedUuid } from "#lib/plan/write/timeOrderedUuid.ts";
import type { Environment } from "../host/Environment.ts";
import {
  cipherOf,
  deliveries,
  type Endpoint,
  type EndpointRow,
  endpointColumns,
  endpoints,
  readEndpoint,
  rowsOf,
  sealSecret,
  sealTarget,
} from "./Endpoint.ts";
import { addDeliveries } from "./fanOut.ts";
import { enterLines } from "./lines.ts";
import type { EndpointChanges, EndpointInput } from "./readEndpointInput.ts";
import { isSigned } from "./sinks/openSink.ts";
import { newWebhookSecret } from "./sinks/signWebhook.ts";

const mostEndpoints = 100;
/** So long the secret before goes on signing. */
const overlapHours = 24;

const listText = `SELECT ${endpointColumns} FROM ${endpoints} ORDER BY created_at, id`;

export async function listEndpoints(environment: Environment): Promise<readonly Endpoint[]> {
  const cipher = cipherOf(environment);
  const rows = await environment.database.own((sql) => rowsOf<EndpointRow>(sql, listText));
  return rows.map((row) => readEndpoint(row, cipher));
}

const getText = `SELECT ${endpointColumns} FROM ${endpoints} WHERE id::text = $1`;

export async function getEndpoint(environment: Environment, id: string): Promise<Endpoint> {
  const [row] = await environment.database.own((sql) => rowsOf<EndpointRow>(sql, getText, [id]));
  return row ? readEndpoint(row, cipherOf(environment)) : missing();
}

const insertText = `INSERT INTO ${endpoints} (target, types, description, enabled, secret)
  SELECT $1, $2, $3, $4::boolean, $5 WHERE (SELECT count(*) FROM ${endpoints}) < ${mostEndpoints}
  RETURNING ${endpointColumns}`;

export async function createEndpoint(environment: Environment, input: EndpointInput): Promise<Endpoint> {
  const { url, types, description, enabled } = input;
  const cipher = cipherOf(environment);
  const secret = isSigned(url) ? sealSecret(cipher, newWebhookSecret()) : null;
  const values = [sealTarget(cipher, url), JSON.stringify(types), description, String(enabled), secret];
  const [row] = await environment.database.own((sql) => rowsOf<EndpointRow>(sql, insertText, values));
  if (row) return readEndpoint(row, cipher);
  throw new AppError("conflict", `There are ${mostEndpoints} endpoints. Delete one that is no longer used.`);
}

const updateText = `UPDATE ${endpoints} SET
    target = coalesce($2, target),
    types = coalesce($3, types),
    description = CASE WHEN $4::boolean THEN $5 ELSE description END,
    enabled = coalesce($6::boolean, enabled),
    reason = CASE WHEN $6::boolean IS NULL THEN reason END,
    failing_since = CASE WHEN $6::boolean IS NULL AND $2 IS NULL THEN failing_since END,
    secret = CASE WHEN $7::boolean THEN coalesce(secret, $8) WHEN NOT $7::boolean THEN NULL ELSE secret END
  WHERE id::text = $1 RETURNING ${endpointColumns}`;

/** One that is enabled again begins anew: with no reason, and not as one that fails. */
export async function updateEndpoint(
  environment: Environment,
  id: string,
  changes: EndpointChanges,
): Promise<Endpoint> {
  const { url, types, description, enabled } = changes;
  const cipher = cipherOf(environment);
  const values = [
    id,
    url === undefined ? null : sealTarget(cipher, url),
    types === undefined ? null : JSON.stringify(types),
    String(description !== undefined),
    description ?? null,
    enabled === undefined ? null : String(enabled),
    url === undefined ? null : String(isSigned(url)),
    sealSecret(cipher, newWebhookSecret()),
  ];
  const [row] = await environment.database.own((sql) => rowsOf<EndpointRow>(sql, updateText, values));
  if (!row) return missing();
  environment.engine.poke();
  return readEndpoint(row, cipher);
}

/** With what was to be sent to it. */
export async function deleteEndpoint(environment: Environment, id: string): Promise<void> {
  const rows = await environment.database.own(async (sql) => {
    await enterLines(sql);
    await rowsOf(sql, `DELETE FROM ${deliveries} WHERE endpoint::text = $1`, [id]);
    return await rowsOf(sql, `DELETE FROM ${endpoints} WHERE id::text = $1 RETURNING id`, [id]);
  });
  if (rows.length === 0) missing();
}

const rotateText = `UPDATE ${endpoints} SET secret = $2, previous_secret = secret,
    previous_until = now() + interval '${overlapHours} hours'
  WHERE id::text = $1 AND secret IS NOT NULL RETURNING ${endpointColumns}`;

/** A new secret; the one before signs along for a day. */
export async function rotateSecret(environment: Environment, id: string): Promise<Endpoint> {
  const cipher = cipherOf(environment);
  const values = [id, sealSecret(cipher, newWebhookSecret())];
  const [row] = await environment.database.own((sql) => rowsOf<EndpointRow>(sql, rotateText, values));
  if (row) return readEndpoint(row, cipher);
  const { url } = await getEndpoint(environment, id);
  throw new AppError("conflict", `What is sent to ${new URL(url).protocol} is not signed.`);
}

/** Sends an event that says no more than that it is a test. Answers its id. */
export async function sendTestEvent(environment: Environment, id: string): Promise<string> {
  await getEndpoint(environment, id);
  const event = timeOrderedUuid();
  const cloud = {
    specversion: "1.0",
    id: event,
    source: `/apps/${environment.spec.label}`,
    type: "gantry.test",
    subject: "test",
    time: new Date().toISOString(),
    datacontenttype: "application/json",
    data: { message: "This is a test." },
  };
  await environment.database.own(async (sql) => {
    const body = JSON.stringify(cloud);
    // A line of its own: it waits for nothing that fails.
    await addDeliveries(sql, environment, [{ endpoint: id, event, type: cloud.type, line: event, body }]);
    environment.database.afterCommit(sql, environment.engine.poke);
  });
  return event;
}

function missing(): never {
  throw new AppError("not_found", "There is no endpoint with this id.");
}
