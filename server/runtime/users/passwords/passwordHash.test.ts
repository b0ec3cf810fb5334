import { parseOptions } from "@node-rs/argon2";
import { expect, test } from "vitest";
import { isAppError } from "#tests/support/isAppError.ts";
import { checkNewPassword } from "./newPassword.ts";
import { hashingCost, hashPassword, nobodysHash, verifyPassword } from "./passwordHash.ts";

test("passwords are hashed with argon2id at the cost we state, and nobody's hash costs the same", async () => {
  const stored = await hashPassword("analytical engine");
  for (const hash of [stored, nobodysHash]) {
    expect(hash).toMatch(/^\$argon2id\$v=19\$/);
    expect(parseOptions(hash)).toMatchObject(hashingCost);
  }
});

test("only the password itself verifies, however its accents were typed", async () => {
  const stored = await hashPassword("Čaj s mlékem".normalize("NFC"));
  expect(await verifyPassword("Čaj s mlékem".normalize("NFD"), stored)).toBe(true);
  expect(await verifyPassword("Čaj s mlekem", stored)).toBe(false);
  expect(await verifyPassword("Čaj s mlékem", null)).toBe(false);
});

test("length counts code points, and is the app's to say", () => {
  const check = (password: string, minLength?: number) => () =>
    checkNewPassword(password, {
      auth: { password: minLength === undefined ? {} : { minLength } },
      email: "ada.lovelace@example.com",
    });
  const refused = (rule: string) =>
    expect.toSatisfy(
      (error) =>
        isAppError("invalid_input")(error) && (error as { fields: { rule: string }[] }).fields[0]?.rule === rule,
    );
  expect(check("🦊".repeat(9))).toThrow(refused("minLength"));
  expect(check("kurz und f")).not.toThrow();
  expect(check("kurz und f", 11)).toThrow(refused("minLength"));
  expect(check("kurz 1", 6)).not.toThrow();
  expect(check(`${"kurz und gut ".repeat(16)}`)).toThrow(refused("maxLength"));
  for (const password of ["ada.lovelace@example.com", "Ada Lovelace", "adalovelaceadalovelace", "password123"]) {
    expect(check(password)).toThrow(refused("common"));
  }
});
