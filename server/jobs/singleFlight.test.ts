import { expect, test } from "vitest";
import { sign } from "./embedded/signature.ts";
import { singleFlight } from "./singleFlight.ts";

const key = "signkey-test-00ff";

function call(body: string, signature = sign(body, key)): Request {
  const headers = { "x-inngest-signature": signature };
  return new Request("http://app/api/inngest?fnId=f&stepId=step", { method: "POST", body, headers });
}

test("a repeated call joins the first, while it runs and after it has ended", async () => {
  let runs = 0;
  const gate = Promise.withResolvers<void>();
  const handle = singleFlight(
    async (request: Request) => {
      runs++;
      await gate.promise;
      return new Response(`answer to ${await request.text()}`, { status: 206, headers: { "x-one": "1" } });
    },
    () => [key],
  );
  const [first, second] = [handle(call("{}")), handle(call("{}"))];
  gate.resolve();
  for (const response of [await first, await second, await handle(call("{}"))]) {
    expect([response.status, response.headers.get("x-one"), await response.text()]).toEqual([206, "1", "answer to {}"]);
  }
  expect(runs).toBe(1);
  await handle(call('{"attempt":1}'));
  expect(runs).toBe(2);
});

test("an answer is only for who signs the call", async () => {
  let runs = 0;
  const handle = singleFlight(
    async () => new Response(String(++runs)),
    () => [key],
  );
  await handle(call("{}"));
  expect(await (await handle(call("{}", "t=1&s=00"))).text()).toBe("2");
});

test("calls are joined as Inngest signs them, and by the key before this one", async () => {
  let runs = 0;
  const handle = singleFlight(
    async () => new Response(String(++runs)),
    () => ["signkey-test-1100", key],
  );
  const signed = sign('{"a":1,"b":2}', key);
  expect(await (await handle(call('{"b":2,"a":1}', signed))).text()).toBe("1");
  expect(await (await handle(call('{"b":2,"a":1}', signed))).text()).toBe("1");
  expect(await (await handle(call("no json", signed))).text()).toBe("2");
});

test("a call that threw is made again", async () => {
  let runs = 0;
  const handle = singleFlight(
    async () => {
      if (++runs === 1) throw new Error("broken");
      return new Response("fine");
    },
    () => [key],
  );
  await expect(handle(call("{}"))).rejects.toThrow("broken");
  expect(await (await handle(call("{}"))).text()).toBe("fine");
});
