import { AppError } from "../../errors/AppError.ts";
import { fileOf } from "../naming/fileOf.ts";
import { foreignKeyField } from "../naming/foreignKeyField.ts";
import type { ProgramKind } from "../naming/programFile.ts";
import { programFile, programFolder } from "../naming/programFile.ts";
import { seedFileOf } from "../naming/seedFileOf.ts";
import { printApp } from "../print/printApp.ts";
import { printFunction } from "../print/printFunction.ts";
import { printProcess } from "../print/printProcess.ts";
import { printResource } from "../print/printResource.ts";
import { printValueObject } from "../print/printValueObject.ts";
import { configFile } from "../read/modelFiles.ts";
import type { Places } from "../read/Places.ts";
import { ownsLinks } from "../relationships/ownsLinks.ts";
import type { Sources } from "../sources.ts";
import type { Attribute, Model, Resource, ValueObject } from "../types.ts";
import { editApp } from "./editApp.ts";
import { editFunction, editProcess } from "./editProgram.ts";
import { editResource } from "./editResource.ts";
import type { SeedEdit } from "./editSeeds.ts";
import { editSeeds } from "./editSeeds.ts";
import { editValueObject } from "./editValueObject.ts";
import type { Renames } from "./Renames.ts";
import { memberName, programNow, resourceNow, valueObjectNow } from "./Renames.ts";
import { cannotEdit } from "./SourceFile.ts";

export interface SourcesEdit {
  /** What the sources say now, and where. */
  readonly before: Model;
  readonly places: Places;
  /** What they shall say. */
  readonly after: Model;
  readonly renames: Renames;
}

/** New sources that say `after`: surgical edits where a thing changed, everything else byte for byte as it was. */
export function editSources(sources: Sources, edit: SourcesEdit): Sources {
  const { before, after, renames } = edit;
  const files = new Map(Object.entries(sources));
  editConfig(files, before, after);
  const moved: (() => void)[] = [];
  const kept = new Set<string>();
  for (const resource of before.resources) {
    const now = resourceNow(resource, after, renames);
    if (now) kept.add(now.name);
    // Files are written once all old ones are out of the way, so that names can be swapped.
    moved.push(takeResource(files, resource, { ...edit, now }), takeSeeds(files, resource, { ...edit, now }));
  }
  for (const valueObject of before.valueObjects ?? []) {
    const now = valueObjectNow(valueObject, after, renames);
    if (now) kept.add(now.name);
    moved.push(takeValueObject(files, valueObject, { ...edit, now }));
  }
  const programs = editPrograms(files, edit);
  moved.push(programs.write);
  for (const write of moved) write();
  for (const resource of after.resources) {
    if (!kept.has(resource.name)) put(files, fileOf(resource.name), printResource(resource, after));
  }
  for (const valueObject of after.valueObjects ?? []) {
    if (!kept.has(valueObject.name)) put(files, fileOf(valueObject.name), printValueObject(valueObject));
  }
  programs.add();
  return Object.fromEntries(files);
}

type Files = Map<string, string>;

/** Edits, moves, removes and adds the files of processes and functions. */
function editPrograms(files: Files, edit: SourcesEdit) {
  const processes = programsEdit(files, edit, {
    kind: "process",
    before: edit.before.processes ?? [],
    after: edit.after.processes ?? [],
    edit: editProcess,
    print: printProcess,
  });
  const functions = programsEdit(files, edit, {
    kind: "function",
    before: edit.before.functions ?? [],
    after: edit.after.functions ?? [],
    edit: editFunction,
    print: printFunction,
  });
  return {
    write: () => {
      for (const write of [...processes.moved, ...functions.moved]) write();
    },
    add: () => {
      processes.add();
      functions.add();
    },
  };
}

interface ProgramsEdit<T> {
  readonly kind: ProgramKind;
  readonly before: readonly T[];
  readonly after: readonly T[];
  readonly edit: (path: string, text: string, edit: { readonly before: T; readonly after: T }) => string;
  readonly print: (program: T) => string;
}

function programsEdit<T extends { readonly name: string }>(
  files: Files,
  { places, renames }: SourcesEdit,
  { kind, before, after, edit, print }: ProgramsEdit<T>,
) {
  const kept = new Set<string>();
  const moved = before.map((program) => {
    const now = programNow(program, after, renames);
    if (now) kept.add(now.name);
    return takeFile(files, {
      before: program,
      now,
      places,
      path: places.rangeOf([programFolder(kind), program.name])?.file ?? programFile(kind, program.name),
      pathNow: (name) => programFile(kind, name),
      edit: (path, text, fresh) => edit(path, text, { before: program, after: fresh }),
    });
  });
  const add = () => {
    for (const program of after)
      if (!kept.has(program.name)) put(files, programFile(kind, program.name), print(program));
  };
  return { moved, add };
}

interface ResourceChange extends SourcesEdit {
  readonly now: Resource | null;
}

interface ValueObjectChange extends SourcesEdit {
  readonly now: ValueObject | null;
}

function editConfig(files: Files, before: Model, after: Model): void {
  if (JSON.stringify(before.app) === JSON.stringify(after.app)) return;
  const text = files.get(configFile);
  const edit = { before: before.app, after: after.app };
  files.set(configFile, text === undefined ? printApp(after.app) : editApp(configFile, text, edit));
}

function takeResource(files: Files, resource: Resource, { now, places, renames }: ResourceChange): () => void {
  const nameNow = (member: string) => memberName(resource, member, renames);
  const edit = (path: string, text: string, after: Resource) =>
    editResource(path, text, { before: resource, after, nameNow });
  return takeFile(files, { before: resource, now, places, edit });
}

function takeValueObject(files: Files, before: ValueObject, { now, places, renames }: ValueObjectChange): () => void {
  const nameNow = (member: string) => memberName(before, member, renames);
  const edit = (path: string, text: string, after: ValueObject) =>
    editValueObject(path, text, { before, after, nameNow });
  return takeFile(files, { before, now, places, edit });
}

/** Edits or removes the file of a resource, value object, process or function; one that has another name is written by the answer. */
function takeFile<T extends { readonly name: string }>(
  files: Files,
  {
    before,
    now,
    places,
    path = places.rangeOf([before.name])?.file ?? fileOf(before.name),
    pathNow = fileOf,
    edit,
  }: {
    readonly before: T;
    readonly now: T | null;
    readonly places: Places;
    /** Where it is written, and where it is written under another name; those of resources where they are absent. */
    readonly path?: string;
    readonly pathNow?: (name: string) => string;
    readonly edit: (path: string, text: string, after: T) => string;
  },
): () => void {
  const text = files.get(path);
  if (text === undefined) return () => {};
  if (!now) {
    files.delete(path);
    return () => {};
  }
  if (now === before) return () => {};
  if (places.unread.has(before.name)) throw cannotEdit(path);
  const edited = edit(path, text, now);
  if (now.name === before.name) {
    files.set(path, edited);
    return () => {};
  }
  files.delete(path);
  return () => put(files, pathNow(now.name), edited);
}

function takeSeeds(files: Files, resource: Resource, { now, renames }: ResourceChange): () => void {
  const path = seedFileOf(resource.name);
  const text = files.get(path);
  if (text === undefined || now === resource) return () => {};
  if (!now) {
    files.delete(path);
    return () => {};
  }
  const edited = editSeeds(text, seedEdit(resource, now, renames));
  if (now.name === resource.name) {
    files.set(path, edited);
    return () => {};
  }
  files.delete(path);
  return () => put(files, seedFileOf(now.name), edited);
}

function put(files: Files, path: string, text: string): void {
  if (files.has(path)) {
    throw new AppError("conflict", `There is a file ${path} already. Rename or remove it first.`);
  }
  files.set(path, text);
}

/** What becomes of the fields of the API, by which seed rows name their values. */
function seedEdit(before: Resource, after: Resource, renames: Renames): SeedEdit {
  const renamed = new Map<string, string>();
  const removed: string[] = [];
  const options = new Map<string, ReadonlyMap<string, string>>();
  const fields = seedFields(after);
  for (const [name, field] of seedFields(before)) {
    const now = fields.get(memberName(before, name, renames));
    if (now === undefined) removed.push(field);
    else if (now !== field) renamed.set(field, now);
  }
  for (const attribute of before.attributes) {
    const now = after.attributes.find(({ name }) => name === memberName(before, attribute.name, renames));
    if (now) options.set(attribute.name, optionRenames(attribute, now));
  }
  return { renamed, removed, options };
}

/** The field of a seed row that belongs to each attribute and relationship. */
function seedFields({ attributes, relationships }: Resource): ReadonlyMap<string, string> {
  return new Map([
    ...attributes.map(({ name }) => [name, name] as const),
    ...relationships.flatMap((relationship): readonly (readonly [string, string])[] => {
      if (relationship.kind === "belongsTo") return [[relationship.name, foreignKeyField(relationship)]];
      return ownsLinks(relationship) ? [[relationship.name, relationship.name]] : [];
    }),
  ]);
}

/** Options that are stored as before under another name. */
function optionRenames({ type: before }: Attribute, { type: after }: Attribute): ReadonlyMap<string, string> {
  if (before.kind !== "choice" || after.kind !== "choice") return new Map();
  return new Map(
    before.options.flatMap(({ name, stored }): readonly (readonly [string, string])[] => {
      const now = after.options.find((option) => option.stored === stored);
      return now && now.name !== name ? [[name, now.name]] : [];
    }),
  );
}
