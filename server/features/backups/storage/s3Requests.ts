import { lookup } from "node:dns";
import { type IncomingMessage, request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { AwsClient } from "aws4fetch";
import { AppError } from "#lib/errors/AppError.ts";
import { isForbiddenAddress, isPublicAddress } from "#lib/network/publicAddress.ts";

export interface S3Place {
  /** The bucket is a segment of the path, which every S3-compatible service understands. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Whether the service may be on this machine or its networks. */
  readonly allowPrivate: boolean;
}

export interface S3Request {
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  /** Without a slash in front; empty for the bucket. */
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  /** SHA-256 of the body in hex. */
  readonly checksum?: string;
}

const idleMilliseconds = 60_000;
const pauses = [200, 800, 3200];

/**
 * Sends signed requests. Names are looked up here and judged, so that a service's name leads to no address that its
 * owner could not reach himself.
 */
export function s3Requests(place: S3Place): (request: S3Request) => Promise<IncomingMessage> {
  const { region, accessKeyId, secretAccessKey } = place;
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: "s3" });
  const base = new URL(place.endpoint);
  return async ({ method, key, query = {}, body, checksum }) => {
    const url = new URL(base);
    url.pathname = [base.pathname.replace(/\/$/, ""), place.bucket, ...(key === "" ? [] : [key])].join("/");
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const headers = checksum === undefined ? {} : { "x-amz-content-sha256": checksum };
    for (let attempt = 0; ; attempt += 1) {
      const wait = pauses[attempt];
      const signed = await client.sign(url.href, { method, headers });
      try {
        const response = await send(url, { method, headers: Object.fromEntries(signed.headers), body, place });
        const status = response.statusCode ?? 0;
        if ((status < 500 && status !== 429) || wait === undefined) return response;
        response.resume();
      } catch (error) {
        if (error instanceof AppError || wait === undefined) throw unreachable(error);
      }
      await pause(wait);
    }
  };
}

interface Sent {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
  readonly place: S3Place;
}

function send(url: URL, { method, headers, body, place }: Sent): Promise<IncomingMessage> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) && !mayReach(host, place)) throw notReachable(host);
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = url.protocol === "https:" ? secureRequest : plainRequest;
  const length = body?.length ?? (method === "GET" || method === "DELETE" ? null : 0);
  const sent = request(url, {
    method,
    headers: { ...headers, ...(length !== null && { "content-length": length }) },
    lookup: judgedLookup(place),
    timeout: idleMilliseconds,
  });
  sent.on("response", resolve).on("error", reject);
  sent.on("timeout", () => sent.destroy(new Error("The storage did not answer in time.")));
  sent.end(body);
  return promise;
}

function judgedLookup(place: S3Place): LookupFunction {
  return (name, options, done) => {
    lookup(name, { ...options, all: true }, (error, found) => {
      if (error) return done(error, "", 0);
      const open = found.filter(({ address }) => mayReach(address, place));
      const [first] = open;
      if (!first) return done(notReachable(name) as NodeJS.ErrnoException, "", 0);
      if (options.all) done(null, open);
      else done(null, first.address, first.family);
    });
  };
}

function mayReach(address: string, { allowPrivate }: S3Place): boolean {
  return isPublicAddress(address) || (allowPrivate && !isForbiddenAddress(address));
}

function notReachable(host: string): AppError {
  const message = `The storage at ${host} is not on the open internet. Use an address that can be reached from here.`;
  return new AppError("invalid_input", message, { fields: [{ field: "endpoint", rule: "public", message }] });
}

function unreachable(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  return new AppError("unavailable", "The storage for backups does not answer. Check its address.", { cause });
}
