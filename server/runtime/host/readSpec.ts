import { hash } from "node:crypto";
import { canonicalJson } from "#lib/compile/canonicalJson.ts";
import type { EnvironmentSpec, Snapshot } from "#lib/compile/Snapshot.ts";
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
  checkSnapshot("snapshot", spec.snapshot);
  if (spec.rollout) checkSnapshot("rollout.candidate.snapshot", spec.rollout.candidate.snapshot);
  return spec;
}

function checkSnapshot(place: string, snapshot: Snapshot): void {
  if (hash("sha256", canonicalJson(snapshot.model as unknown as JsonValue), "hex") !== snapshot.hash) {
    throw mismatch(`${place}.hash`, "The hash is not that of the model.");
  }
  checkNames(snapshot.model);
}

function checkEnvelope(look: ShapeReader, input: unknown): void {
  const spec = look.object("", input);
  if (!spec) return;
  look.text("id", spec.id, environmentId);
  look.text("label", spec.label, label);
  look.that("revision", Number.isSafeInteger(spec.revision) && Number(spec.revision) >= 0, "Give a whole number.");
  checkRelease(look, "", spec);
  if (spec.rollout !== undefined) checkRollout(look, spec);
  look.text("databaseUrl", spec.databaseUrl, /^postgres(?:ql)?:\/\//);
  look.each("apiKeys", spec.apiKeys, (place, key) => checkApiKey(look, place, key));
  if (spec.encryption !== undefined) checkEncryption(look, spec.encryption);
  checkOutbound(look, spec);
}

function checkRelease(look: ShapeReader, before: string, { release, commit, snapshot: given }: Shape): void {
  look.that(`${before}release`, Number.isSafeInteger(release) && Number(release) >= 0, "Give a whole number.");
  look.text(`${before}commit`, commit, /^.{0,200}$/s);
  const at = `${before}snapshot`;
  const snapshot = look.object(at, given);
  if (!snapshot) return;
  look.that(`${at}.format`, snapshot.format === 1, "This program reads format 1.");
  look.text(`${at}.hash`, snapshot.hash, digest);
  const model = look.object(`${at}.model`, snapshot.model);
  const app = model && look.object(`${at}.model.app`, model.app);
  if (app) look.text(`${at}.model.app.name`, app.name);
  look.each(`${at}.model.resources`, model?.resources, (place, resource) => look.text(`${place}.name`, resource.name));
}

function checkRollout(look: ShapeReader, { release, rollout: given }: Shape): void {
  const rollout = look.object("rollout", given);
  const candidate = rollout && look.object("rollout.candidate", rollout.candidate);
  if (candidate) {
    checkRelease(look, "rollout.candidate.", candidate);
    look.that(
      "rollout.candidate.release",
      candidate.release !== release,
      "Give another release than the one that serves.",
    );
  }
  const split = rollout && look.object("rollout.split", rollout.split);
  if (!split) return;
  const { by, percent, name, value } = split;
  switch (by) {
    case "weight":
    case "actor":
      look.that("rollout.split.percent", isPercent(percent), "Give a number from 0 to 100.");
      return;
    case "header":
    case "cookie":
      look.text("rollout.split.name", name, fieldName);
      look.text("rollout.split.value", value, by === "header" ? headerValue : cookieValue);
      return;
    default:
      look.that("rollout.split.by", false, "Give weight, header, cookie or actor.");
  }
}

const isPercent = (value: unknown) => typeof value === "number" && value >= 0 && value <= 100;
/** A token of HTTP. */
const fieldName = /^[!#$%&'*+.^`|~\w-]{1,100}$/;
/** As it comes, without spaces around it. */
const headerValue = /^[\x21-\x7e](?:[\x20-\x7e]{0,198}[\x21-\x7e])?$/;
const cookieValue = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]{1,200}$/;

function checkOutbound(look: ShapeReader, spec: Shape): void {
  const { egress, held, mail, secrets } = spec;
  if (held !== undefined) {
    for (const [name, value] of Object.entries(look.object("held", held) ?? {})) look.text(`held.${name}`, value);
  }
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
