import { randomBytes, randomUUID } from "node:crypto";
import type postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Model } from "#lib/model/types.ts";
import { isAppError } from "#tests/support/isAppError.ts";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import { FieldCipher } from "../../encryption/FieldCipher.ts";
import { Database } from "../../exec/Database.ts";
import { Sealer } from "../Sealer.ts";
import { SecondFactors } from "./SecondFactors.ts";
import { secondFactorState } from "./secondFactorGate.ts";
import { codeAt } from "./timeCodes.ts";

const model: Model = { app: { name: "Sales", auth: { password: {}, totp: {} } }, resources: [] };
const half = 30_000;

let kept: ModelDatabase;
let database: Database;
const clock = { now: Date.parse("2026-11-21T12:00:00Z") };
const key = randomBytes(32).toString("base64url");
const sealer = new Sealer(new FieldCipher({ current: "one", keys: [{ id: "one", key }] }));
const factors = new SecondFactors({ sealer, app: "Sales", now: () => clock.now });
beforeAll(async () => {
  kept = await modelDatabase(model);
  database = new Database(kept.url);
});
afterAll(async () => {
  await database.close();
  await kept[Symbol.asyncDispose]();
});

const own = <Result>(work: (sql: postgres.TransactionSql) => Promise<Result>) => database.own(work);

async function anAccount(): Promise<{ readonly id: string; readonly email: string }> {
  const id = randomUUID();
  const email = `${id}@example.com`;
  await own((sql) => sql`insert into gantry_accounts (id, email) values (${id}, ${email})`);
  return { id, email };
}

async function enrolled() {
  const account = await anAccount();
  const { secret } = await own((sql) => factors.begin(sql, account));
  const codes = await own((sql) => factors.confirm(sql, account.id, codeAt(secret, clock.now)));
  clock.now += half;
  return { id: account.id, secret, codes: codes ?? [] };
}

describe("a second factor", () => {
  test("counts once a code has shown that the app knows the secret", async () => {
    const account = await anAccount();
    const { secret, address } = await own((sql) => factors.begin(sql, account));
    expect(address).toBe(
      `otpauth://totp/Sales:${encodeURIComponent(account.email)}?issuer=Sales&secret=${secret}&algorithm=SHA1&digits=6&period=30`,
    );
    expect(await own((sql) => factors.take(sql, account.id, codeAt(secret, clock.now)))).toBe(null);
    expect(await own((sql) => factors.confirm(sql, account.id, "000000"))).toBe(null);
    expect(await own((sql) => secondFactorState(sql, account.id))).toMatchObject({ since: null });
    const codes = await own((sql) => factors.confirm(sql, account.id, codeAt(secret, clock.now)));
    expect(new Set(codes).size).toBe(10);
    expect(await own((sql) => secondFactorState(sql, account.id))).toMatchObject({ recoveryCodesLeft: 10 });
    await expect(own((sql) => factors.begin(sql, account))).rejects.toSatisfy(isAppError("conflict"));
  });

  test("keeps neither the secret nor the recovery codes in the clear", async () => {
    const { id, secret, codes } = await enrolled();
    const rows = await own(
      (sql) => sql`
      select t::text || c::text as all from gantry_totp t join gantry_recovery_codes c using (account) where account = ${id}`,
    );
    expect(rows.length).toBe(10);
    for (const { all } of rows) {
      expect(all).not.toContain(secret);
      expect(codes.some((code) => String(all).includes(code))).toBe(false);
    }
  });

  test("takes the codes of now, just before and just after, each once and none before one that was taken", async () => {
    const { id, secret } = await enrolled();
    const take = (at: number) => own((sql) => factors.take(sql, id, codeAt(secret, at)));
    expect(await take(clock.now - 2 * half)).toBe(null);
    expect(await take(clock.now + 2 * half)).toBe(null);
    expect(await take(clock.now)).toBe("totp");
    expect(await take(clock.now)).toBe(null);
    expect(await take(clock.now + half)).toBe("totp");
    expect(await take(clock.now + half)).toBe(null);
    expect(await take(clock.now)).toBe(null);
    clock.now += 2 * half;
    expect(await take(clock.now)).toBe("totp");
  });

  test("takes a code of many who come with it at once for one", async () => {
    const { id, secret } = await enrolled();
    const code = codeAt(secret, clock.now);
    const taken = await Promise.all(Array.from({ length: 8 }, () => own((sql) => factors.take(sql, id, code))));
    expect(taken.filter((one) => one !== null)).toEqual(["totp"]);
  });

  test("does not take the code that it was confirmed with", async () => {
    const account = await anAccount();
    const { secret } = await own((sql) => factors.begin(sql, account));
    const code = codeAt(secret, clock.now);
    await own((sql) => factors.confirm(sql, account.id, code));
    expect(await own((sql) => factors.take(sql, account.id, code))).toBe(null);
  });

  test("takes each recovery code once, however it is typed, and none of before", async () => {
    const { id, codes } = await enrolled();
    const [first = "", second = ""] = codes;
    const take = (code: string) => own((sql) => factors.take(sql, id, code));
    expect(await take(` ${first.toUpperCase().replaceAll("-", " ")}`)).toBe("recoveryCode");
    expect(await take(first)).toBe(null);
    expect(await take("aaaa-aaaa-aaaa-aaaa")).toBe(null);
    const fresh = await own((sql) => factors.renewRecoveryCodes(sql, id));
    expect(await take(second)).toBe(null);
    expect(await take(fresh[0] ?? "")).toBe("recoveryCode");
    expect((await own((sql) => secondFactorState(sql, id))).recoveryCodesLeft).toBe(9);
  });

  test("is nobody else's: another account's codes are not taken, nor a secret that was moved", async () => {
    const [anna, bob] = [await enrolled(), await enrolled()];
    expect(await own((sql) => factors.take(sql, bob.id, codeAt(anna.secret, clock.now)))).toBe(null);
    expect(await own((sql) => factors.take(sql, bob.id, anna.codes[0] ?? ""))).toBe(null);
    await own(
      (sql) => sql`
      update gantry_totp set secret = (select secret from gantry_totp where account = ${anna.id}) where account = ${bob.id}`,
    );
    await expect(own((sql) => factors.take(sql, bob.id, codeAt(anna.secret, clock.now)))).rejects.toThrow();
  });

  test("is gone with all its codes when it is removed, and with its account", async () => {
    const { id, secret, codes } = await enrolled();
    expect(await own((sql) => factors.remove(sql, id))).toBe(true);
    expect(await own((sql) => factors.remove(sql, id))).toBe(false);
    expect(await own((sql) => factors.take(sql, id, codeAt(secret, clock.now)))).toBe(null);
    expect(await own((sql) => factors.take(sql, id, codes[0] ?? ""))).toBe(null);
    const other = await enrolled();
    await own((sql) => sql`delete from gantry_accounts where id = ${other.id}`);
    expect(await own((sql) => secondFactorState(sql, other.id))).toEqual({ since: null, recoveryCodesLeft: 0 });
  });

  test.each(["", "12345", "1234567", "é", "\u0000", "０１２３４５", "'; drop table gantry_totp; --", "x".repeat(16)])(
    "is not shown by %j",
    async (code) => {
      const { id } = await enrolled();
      expect(await own((sql) => factors.take(sql, id, code))).toBe(null);
    },
  );
});
