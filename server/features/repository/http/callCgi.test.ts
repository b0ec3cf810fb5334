import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type CgiCall, callCgi } from "./callCgi.ts";

const head = "printf 'Content-Type: text/plain\\r\\n\\r\\n'";

/** A call of a shell script, and the moment at which the script and all it started are gone. */
function call(script: string, given: Partial<CgiCall> = {}) {
  const { promise: gone, resolve } = Promise.withResolvers<void>();
  const answer = callCgi({
    command: ["sh", "-c", script],
    environment: { PATH: "/usr/local/bin:/usr/bin:/bin" },
    body: bodyOf(),
    signal: new AbortController().signal,
    idle: 60_000,
    total: 60_000,
    ended: resolve,
    settled: async () => {},
    ...given,
  });
  return { answer, gone };
}

async function* bodyOf(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

async function* endless(until: AbortSignal): AsyncGenerator<Uint8Array> {
  await new Promise((resolve) => until.addEventListener("abort", resolve));
}

describe("a CGI program", () => {
  test("gets the body and answers with status, fields and body", async () => {
    const { answer, gone } = call("printf 'Status: 404 Gone\\nX-Word: hello\\n\\n'; cat", { body: bodyOf("a", "b") });
    const response = await answer;
    expect(response.status).toBe(404);
    expect(response.headers.get("x-word")).toBe("hello");
    expect(await response.text()).toBe("ab");
    await gone;
  });

  test("knows nothing of the environment of the server", async () => {
    process.env.GANTRY_TEST_SECRET = "secret";
    const { answer } = call(`${head}; env`);
    expect(await (await answer).text()).not.toContain("secret");
  });

  test("whose answer nobody wants any more is ended with all that it started", async () => {
    const { answer, gone } = call(`${head}; (trap '' TERM; sleep 1000) & yes`);
    const reader = (await answer).body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await gone;
  });

  test("whose client goes away before the body is there is ended", async () => {
    const client = new AbortController();
    const { answer, gone } = call("cat > /dev/null", { body: endless(client.signal), signal: client.signal });
    client.abort();
    await expect(answer).rejects.toThrow("did not answer");
    await gone;
  });

  test("that neither reads nor answers is ended after a while", async () => {
    const { answer, gone } = call("sleep 1000", { idle: 50 });
    await expect(answer).rejects.toThrow("did not answer");
    await gone;
  });

  test("that answers for ever is ended after a while", async () => {
    const { answer, gone } = call(`${head}; yes`, { total: 300 });
    const response = await answer;
    await expect(response.text()).rejects.toThrow("it was ended");
    await gone;
  });

  test("that does not read its input gets the client to the answer all the same", async () => {
    let given = 0;
    async function* large() {
      for (; given < 1000; given += 1) yield new Uint8Array(65536);
    }
    const { answer } = call(`exec <&-; ${head}; echo done`, { body: large() });
    expect(await (await answer).text()).toBe("done\n");
    expect(given).toBe(1000);
  });

  test("is not read faster than the client reads", async () => {
    const folder = await mkdtemp(join(tmpdir(), "gantry-cgi-"));
    const progress = join(folder, "written");
    const part = 100_000;
    const parts = 500;
    const loop = `i=0; while [ $i -lt ${parts} ]; do head -c ${part} /dev/zero; i=$((i+1)); echo $i > "${progress}"; done`;
    const { answer, gone } = call(`${head}; ${loop}`);
    let size = 0;
    let ahead = 0;
    for await (const chunk of (await answer).body ?? []) {
      size += chunk.length;
      const written = Number(await readFile(progress, "utf8").catch(() => "0")) * part;
      ahead = Math.max(ahead, written - size);
    }
    expect(size).toBe(part * parts);
    expect(ahead).toBeLessThan(5_000_000);
    await gone;
    await rm(folder, { recursive: true });
  });

  test("whose body breaks off while it reads is ended, and the reason is kept", async () => {
    async function* broken() {
      yield new Uint8Array(10);
      throw new Error("too much");
    }
    const { answer, gone } = call(`${head}; cat`, { body: broken() });
    await expect(answer.then((response) => response.text())).rejects.toThrow(/too much|it was ended/);
    await gone;
  });

  test.each([
    ["exit 3", "did not answer"],
    ["printf 'Status: 500 Internal Server Error\\r\\n\\r\\n'; echo why >&2", "why"],
    ["head -c 40000 /dev/zero", "does not end"],
  ])("that fails says why to the log: %s", async (script, reason) => {
    const { answer, gone } = call(script);
    await expect(answer).rejects.toThrow(reason);
    await gone;
  });

  test("that is not there is a failure, not a crash", async () => {
    const { answer } = call("", { command: ["/nonexistent/program"] });
    await expect(answer).rejects.toThrow("did not answer");
  });
});
