import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { EgressError } from "./EgressError.ts";
import { guardedFetch } from "./guardedFetch.ts";
import { guardDatabase, guardPort } from "./guardedPorts.ts";
import { outConnect } from "./outConnect.ts";
import { type OutOptions, outFetch } from "./outFetch.ts";
import { type LocalServer, localServer, type Respond } from "./testing/localServer.ts";

let server: LocalServer;
let other: LocalServer;
let respond: Respond;

const plain: Respond = (_seen, response) => response.end("fine");

beforeAll(async () => {
  server = await localServer((seen, response) => respond(seen, response));
  other = await localServer((_seen, response) => response.end("other"));
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await other[Symbol.asyncDispose]();
});

beforeEach(() => {
  respond = plain;
  server.seen.length = 0;
  other.seen.length = 0;
});

const here = { allow: ["127.0.0.1", "localhost"] };
const get = (url: string, options: Partial<OutOptions> = {}) =>
  outFetch({ method: "GET", url }, { ...here, ...options });

const text = ({ body }: { readonly body: Uint8Array }) => Buffer.from(body).toString();

async function failure(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof EgressError ? error.code : String(error);
}

describe("without an exception, no spelling leads to this machine", () => {
  test.each([
    ...["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "127.0.0.1.", "127.000.000.001"],
    ...["localhost", "LOCALHOST", "localhost.", "0.0.0.0", "0", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]"],
    ...["[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]"],
    ...["[::127.0.0.1]", "①②⑦.0.0.1", "127。0。0。1", "%31%32%37.0.0.1", "169.254.169.254", "[fe80::1]", "10.0.0.1"],
  ])("%s", async (host) => {
    const refused = await failure(get(`http://${host}:${server.port}/`, { allow: [] }));
    expect(["egress_refused", "unreachable", "invalid_request"]).toContain(refused);
    expect(server.seen).toEqual([]);
  });

  test.each([
    ...["ftp://127.0.0.1/", "file:///etc/passwd", "gopher://127.0.0.1:6379/_INFO", "data:text/plain,x", "//127.0.0.1"],
    ...["http:", "", "javascript:1", "unix:/run/x", "http://user:word@127.0.0.1/", "http://x@127.0.0.1"],
    ...["http://127.0.0.1:99999/", `http://x/${"a".repeat(9000)}`],
  ])("and %j is no address to ask at all", async (url) => {
    expect(await failure(get(url))).toBe("invalid_request");
  });

  test("nor does a name that resolves to it, at any place of it", async () => {
    expect(await failure(get(`http://localhost:${server.port}/`, { allow: ["127.0.0.2", "local.host"] }))).toBe(
      "egress_refused",
    );
    expect(await failure(outConnect({ host: "localhost", port: server.port }, { allow: [] }))).toBe("egress_refused");
    expect(await failure(outConnect({ host: "0x7f.1", port: server.port }, { allow: [] }))).toMatch(
      /egress_refused|unreachable/,
    );
  });
});

describe("with one", () => {
  test("the named place answers", async () => {
    const answer = await get(`${server.url}/a?b=c`);
    expect(answer).toMatchObject({ status: 200, url: `${server.url}/a?b=c` });
    expect(text(answer)).toBe("fine");
    expect(text(await get(`http://localhost:${server.port}/`))).toBe("fine");
    expect(text(await get(`http://localhost:${server.port}/`, { allow: ["localhost"] }))).toBe("fine");
    expect(text(await get(`${server.url}/`, { allow: ["127.0.0.0/8"] }))).toBe("fine");
    expect(text(await get(`${server.url}/`, { allow: [`127.0.0.1:${server.port}`] }))).toBe("fine");
    expect(await failure(get(`${server.url}/`, { allow: [`127.0.0.1:${other.port}`] }))).toBe("egress_refused");
  });

  test("the admin port and databases stay closed until their port is named", async () => {
    guardPort(server.port);
    guardDatabase(`postgres://role:secret@db.internal:${other.port}/app?sslmode=require`);
    for (const allow of [["127.0.0.1"], ["0.0.0.0/0", "::/0"], ["localhost"]]) {
      expect(await failure(get(`${server.url}/`, { allow }))).toBe("egress_refused");
      expect(await failure(get(`${other.url}/`, { allow }))).toBe("egress_refused");
      expect(await failure(outConnect({ host: "localhost", port: 5432 }, { allow }))).toBe("egress_refused");
    }
    const named = [`127.0.0.1:${server.port}`, `127.0.0.1:${other.port}`];
    expect(text(await get(`${server.url}/`, { allow: named }))).toBe("fine");
    await server[Symbol.asyncDispose]();
    await other[Symbol.asyncDispose]();
    server = await localServer((seen, response) => respond(seen, response));
    other = await localServer((_seen, response) => response.end("other"));
  });
});

describe("redirects", () => {
  const to = (location: string, status = 302): Respond => {
    return (_seen, response) => response.writeHead(status, { location }).end();
  };

  test("are answers unless they are to be followed", async () => {
    respond = to("/b");
    expect((await get(`${server.url}/`)).status).toBe(302);
    expect(server.seen).toHaveLength(1);
  });

  test("are judged like the first address", async () => {
    const only = { allow: [`127.0.0.1:${server.port}`], redirects: 5 };
    for (const location of [other.url, `http://localhost:${other.port}`, "http://169.254.169.254/latest/meta-data"]) {
      respond = to(location);
      expect(await failure(get(server.url, only))).toBe("egress_refused");
    }
    for (const location of ["ftp://127.0.0.1/", "http://a:b@127.0.0.1/"]) {
      respond = to(location);
      expect(await failure(get(server.url, only))).toBe("invalid_request");
    }
    expect(other.seen).toEqual([]);
  });

  test("end after as many as were allowed", async () => {
    respond = to("/again");
    expect(await failure(get(server.url, { redirects: 3 }))).toBe("unusable_answer");
    expect(server.seen).toHaveLength(4);
  });

  test("take credentials to no other origin", async () => {
    const headers = { Authorization: "Bearer s", Cookie: "a=b", "X-Key": "s", "X-Plain": "p" };
    const options = { ...here, redirects: 2, credentialHeaders: ["x-key"] };
    respond = to(`${other.url}/there`, 307);
    await outFetch({ method: "POST", url: server.url, headers, body: "{}" }, options);
    expect(other.seen[0]).toMatchObject({ method: "POST", body: "{}", headers: { "x-plain": "p" } });
    for (const name of ["authorization", "cookie", "x-key"]) expect(other.seen[0]?.headers).not.toHaveProperty(name);
    respond = (seen, response) => (seen.url === "/next" ? response.end() : to("/next")(seen, response));
    await outFetch({ method: "POST", url: server.url, headers, body: "{}" }, options);
    expect(server.seen.at(-1)).toMatchObject({ method: "GET", body: "", headers: { authorization: "Bearer s" } });
  });
});

describe("limits", () => {
  test("of the body, told or not", async () => {
    respond = (_seen, response) => response.end("x".repeat(2000));
    expect(await failure(get(server.url, { maxBytes: 1000 }))).toBe("unusable_answer");
    respond = (_seen, response) => {
      response.write("x".repeat(1500));
      response.end("x".repeat(500));
    };
    expect(await failure(get(server.url, { maxBytes: 1000 }))).toBe("unusable_answer");
    expect((await get(server.url, { maxBytes: 1000, cut: true })).body.length).toBe(1000);
  });

  test("of headers", async () => {
    respond = (_seen, response) => response.setHeader("x", "y".repeat(40_000)).end();
    expect(await failure(get(server.url))).toBe("unreachable");
  });

  test("nothing that is packed is unpacked", async () => {
    respond = (_seen, response) => response.setHeader("content-encoding", "gzip").end(gzipSync(Buffer.alloc(1 << 22)));
    expect(await failure(get(server.url))).toBe("unusable_answer");
    expect(server.seen[0]?.headers["accept-encoding"]).toBe("identity");
  });

  test("of time, also for a body that never ends", async () => {
    respond = () => {};
    expect(await failure(get(server.url, { timeoutSeconds: 0.2 }))).toBe("timed_out");
    respond = (_seen, response) => void response.write("x");
    expect(await failure(get(server.url, { timeoutSeconds: 0.2 }))).toBe("timed_out");
  });

  test("and by whoever asks", async () => {
    respond = () => {};
    const controller = new AbortController();
    const asked = failure(get(server.url, { signal: controller.signal }));
    controller.abort();
    expect(await asked).toBe("aborted");
    expect(await failure(get(server.url, { signal: AbortSignal.abort() }))).toBe("aborted");
  });

  test("headers cannot smuggle", async () => {
    for (const headers of [
      { "X-A": "b\r\nX-C: d" },
      { "a b": "c" },
      { Host: "x" },
      { "Transfer-Encoding": "chunked" },
    ]) {
      const asked = outFetch({ method: "GET", url: server.url, headers: headers as Record<string, string> }, here);
      expect(await failure(asked)).toBe("invalid_request");
    }
    expect(await failure(outFetch({ method: "GET / HTTP/1.1\r\nX: y", url: server.url }, here))).toBe(
      "invalid_request",
    );
  });
});

describe("connections", () => {
  test("are used again where a request may arrive twice, and opened anew when one was closed", async () => {
    const before = server.connections();
    const post = () => outFetch({ method: "POST", url: server.url, body: "x" }, { ...here, keepsConnection: true });
    await post();
    // A connection is put back a turn after its answer has been read.
    await nextTurn();
    await post();
    await nextTurn();
    expect(server.connections()).toBe(before + 1);
    respond = (_seen, response) => {
      plain(_seen, response);
      response.on("finish", () => response.socket?.destroy());
    };
    await post();
    await nextTurn();
    expect(text(await post())).toBe("fine");
    expect(server.seen).toHaveLength(4);
  });

  test("of other protocols keep to the same rules", async () => {
    const tcp = createServer((socket) => socket.end("hello"));
    await new Promise<void>((resolve) => tcp.listen(0, "127.0.0.1", resolve));
    const { port } = tcp.address() as AddressInfo;
    await using _closed = { [Symbol.asyncDispose]: async () => void tcp.close() };
    const socket = await outConnect({ host: "localhost", port }, { allow: ["localhost"] });
    expect(String((await socket.toArray())[0])).toBe("hello");
    expect(await failure(outConnect({ host: "127.0.0.1", port: 1 }, { allow: ["127.0.0.1"] }))).toBe("unreachable");
  });
});

test("libraries that want a fetch get one", async () => {
  const fetch = guardedFetch(here);
  const body = new URLSearchParams({ grant: "code" });
  respond = (_seen, response) => response.writeHead(201, { "content-type": "application/json" }).end(`{"a":1}`);
  const answer = await fetch(`${server.url}/token`, { method: "POST", body, headers: { "X-A": "b" } });
  expect(answer.status).toBe(201);
  expect(await answer.json()).toEqual({ a: 1 });
  const type = "application/x-www-form-urlencoded;charset=UTF-8";
  expect(server.seen[0]).toMatchObject({ body: "grant=code", headers: { "x-a": "b", "content-type": type } });
  await expect(guardedFetch({ allow: [] })(server.url)).rejects.toMatchObject({ code: "egress_refused" });
});
