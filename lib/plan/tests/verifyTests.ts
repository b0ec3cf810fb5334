import { errorCodes } from "../../errors/codes.ts";
import { checkExpression } from "../../expression/check/checkExpression.ts";
import { actionsOf, isStandardAction } from "../../model/actions/actionsOf.ts";
import { scopeOf } from "../../model/expressions/scopeOf.ts";
import type { AppTest, TestDeed, TestFile } from "../../model/testTypes.ts";
import type { Action, Model } from "../../model/types.ts";
import { nameHint } from "../../model/verify/nameHint.ts";
import type { Finding } from "../../model/verify/Rule.ts";
import { catalogOf, type Entity } from "../catalog/Catalog.ts";
import type { GivenTypes, TestScope } from "./TestScope.ts";
import { verifyGivenValues, verifyInput, verifyRecord } from "./verifyValues.ts";

/** Whatever tests say that does not fit the model. */
export function verifyTests(model: Model, files: readonly TestFile[]): readonly Finding[] {
  return files.flatMap(({ name, tests }) =>
    tests.flatMap((test) => verifyTest(model, test, ["tests", name, test.name])),
  );
}

type Path = readonly string[];

function verifyTest(model: Model, test: AppTest, path: Path): readonly Finding[] {
  const catalog = catalogOf(model);
  const given = new Map<string, string>();
  const found: Finding[] = [];
  for (const row of test.given ?? []) {
    const at = [...path, "given", row.name];
    const entity = catalog.entities.get(row.resource);
    const scope = { catalog, given: new Map(given) };
    if (entity) found.push(...verifyGivenValues(row.values, entity, { scope, path: [...at, "values"] }));
    else found.push(unknownResource(model, row.resource, [...at, "resource"]));
    given.set(row.name, row.resource);
  }
  const scope = { catalog, given };
  return [...found, ...verifyActor(model, test, { given, path }), ...verifyDeed(test, { model, scope, path })];
}

function verifyActor({ app }: Model, { as }: AppTest, { given, path }: Placed): readonly Finding[] {
  if (as.kind === "anonymous" || as.kind === "service") return [];
  const names = (app.roles ?? []).map(({ name }) => name);
  const roles = (as.roles ?? []).flatMap((role, index): readonly Finding[] => {
    if (names.includes(role)) return [];
    const message = `The app has no role \`${role}\`. ${nameHint(role, names, "Name one of its roles.")}`;
    return [{ code: "unknown_role", path: [...path, "as", "roles", String(index)], message }];
  });
  if (as.kind === "key") return roles;
  const at = [...path, "as", "row"];
  const resource = given.get(as.row);
  if (resource === undefined) return [unknownRow(as.row, given, at), ...roles];
  if (app.users === undefined) {
    const message = `The app does not say whose records are its users. Write \`users: "${resource}"\` in gantry.config.ts, or use \`key(...)\`.`;
    return [{ code: "no_users", path: at, message }, ...roles];
  }
  if (resource === app.users) return roles;
  const message = `\`${as.row}\` is a ${resource}, and the app's users are records of ${app.users}. Give one of those.`;
  return [{ code: "wrong_resource", path: at, message }, ...roles];
}

interface Placed {
  readonly given: GivenTypes;
  readonly path: Path;
}

interface Judged {
  readonly model: Model;
  readonly scope: TestScope;
  readonly path: Path;
}

function verifyDeed(test: AppTest, { model, scope, path }: Judged): readonly Finding[] {
  const { do: deed } = test;
  const at = [...path, "do"];
  const isOfResource = deed.kind === "list" || deed.kind === "create";
  const resource = isOfResource ? deed.resource : scope.given.get(deed.row);
  if (resource === undefined && !isOfResource) return [unknownRow(deed.row, scope.given, [...at, "row"])];
  const entity = scope.catalog.entities.get(resource ?? "");
  if (!entity) return isOfResource ? [unknownResource(model, deed.resource, [...at, "resource"])] : [];
  const action = actionOf(entity, deed);
  const isRefused = test.expect.kind === "refused";
  if (!action) {
    // That something cannot be done at all may be what is asked.
    const known = isRefused && isStandardAction(actionName(deed)) ? [] : [unknownAction(entity, deed, at)];
    return [...known, ...verifyExpectation(test, { entity, scope, path })];
  }
  const input = deed.kind === "get" ? {} : (deed.input ?? {});
  const context = { scope, path: [...at, "input"], isRefused };
  return [
    ...verifyInput(input, { entity, action }, context),
    ...(deed.kind === "list" && deed.where !== undefined ? verifyWhere(model, deed, { action, path: at }) : []),
    ...verifyExpectation(test, { entity, scope, path }),
  ];
}

function actionName(deed: TestDeed): string {
  return deed.kind === "get" ? "read" : deed.kind === "list" ? (deed.action ?? "read") : deed.action;
}

function actionType(deed: TestDeed): Action["type"] {
  return deed.kind === "get" || deed.kind === "list" ? "read" : deed.kind;
}

function actionOf(entity: Entity, deed: TestDeed): Action | undefined {
  const [name, type] = [actionName(deed), actionType(deed)];
  return actionsOf(entity.resource).find((action) => action.name === name && action.type === type);
}

const verbs = { read: "reads", create: "creates", update: "changes", destroy: "destroys" } as const;

function unknownAction(entity: Entity, deed: TestDeed, path: Path): Finding {
  const [name, type] = [actionName(deed), actionType(deed)];
  const actions = actionsOf(entity.resource);
  const other = actions.find((action) => action.name === name);
  const at = deed.kind === "get" ? path : [...path, "action"];
  if (other) {
    const head = other.type === "create" || other.type === "read" ? entity.name : "the record";
    const message = `\`${name}\` of \`${entity.name}\` ${verbs[other.type]}. Write \`${other.type}\` with ${head} here.`;
    return { code: "unknown_action", path: at, message };
  }
  const names = actions.filter((action) => action.type === type).map((action) => action.name);
  const hint = nameHint(name, names, `Name one that ${verbs[type]}.`);
  return { code: "unknown_action", path: at, message: `\`${entity.name}\` has no action \`${name}\`. ${hint}` };
}

function verifyWhere(
  model: Model,
  deed: Extract<TestDeed, { kind: "list" }>,
  { action, path }: { readonly action: Action; readonly path: Path },
): readonly Finding[] {
  const scope = scopeOf(model, deed.resource, { arguments: action.arguments ?? [] });
  const { problems } = checkExpression(deed.where ?? "", scope, { expected: { kind: "boolean" } });
  return problems.map(({ code, message, start, end }) => ({
    code,
    path: [...path, "where"],
    part: { start, end },
    message,
  }));
}

interface Expecting {
  readonly entity: Entity;
  readonly scope: TestScope;
  readonly path: Path;
}

function verifyExpectation({ do: deed, expect }: AppTest, { entity, scope, path }: Expecting): readonly Finding[] {
  const at = [...path, "expect"];
  switch (expect.kind) {
    case "done":
      if (!expect.record) return [];
      if (deed.kind === "list") {
        const message = "A list answers many records. Name them: `rows([...])`.";
        return [{ code: "wrong_expectation", path: [...at, "record"], message }];
      }
      return verifyRecord(expect.record, entity, { scope, path: [...at, "record"] });
    case "rows":
      if (deed.kind !== "list") {
        const message = "Only `read(...)` lists records. Write `done({ ... })` for one.";
        return [{ code: "wrong_expectation", path: [...at, "rows"], message }];
      }
      return expect.rows.flatMap((row, index) => {
        const place = [...at, "rows", String(index)];
        const resource = scope.given.get(row);
        if (resource === undefined) return [unknownRow(row, scope.given, place)];
        if (resource === entity.name) return [];
        const message = `\`${row}\` is a ${resource}, and ${entity.name} is what is listed.`;
        return [{ code: "wrong_resource", path: place, message }];
      });
    case "refused": {
      const codes = Object.keys(errorCodes);
      if (codes.includes(expect.code)) return [];
      const hint = nameHint(expect.code, codes, "See the list of codes in the documentation of errors.");
      return [{ code: "unknown_code", path: [...at, "code"], message: `There is no code \`${expect.code}\`. ${hint}` }];
    }
  }
}

function unknownResource({ resources }: Model, name: string, path: Path): Finding {
  const names = resources.map((resource) => resource.name);
  const hint = nameHint(name, names, "Name a resource.");
  return { code: "unknown_target", path, message: `There is no resource \`${name}\`. ${hint}` };
}

function unknownRow(name: string, given: GivenTypes, path: Path): Finding {
  const names = [...given.keys()];
  const hint = nameHint(name, names, "Name one of them.");
  const message =
    names.length === 0 ? `\`${name}\` is not given: this test gives no records.` : `\`${name}\` is not given. ${hint}`;
  return { code: "unknown_row", path, message };
}
