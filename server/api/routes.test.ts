import { describe, expect, test } from "vitest";
import { personalProcedures } from "../access/personalProcedures.ts";
import { rootRouter } from "../trpc/root.ts";
import { findRoute } from "./findRoute.ts";
import { inputSchemas, namesIn } from "./input/inputSchema.ts";
import { unknownMembers } from "./input/unknownMembers.ts";
import { answerSchema } from "./openapi/answerSchema.ts";
import { routes } from "./routes.ts";
import { toldReasons, whyUnrouted } from "./unrouted.ts";

test("every procedure is an operation, or it is said why it is none", () => {
  const known = Object.keys(rootRouter._def.procedures);
  const routed = new Set(routes.map(({ procedure }) => procedure));
  expect(known.filter((procedure) => !routed.has(procedure) && whyUnrouted(procedure) === undefined)).toEqual([]);
  expect([...routed, ...toldReasons].filter((procedure) => !known.includes(procedure))).toEqual([]);
  expect(toldReasons.filter((procedure) => routed.has(procedure))).toEqual([]);
});

test("no two operations share a name, or a path and a method", () => {
  for (const names of [
    routes.map(({ operationId }) => operationId),
    routes.map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, "{}")}`),
  ]) {
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  }
});

test("what tokens may not do is no operation", () => {
  const refused = routes.filter(({ procedure }) => personalProcedures[procedure]?.by === "session");
  expect(refused).toEqual([]);
});

describe.each(routes.map((route) => [route.operationId, route] as const))("%s", (_, route) => {
  test("is found at its path, with the names of the path", () => {
    const values = Object.fromEntries(namesIn(route.path).map((name) => [name, `a/b ${name}`]));
    const path = route.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(values[name] ?? ""));
    const found = findRoute(path);
    expect(found?.methods.get(route.method)).toBe(route);
    expect(found?.params).toEqual(values);
  });

  test("takes inputs that its procedure has, and its example knows no others", () => {
    const { query, body, path } = inputSchemas(route);
    expect(Object.keys(path.properties)).toEqual(namesIn(route.path));
    if (route.example) expect(unknownMembers(body ?? query, route.example)).toEqual([]);
  });

  test("is told by the status that fits", () => {
    const { status = 200, method, location } = route;
    const says = answerSchema(route);
    if (says.type === "null") expect(status).toBe(204);
    if (status === 201) expect(location).toBeDefined();
    if (location !== undefined) expect([201, 202]).toContain(status);
    if (method === "GET") expect(status).toBe(200);
  });
});
