import { describe, expect, test } from "vitest";
import { readAddress } from "./readAddress.ts";

const open = { allowPrivate: true };
const closed = { allowPrivate: false };

describe("connection strings", () => {
  test("are taken apart", async () => {
    expect(await readAddress("postgresql://me:p%40ss%3A@127.0.0.1:5433/my%20db?sslmode=disable", open)).toEqual({
      host: "127.0.0.1",
      port: 5433,
      user: "me",
      password: "p@ss:",
      database: "my db",
      ssl: false,
    });
    expect(await readAddress("postgres://me@[::1]", open)).toMatchObject({ host: "::1", port: 5432, database: "me" });
  });

  test.each([
    ["", "prefer"],
    ["?sslmode=require", { rejectUnauthorized: false }],
    ["?sslmode=require&sslrootcert=system", {}],
    ["?sslmode=verify-full", {}],
  ])("TLS of %j", async (query, ssl) => {
    expect((await readAddress(`postgres://me@127.0.0.1/db${query}`, open)).ssl).toEqual(ssl);
  });

  test("a name is checked by the certificate although its address is connected to", async () => {
    const address = await readAddress("postgres://me@localhost/db?sslmode=verify-full", open);
    expect(address).toMatchObject({
      host: expect.stringMatching(/^127\.0\.0\.1$|^::1$/),
      ssl: { servername: "localhost" },
    });
  });

  test.each([
    ["mysql://me@host/db", "postgres://"],
    ["file:///etc/passwd", "postgres://"],
    ["postgres:///db?host=/var/run/postgresql", "Name the host"],
    ["postgres://host/db", "Name the host and the user"],
    ["postgres://me@a.example,b.example/db", "several hosts"],
    ["postgres://me@127.0.0.1/db?host=10.0.0.1", '"host"'],
    ["postgres://me@127.0.0.1/db?passfile=/etc/shadow", '"passfile"'],
    ["postgres://me@127.0.0.1/db?sslmode=maybe", "sslmode"],
    ["postgres://me@127.0.0.1/db?sslrootcert=/etc/passwd", "root certificate"],
    ["postgres://me:%zz@127.0.0.1/db", "%25"],
    ["postgres://me@127.0.0.1:99999/db", "cannot be read"],
    ["postgres://me@nowhere.invalid/db", "was not found"],
  ])("%s is refused", async (url, message) => {
    await expect(readAddress(url, open)).rejects.toMatchObject({
      code: "invalid_input",
      message: expect.stringContaining(message),
    });
  });

  test.each([
    "127.0.0.1",
    "localhost",
    "10.0.0.5",
    "169.254.169.254",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "2130706433",
    "0x7f.1",
  ])("%s is refused where strangers have accounts", async (host) => {
    await expect(readAddress(`postgres://me@${host}/db`, closed)).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("the password is in no sentence", async () => {
    for (const url of [
      "postgres://me:s3cret@nowhere.invalid/db",
      "postgres://me:s3cret%zz@h/db",
      "mysql://me:s3cret@h/db",
    ]) {
      const error: unknown = await readAddress(url, closed).catch((caught: unknown) => caught);
      expect(error instanceof Error ? error.message : "").not.toContain("s3cret");
    }
  });
});
