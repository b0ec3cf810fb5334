import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { S3Options } from "../s3Store.ts";

export interface S3Server extends AsyncDisposable {
  readonly options: S3Options;
  /** By path, `/bucket/key`. */
  readonly objects: Map<string, Buffer>;
}

const [region, keyId, secret] = ["eu-test-1", "AKIATEST", "secret+of/the=tests"];

/**
 * As much of S3 as Gantry uses, after its documentation: objects by path, ranges, and signatures of version 4, which it
 * works out by itself and refuses when they do not match, as it refuses contents that are not what was signed.
 */
export async function startS3Server(): Promise<S3Server> {
  const objects = new Map<string, Buffer>();
  const server = createServer(async (request, response) => {
    const path = request.url ?? "";
    const body = await buffer(request);
    const refuse = (status: number, code: string) =>
      response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`);
    if (!isSigned(request, path)) return refuse(403, "SignatureDoesNotMatch");
    const told = request.headers["x-amz-content-sha256"];
    if (told !== "UNSIGNED-PAYLOAD" && told !== sha256(body)) return refuse(400, "XAmzContentSHA256Mismatch");
    if (request.method === "PUT") {
      if (request.headers["content-length"] === undefined) return refuse(411, "MissingContentLength");
      objects.set(path, body);
      return response.writeHead(200).end();
    }
    if (request.method === "DELETE") {
      objects.delete(path);
      return response.writeHead(204).end();
    }
    const found = objects.get(path);
    if (!found) return refuse(404, "NoSuchKey");
    const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? [];
    if (start === undefined) return response.writeHead(200).end(found);
    return response.writeHead(206).end(found.subarray(Number(start), Number(end) + 1));
  });
  const listening = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", listening.resolve);
  await listening.promise;
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    objects,
    options: { endpoint, region, bucket: "files", accessKeyId: keyId, secretAccessKey: secret },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function isSigned(request: IncomingMessage, path: string): boolean {
  const shape =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=(\w+)$/;
  const [, id, day = "", place, names = "", signature] = shape.exec(request.headers.authorization ?? "") ?? [];
  if (id !== keyId || place !== region || !names.split(";").includes("host")) return false;
  const headers = names.split(";").map((name) => `${name}:${String(request.headers[name] ?? "").trim()}\n`);
  const hash = String(request.headers["x-amz-content-sha256"]);
  const canonical = [request.method, path, "", headers.join(""), names, hash].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", request.headers["x-amz-date"], scope, sha256(canonical)].join("\n");
  const key = [day, region, "s3", "aws4_request"].reduce<Buffer>(
    (signing, part) => createHmac("sha256", signing).update(part).digest(),
    Buffer.from(`AWS4${secret}`),
  );
  return createHmac("sha256", key).update(toSign).digest("hex") === signature;
}

function sha256(content: Buffer | string): string {
  return createHash("sha256").update(content).digest("hex");
}
