import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testSeed } from "#tests/support/testSeed.ts";
import { type AuthApp, authApp } from "../testing/authApp.ts";

let on: AuthApp;
beforeAll(async () => {
  on = await authApp();
});
afterAll(() => on[Symbol.asyncDispose]());

/** What may be done with a session: one of its tokens is used (counted from the newest), or time passes. */
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("use" as const), back: fc.integer({ min: 0, max: 3 }) }) },
  { weight: 1, arbitrary: fc.constant({ kind: "wait" as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("both" as const), back: fc.integer({ min: 0, max: 1 }) }) },
);

test("a family has one newest token; whoever comes with an older one ends it, but for a lost answer", {
  timeout: 60_000,
}, async () => {
  const person = await on.person();
  const refresh = (refreshToken: string | undefined) => on.auth("refresh", { refreshToken: refreshToken ?? "" });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), async (steps) => {
      const { email, password } = person;
      const from = `10.9.${rounds >> 8}.${rounds++ & 255}`;
      const { body } = await on.send("POST", "/auth/sign-in", { body: { email, password }, from });
      const given: string[] = [body.refreshToken];
      let [isOver, isInGrace] = [false, true];
      for (const one of steps) {
        if (one.kind === "wait") {
          isInGrace = false;
          await on.app
            .sql`update gantry_sessions set rotated_at = now() - interval '1 minute' where id = ${body.session}`;
          continue;
        }
        const at = Math.max(given.length - 1 - one.back, 0);
        const isNewest = at === given.length - 1;
        const isSuccessorAgain = at === given.length - 2 && isInGrace;
        const replies = await Promise.all((one.kind === "both" ? [1, 2] : [1]).map(() => refresh(given[at])));
        const isFine = !isOver && (isNewest || isSuccessorAgain);
        expect(replies.map(({ status }) => status)).toEqual(replies.map(() => (isFine ? 200 : 401)));
        if (!isFine) isOver = true;
        else if (isNewest) {
          // Of two at once the second has the first one's lost answer.
          given.push(replies[0]?.body.refreshToken);
          isInGrace = true;
        }
        if (isFine) for (const reply of replies) expect(reply.body.refreshToken).toBe(given.at(-1));
      }
      const me = await on.send("GET", "/auth/me", { token: body.accessToken });
      expect(me.status).toBe(isOver ? 401 : 200);
    }),
    { numRuns: 40, seed: testSeed },
  );
});

let rounds = 0;
