import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import ts from "typescript";
import { expect, test } from "vitest";
import { printSources } from "../print/printSources.ts";
import { builders } from "../read/builders.ts";
import type { Sources } from "../sources.ts";
import { blankApp } from "../starter/blankApp.ts";
import { drawModel } from "../testing/arbitraryModel.ts";
import { processSources } from "../testing/processSources.ts";
import { gantryModule } from "./gantryModule.ts";

/** What the real TypeScript says of an app's files, as an editor would show it. */
function complaints(sources: Sources): readonly string[] {
  const files = new Map(
    Object.entries({ ...blankApp("App"), ...sources }).map(([path, text]) => [`/app/${path}`, text]),
  );
  const config = ts.parseConfigFileTextToJson("tsconfig.json", files.get("/app/tsconfig.json") ?? "");
  const { options } = ts.parseJsonConfigFileContent(config.config, { ...ts.sys, readDirectory: () => [] }, "/app");
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = (path) => files.get(path) ?? readFile(path);
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.getSourceFile = (path, version) => {
    const text = files.get(path);
    return text === undefined ? library(path, version) : ts.createSourceFile(path, text, version);
  };
  host.getCurrentDirectory = () => "/app";
  const roots = [...files.keys()].filter((path) => path.endsWith(".ts"));
  const program = ts.createProgram(roots, options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) => `${file?.fileName ?? ""}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`);
}

const libraries = new Map<string, ts.SourceFile>();

function library(path: string, version: ts.ScriptTarget | ts.CreateSourceFileOptions): ts.SourceFile | undefined {
  const known = libraries.get(path);
  if (known) return known;
  const text = ts.sys.readFile(path);
  if (text === undefined) return undefined;
  const file = ts.createSourceFile(path, text, version);
  libraries.set(path, file);
  return file;
}

const templates = ["crm", "inventory", "hr"].flatMap((id) => {
  const folder = join(import.meta.dirname, "../../../templates", id);
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
  return paths.map((path) => [`${id}/${path}`, readFileSync(join(folder, path), "utf8")] as const);
});

test("TypeScript takes a blank app, the templates, and any model as it is printed", () => {
  const drawn = fc.sample(fc.gen(), 20).flatMap((draw, at) => {
    return Object.entries(printSources(drawModel(draw))).map(([path, text]) => [`drawn${at}/${path}`, text] as const);
  });
  expect(templates.length).toBeGreaterThan(20);
  const sources = Object.fromEntries([...templates, ...drawn]);
  expect(complaints(sources).map((said) => ({ said, text: sources[said.slice(5).split(":")[0] ?? ""] }))).toEqual([]);
});

test("an editor marks what Gantry refuses, and nothing else", () => {
  const wrong = [
    "events: 'yes'",
    "attributes: { a: text({ maxlength: 5 }) }",
    "attributes: { a: text({ min: 5 }) }",
    'attributes: { a: integer({ default: "5" }) }',
    "attributes: { a: date({ default: now() }) }",
    "attributes: { a: timestamp({ default: today() }) }",
    'attributes: { a: choice(["open", "shipped"], { default: "opne" }) }',
    'attributes: { a: choice({ open: "O" }, { default: "O" }) }',
    "attributes: { a: json({ unique: true }) }",
    'attributes: { a: "text" }',
    'relationships: { a: belongsTo("Order", { onDelete: "drop" }) }',
    'relationships: { a: hasMany("Order") }',
    'relationships: { a: manyToMany("Order", { via: "b", table: "c" }) }',
    "relationships: { a: text() }",
    'attributes: { a: text() }, unique: [["b"]]',
    'attributes: { a: text() }, relationships: { b: hasMany("Order", { via: "c" }) }, indexes: [["b"]]',
    "key: decimal(), attributes: {}",
    "attributes: { a: list(text(), { unique: true }) }",
    'attributes: { a: list("text") }',
    "attributes: { a: embed() }",
    "attributes: { a: encrypted({ unique: true }) }",
    "attributes: { a: vector('3') }",
    "attributes: { a: sequence('{0}', { default: '1' }) }",
    "attributes: { a: time({ default: now() }) }",
    "attributes: { a: money({ currency: 1 }) }",
    'relationships: { a: hasOne("Order") }',
    'relationships: { a: manyToMany("Order", { through: "Link", table: "c" }) }',
    "actions: { list: {} }",
    "actions: { read: { accept: ['a'] } }",
    "actions: { win: { accept: ['a'] } }",
    "actions: { win: update({ colour: 1 }) }",
    "calculations: { a: text() }",
    "calculations: { a: text('b', { required: true }) }",
    "aggregates: { a: sum('lines.price', { order: ['a'] }) }",
    "attributes: { a: text('b') }",
    "validations: [check('a')]",
    "attributes: { a: text() }, states: { attribute: 'b', transitions: {} }",
    "attributes: { a: text() }, tenant: 'b'",
    "attributes: { a: text() }, search: ['b']",
    "policies: [allow('read')]",
    "policies: ['read']",
    "attributes: { a: text() }, search: search(['a'], { language: 'latin' })",
    "versioned: { needed: true }",
    "colour: 1",
  ];
  const right = [
    "key: integer({ column: 'n', default: generated() })",
    "attributes: { a: uuid({ default: uuid() }), b: choice(['x'], { default: 'x' }), c: json({ default: { d: [1, null] } }) }",
    "attributes: { a: text() }, relationships: { e: belongsTo('Order'), f: manyToMany('Order', { via: 'e' }) }, unique: [['a', 'e']], indexes: [['-a', 'e']]",
    "actions: { read: {} }",
    "actions: { read: {}, create: { accept: ['a'] }, win: update({ accept: ['a'], set: { a: 'b' }, require: require('a', 'b') }) }",
    "actions: { update: update({ arguments: { a: text({ maxLength: 5 }) } }), old: read({ where: 'a < b' }), add: create({ upsert: ['a'] }) }",
    "calculations: { a: decimal('b * 2', { scale: 2, stored: true }), c: choice(['x'], \"d ? 'x' : null\"), e: list(text(), 'f') }",
    "aggregates: { a: count('b'), c: list('b.d', { order: ['-e'], where: 'f' }), g: max('b.d', { stored: 'h' }) }",
    "validations: [check('a > 0', { message: 'b', field: 'a', when: 'c', on: ['create'] })]",
    "attributes: { a: choice(['x']) }, states: { attribute: 'a', transitions: { b: '* -> x', c: transition('x -> x', { when: 'd' }) } }",
    "policies: [allow('read', 'a', { describe: 'b' }), forbid(['update', 'win'], 'c'), field('d', { read: 'e' })]",
    "attributes: { a: text({ required: true }) }, softDelete: true, history: true, versioned: { required: true }, timestamps: true, tenant: 'a', search: ['a'], order: ['-createdAt']",
    "attributes: { a: text() }, softDelete: softDelete({ column: 'b' }), search: search(['a'], { language: 'german' }), unique: [['a'], uniqueWhen(['a'], 'b')]",
  ];
  const files = [...wrong, ...right].map((options, at) => [
    `domain/case${at}.ts`,
    `import { ${[...builders].filter((name) => name !== "app").join(", ")} } from "gantry";
    export default resource("Order", { ${options} });`,
  ]);
  const said = complaints(Object.fromEntries(files));
  const marked = [...wrong, ...right].filter((_, at) => said.some((line) => line.includes(`domain/case${at}.ts`)));
  expect(marked).toEqual(wrong);
});

const inProcess = (steps: string) => `export default process("p", { steps: { ${steps} } });`;

test("an editor marks what is wrong in processes, functions and settings, and nothing else", () => {
  const wrong = [
    inProcess("a: act('Deal')"),
    inProcess("a: mail({ to: 'b', subject: 'c' })"),
    inProcess("a: wait({})"),
    inProcess("a: wait({ for: 'b', until: 'c' })"),
    inProcess("a: request('FETCH', 'b')"),
    inProcess("a: transform({ b: 'c' })"),
    inProcess("a: branch([{ when: 'b' }])"),
    inProcess("a: forEach('b', { steps: {} })"),
    inProcess("a: repeat('b', { steps: {} })"),
    inProcess("a: fail('b', { retry: 3 })"),
    inProcess("a: fail('b', { onError: [] })"),
    inProcess("a: ask('b', { prompt: 'c' })"),
    inProcess("a: text()"),
    'export default process("p", {});',
    'export default process("p", { steps: {}, starts: [onHook("a", { signature: { scheme: "hmac", secret: "A" } })] });',
    'export default process("p", { steps: {}, starts: [onSchedule("* * * * *", { missed: "all" })] });',
    'export default process("p", { steps: {}, input: { a: "text" } });',
    'export default fn("f", { parameters: { a: decimal() } }, ({ a }) => a);',
    'export default fn("f", { returns: text() });',
    'export default fn("f", { parameters: { a: integer() }, returns: text() }, ({ a }) => a.length);',
    'export default fn("f", { parameters: { a: integer() }, returns: text() }, ({ b }) => b);',
    'export default app({ name: "A", connections: { a: http({}) } });',
    'export default app({ name: "A", connections: { a: model({ url: "b" }) } });',
    'export default app({ name: "A", connections: { a: http({ url: "b", authorization: "c" }) } });',
    'export default app({ name: "A", auth: { signUp: "closed" } });',
    'export default app({ name: "A", auth: { providers: { a: { issuer: "b" } } } });',
  ];
  const right = [
    processSources["processes/close-deal.ts"] ?? "",
    processSources["functions/vat.ts"] ?? "",
    processSources["gantry.config.ts"] ?? "",
    'export default fn("f", { parameters: { a: list(decimal()), b: integer(), c: money() }, returns: integer() }, ({ a, b, c }) => (a?.length ?? 0) + (b ?? 0) + Number(c?.amount));',
    'export default app({ name: "A", auth: { password: true, totp: true } });',
  ];
  const files = [...wrong, ...right].map((text, at) => [
    `processes/case${at}.ts`,
    text.includes("import ") ? text : `import { ${builders.join(", ")} } from "gantry";\n${text}`,
  ]);
  const said = complaints(Object.fromEntries(files));
  const marked = [...wrong, ...right].filter((_, at) => said.some((line) => line.includes(`processes/case${at}.ts`)));
  expect(marked).toEqual(wrong);
});

const inTests = (parts: string) => `export default tests([test("a", { ${parts} })]);`;
const given = 'given: { ada: row("Person"), deal: row("Deal", { owner: ref("ada"), tags: [ref("ada")] }) }';

test("an editor marks what is wrong in tests, and nothing else", () => {
  const wrong = [
    "export default tests(test('a', { as: service(), do: read('Deal'), expect: done() }));",
    "export default tests([{ name: 'a' }]);",
    inTests("as: service(), do: read('Deal')"),
    inTests("as: 'service', do: read('Deal'), expect: done()"),
    inTests("as: service(), do: get('deal'), expect: done()"),
    inTests(`${given}, as: service(), do: get('dael'), expect: done()`),
    inTests(`${given}, as: user('bob'), do: get('deal'), expect: done()`),
    inTests(`${given}, as: service(), do: read('Deal'), expect: rows(['dael'])`),
    inTests("given: { ada: { name: 'Ada' } }, as: service(), do: get('ada'), expect: done()"),
    inTests("as: key(['rep']), do: read('Deal'), expect: done()"),
    inTests("as: service(), do: read('Deal'), expect: refused('forbiden')"),
    inTests("as: service(), do: create('Deal', { at: new Date() }), expect: done()"),
    inTests("as: service(), do: create({ accept: [] }), expect: done()"),
    inTests("as: service(), do: read('Deal'), expect: read('Deal')"),
  ];
  const right = [
    inTests(`${given}, explain: 'b', as: user('ada', { roles: ['rep'] }), do: update('deal', 'win'), expect: done()`),
    inTests(`${given}, as: key({ roles: ['rep'] }), do: read('Deal', { where: 'a' }), expect: rows(['deal'])`),
    inTests(`${given}, as: key(), do: destroy('deal'), expect: refused('invalid_input', { field: 'b' })`),
    inTests(`${given}, as: anonymous(), do: update('deal', { c: null }), expect: done({ owner: ref('ada') })`),
    inTests("as: service(), do: create('Deal', 'import', { b: [1, { c: true }] }), expect: done()"),
    inTests("as: service(), do: read('Deal', { action: 'open', input: { a: 1 } }), expect: rows([])"),
    "export default tests({ describe: 'b' }, []);",
  ];
  const files = [...wrong, ...right].map((text, at) => [
    `tests/case${at}.ts`,
    `import { ${builders.join(", ")} } from "gantry";\n${text}`,
  ]);
  const said = complaints(Object.fromEntries(files));
  const marked = [...wrong, ...right].filter((_, at) => said.some((line) => line.includes(`tests/case${at}.ts`)));
  expect(marked).toEqual(wrong);
});

test("every builder function is declared", () => {
  for (const name of builders)
    expect(gantryModule).toMatch(new RegExp(`\\n {2}(?:function ${name}[<(]|class ${name} )`));
});
