import { parseOptions } from "@node-rs/argon2";
import { expect, test } from "vitest";
import { newPassword, repeatsIdentity } from "./password.ts";
import { hashingCost, hashPassword, nobodysHash, verifyPassword } from "./passwordHash.ts";

const rules = (password: string) => {
  const result = newPassword.safeParse(password);
  return result.success ? [] : result.error.issues.map((issue) => issue.code === "custom" && issue.params?.rule);
};

test.each([
  "password123",
  "Passw0rd!!",
  "P@ssword2024",
  "qwertyuiop",
  "1234567890",
  "0987654321",
  "aaaaaaaaaaaa",
  "abcabcabcabc",
  "abcdefghij",
  "iloveyou12",
  "12345password",
  "letmein!!!!",
  "1q2w3e4r5t",
  "1234512345",
  "passwordpassword",
  "welcome2024",
])("%s is refused as common", (password) => {
  expect(rules(password)).toEqual(["common"]);
});

test.each([
  "correct horse battery",
  "Blaubeerkuchen im Mai",
  "x7#kQ9!mZp2L",
  "пароль из четырёх слов",
  "🦊🦉🐢🐙🦀🐝🦋🐞🐜🦎",
])("%s is taken", (password) => {
  expect(rules(password)).toEqual([]);
});

test("length counts code points, from 10 to 200", () => {
  expect(rules("🦊".repeat(9))).toContain("minLength");
  expect(rules("kurz und f")).toEqual([]);
  expect(rules("kurz und ")).toContain("minLength");
  const long = Array.from({ length: 100 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join("");
  expect(rules(long + long.split("").reverse().join(""))).toEqual([]);
  expect(rules(`${long + long.split("").reverse().join("")}x`)).toEqual(["maxLength"]);
});

test("name and address are no passwords", () => {
  const ada = { email: "ada.lovelace@example.com", name: "Ada Lovelace" };
  for (const password of ["ada.lovelace@example.com", "ADA LOVELACE", "adalovelace", "ada.lovelaceada.lovelace"]) {
    expect(repeatsIdentity(password, ada)).toBe(true);
  }
  expect(repeatsIdentity("analytical engine", ada)).toBe(false);
});

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
  expect(await verifyPassword("Čaj s mlékem", undefined)).toBe(false);
});
