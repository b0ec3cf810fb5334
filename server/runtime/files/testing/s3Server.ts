import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { S3Options } from "../s3Store.ts";

export interface S3Server extends AsyncDisposable {
  readonly options: S3Options;
  /** By path, `/bucket/key`. */
  readonly objects: Map<string, Buffer>;
  /** Of several parts, begun and neither completed nor aborted: by their ids. */
  readonly uploads: Map<string, Upload>;
}

interface Upload {
  readonly path: string;
  readonly parts: Map<number, Buffer>;
}

const smallestPart = 5 * 1024 * 1024;

const [region, keyId, secret] = ["eu-test-1", "AKIATEST", "secret+of/the=tests"];

/**
 * As much of S3 as Gantry uses, after its documentation: objects by path, ranges, uploads of several parts, and signatures of version 4, which it
 * works out by itself and refuses when they do not match, as it refuses contents that are not what was signed.
 */
export async function startS3Server(): Promise<S3Server> {
  const objects = new Map<string, Buffer>();
  const uploads = new Map<string, Upload>();
  const server = createServer(async (request, response) => {
    const { pathname: path, searchParams: query } = new URL(request.url ?? "", "http://s3");
    const body = await buffer(request);
    const refuse = (status: number, code: string) =>
      response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`);
    if (!isSigned(request, path, query)) return refuse(403, "SignatureDoesNotMatch");
    const told = request.headers["x-amz-content-sha256"];
    if (told !== "UNSIGNED-PAYLOAD" && told !== sha256(body)) return refuse(400, "XAmzContentSHA256Mismatch");
    const upload = uploads.get(query.get("uploadId") ?? "");
    if (query.has("uploadId") && upload?.path !== path) return refuse(404, "NoSuchUpload");
    if (upload) return answerUpload(request.method ?? "", { id: query.get("uploadId") ?? "", upload, query, body });
    if (request.method === "POST") {
      const id = `upload+${uploads.size + 1}/${sha256(path).slice(0, 8)}`;
      uploads.set(id, { path, parts: new Map() });
      return response
        .writeHead(200)
        .end(`<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
    }
    if (query.has("uploads")) {
      const prefix = `${path}/${query.get("prefix") ?? ""}`;
      const found = [...uploads].filter(([, each]) => each.path.startsWith(prefix));
      const listed = found.map(
        ([id, each]) => `<Upload><Key>${each.path.slice(path.length + 1)}</Key><UploadId>${id}</UploadId></Upload>`,
      );
      return response.writeHead(200).end(`<ListMultipartUploadsResult>${listed.join("")}</ListMultipartUploadsResult>`);
    }
    if (request.method === "PUT") {
      if (request.headers["content-length"] === undefined) return refuse(411, "MissingContentLength");
      objects.set(path, body);
      return response.writeHead(200).end();
    }
    if (request.method === "DELETE") {
      objects.delete(path);
      return response.writeHead(204).end();
    }
    if (query.get("list-type") === "2") {
      const keys = [...objects.keys()]
        .filter((key) => key.startsWith(`${path}/${query.get("prefix") ?? ""}`))
        .filter((key) => key.slice(path.length + 1) > (query.get("start-after") ?? ""))
        .toSorted();
      const page = keys.slice(0, Number(query.get("max-keys") ?? 1000));
      const contents = page.map(
        (key) =>
          `<Contents><Key>${key.slice(path.length + 1)}</Key><Size>${objects.get(key)?.length ?? 0}</Size></Contents>`,
      );
      return response.writeHead(200).end(`<ListBucketResult>${contents.join("")}</ListBucketResult>`);
    }
    const found = objects.get(path);
    if (!found) return refuse(404, "NoSuchKey");
    const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? [];
    if (start === undefined) return response.writeHead(200).end(found);
    return response.writeHead(206).end(found.subarray(Number(start), Number(end) + 1));

    function answerUpload(method: string, { id, upload, query, body }: UploadCall) {
      if (method === "DELETE") {
        uploads.delete(id);
        return response.writeHead(204).end();
      }
      if (method === "PUT") {
        upload.parts.set(Number(query.get("partNumber")), body);
        return response.writeHead(200, { etag: `"${sha256(body)}"` }).end();
      }
      const named = [...body.toString("utf8").matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>"(\w+)"<\/ETag>/g)];
      const parts = named.map(([, number]) => upload.parts.get(Number(number)) ?? Buffer.alloc(0));
      const isWhole = named.every(
        ([, number, tag], at) => Number(number) === at + 1 && tag === sha256(parts[at] ?? ""),
      );
      if (!isWhole || parts.length !== upload.parts.size) return refuse(400, "InvalidPart");
      if (parts.slice(0, -1).some(({ length }) => length < smallestPart)) return refuse(400, "EntityTooSmall");
      objects.set(upload.path, Buffer.concat(parts));
      uploads.delete(id);
      return response.writeHead(200).end("<CompleteMultipartUploadResult/>");
    }
  });
  const listening = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", listening.resolve);
  await listening.promise;
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    objects,
    uploads,
    options: { endpoint, region, bucket: "files", accessKeyId: keyId, secretAccessKey: secret },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface UploadCall {
  readonly id: string;
  readonly upload: Upload;
  readonly query: URLSearchParams;
  readonly body: Buffer;
}

function isSigned(request: IncomingMessage, path: string, query: URLSearchParams): boolean {
  const shape =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=(\w+)$/;
  const [, id, day = "", place, names = "", signature] = shape.exec(request.headers.authorization ?? "") ?? [];
  if (id !== keyId || place !== region || !names.split(";").includes("host")) return false;
  const headers = names.split(";").map((name) => `${name}:${String(request.headers[name] ?? "").trim()}\n`);
  const hash = String(request.headers["x-amz-content-sha256"]);
  const canonical = [request.method, path, canonicalQuery(query), headers.join(""), names, hash].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", request.headers["x-amz-date"], scope, sha256(canonical)].join("\n");
  const key = [day, region, "s3", "aws4_request"].reduce<Buffer>(
    (signing, part) => createHmac("sha256", signing).update(part).digest(),
    Buffer.from(`AWS4${secret}`),
  );
  return createHmac("sha256", key).update(toSign).digest("hex") === signature;
}

function canonicalQuery(query: URLSearchParams): string {
  const encoded = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const pairs = [...query].map(([name, value]) => `${encoded(name)}=${encoded(value)}`);
  return pairs.sort().join("&");
}

function sha256(content: Buffer | string): string {
  return createHash("sha256").update(content).digest("hex");
}
