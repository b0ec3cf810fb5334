import { expect, test } from "vitest";
import { openApiDocument } from "#lib/codegen/openapi/openApiDocument.ts";
import type { AppAuth } from "#lib/model/processTypes.ts";
import { authRoutes } from "./routes/authRoutes.ts";
import { usersModel } from "./testing/usersModel.ts";

/** What browsers are sent to; no client calls it. */
const pages = ["GET /link/open", "POST /link/open", "GET /{provider}/start", "GET /{provider}/callback"];

function documented(auth: AppAuth): readonly string[] {
  const { paths } = openApiDocument(usersModel(auth), { url: "https://notes.example", release: 1 });
  return Object.entries(paths).flatMap(([path, item]) =>
    path.startsWith("/auth/") ? Object.keys(item).map((method) => `${method.toUpperCase()} ${path.slice(5)}`) : [],
  );
}

function served(auth: AppAuth): readonly string[] {
  const there = authRoutes.filter(({ isThere }) => isThere?.(auth) ?? true);
  return there.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`);
}

test.each<[string, AppAuth]>([
  ["everything", { password: {}, magicLink: true, code: true, totp: {}, providers: [] }],
  ["passwords alone", { password: {} }],
  ["codes alone", { code: true }],
])("an app with %s documents what it serves", (_, auth) => {
  const { password: __, ...rest } = usersModel().app.auth ?? {};
  const whole = { ...rest, ...auth };
  expect(documented({ password: undefined, ...whole } as AppAuth).toSorted()).toEqual(
    served(whole)
      .filter((route) => !pages.includes(route))
      .toSorted(),
  );
});
