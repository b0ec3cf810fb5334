import { hash } from "node:crypto";
import { canonicalJson } from "#lib/compile/canonicalJson.ts";
import type { EnvironmentSpec } from "#lib/compile/Snapshot.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { JsonValue, Model } from "#lib/model/types.ts";
import { catalogOf } from "#lib/plan/catalog/Catalog.ts";
import { type Shape, ShapeReader } from "./ShapeReader.ts";

export const environmentId = /^[A-Za-z0-9_-]{1,64}$/;

const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const digest = /^[0-9a-f]{64}$/;
const keyId = /^[A-Za-z0-9_-]{1,40}$/;
const sealingKey = /^[\w-]{43}$/;

/** A spec as it was sent or kept. Throws AppError when it is not one that this program can serve. */
export function readSpec(input: unknown): EnvironmentSpec {
  const look = new ShapeReader();
  checkEnvelope(look, input);
  if (look.problems.length > 0) {
    throw new AppError("invalid_input", "This is no specification of an environment.", { fields: look.problems });
  }
  // The parts of the model were not looked at one by one: it is the one whose hash was taken after it was verified.
  const spec = input as EnvironmentSpec;
  const { snapshot } = spec;
  if (hash("sha256", canonicalJson(snapshot.model as unknown as JsonValue), "hex") !== snapshot.hash) {
    throw mismatch("snapshot.hash", "The hash is not that of the model.");
  }
  checkNames(snapshot.model);
  return spec;
}

function checkEnvelope(look: ShapeReader, input: unknown): void {
  const spec = look.object("", input);
  if (!spec) return;
  look.text("id", spec.id, environmentId);
  look.text("label", spec.label, label);
  look.that("revision", Number.isSafeInteger(spec.revision) && Number(spec.revision) >= 0, "Give a whole number.");
  look.that("release", Number.isSafeInteger(spec.release) && Number(spec.release) >= 0, "Give a whole number.");
  look.text("commit", spec.commit, /^.{0,200}$/s);
  const snapshot = look.object("snapshot", spec.snapshot);
  if (snapshot) {
    look.that("snapshot.format", snapshot.format === 1, "This program reads format 1.");
    look.text("snapshot.hash", snapshot.hash, digest);
    const model = look.object("snapshot.model", snapshot.model);
    const app = model && look.object("snapshot.model.app", model.app);
    if (app) look.text("snapshot.model.app.name", app.name);
    look.each("snapshot.model.resources", model?.resources, (place, resource) =>
      look.text(`${place}.name`, resource.name),
    );
  }
  look.text("databaseUrl", spec.databaseUrl, /^postgres(?:ql)?:\/\//);
  look.each("apiKeys", spec.apiKeys, (place, key) => checkApiKey(look, place, key));
  if (spec.encryption !== undefined) checkEncryption(look, spec.encryption);
  checkOutbound(look, spec);
}

function checkOutbound(look: ShapeReader, spec: Shape): void {
  const { egress, mail, secrets } = spec;
  if (secrets !== undefined) {
    for (const [name, value] of Object.entries(look.object("secrets", secrets) ?? {}))
      look.text(`secrets.${name}`, value);
  }
  if (mail !== undefined) {
    const server = look.object("mail", mail);
    look.text("mail.url", server?.url, /^smtps?:\/\//);
    look.text("mail.from", server?.from);
    look.that("mail.isOwn", server?.isOwn === undefined || server.isOwn === true, "Give true or nothing.");
  }
  if (egress !== undefined) {
    const allow = look.object("egress", egress)?.allow;
    look.that(
      "egress.allow",
      Array.isArray(allow) && allow.every((entry) => typeof entry === "string"),
      "Give hosts, addresses and networks.",
    );
  }
}

function checkApiKey(look: ShapeReader, place: string, key: Shape): void {
  look.text(`${place}.id`, key.id);
  look.text(`${place}.hash`, key.hash, digest);
  const { expiresAt, roles, actAs } = key;
  const isMoment = typeof expiresAt === "string" && moment.test(expiresAt) && !Number.isNaN(Date.parse(expiresAt));
  look.that(`${place}.expiresAt`, expiresAt === null || isMoment, "Give a moment with its offset, or null.");
  const areRoles = roles === undefined || (Array.isArray(roles) && roles.length <= 100 && roles.every(isShortText));
  look.that(`${place}.roles`, areRoles, "Give names of roles.");
  look.that(`${place}.actAs`, actAs === undefined || typeof actAs === "boolean", "Give true or false.");
}

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/;
const isShortText = (value: unknown) => typeof value === "string" && value.length <= 100;

function checkEncryption(look: ShapeReader, input: unknown): void {
  const encryption = look.object("encryption", input);
  if (!encryption) return;
  const ids: unknown[] = [];
  look.each("encryption.keys", encryption.keys, (place, { id, key }) => {
    look.text(`${place}.id`, id, keyId);
    look.text(`${place}.key`, key, sealingKey);
    ids.push(id);
  });
  look.that("encryption.current", ids.includes(encryption.current), "The current key is none of the keys.");
}

function checkNames(model: Model): void {
  try {
    catalogOf(model);
  } catch (cause) {
    throw new AppError("invalid_model", "The model names what it has not.", { cause });
  }
}

function mismatch(field: string, message: string): AppError {
  return new AppError("invalid_input", message, { fields: [{ field, rule: "hash", message }] });
}
