import ts from "typescript";
import type { JsonSchema } from "../../JsonSchema.ts";

/** Writes types of TypeScript as schemas of what JSON.stringify makes of their values. */
export class SchemaWriter {
  readonly #checker: ts.TypeChecker;
  readonly #root: string;
  /** By type, so that what is spoken of twice is written once; recursion ends here too. */
  readonly #names = new Map<ts.Type, string>();
  readonly #named = new Map<string, JsonSchema>();

  constructor(checker: ts.TypeChecker, root: string) {
    this.#checker = checker;
    this.#root = root;
  }

  /** Types that have a name in the sources, by it. */
  named(): Readonly<Record<string, JsonSchema>> {
    return Object.fromEntries([...this.#named].sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  schemaOf(type: ts.Type, place: string): JsonSchema {
    const name = this.#nameOf(type);
    if (name === undefined) return this.#write(type, place);
    const reference = { $ref: `#/components/schemas/${name}` };
    if (this.#names.has(type)) return reference;
    this.#names.set(type, name);
    this.#named.set(name, {});
    const description = type.aliasSymbol ? this.#said(type.aliasSymbol) : this.#said(type.symbol);
    this.#named.set(name, { ...description, ...this.#write(type, place) });
    return reference;
  }

  #write(type: ts.Type, place: string): JsonSchema {
    const { flags } = type;
    if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return {};
    if (flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined | ts.TypeFlags.Void)) return { type: "null" };
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
    if (flags & ts.TypeFlags.BooleanLiteral) return { const: this.#checker.typeToString(type) === "true" };
    if (flags & (ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral)) return { type: "string" };
    if (flags & ts.TypeFlags.Number) return { type: "number" };
    if (flags & ts.TypeFlags.Boolean) return { type: "boolean" };
    if (type.isUnion()) return this.#union(type, place);
    if (flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) return this.#object(type, place);
    throw new Error(`${place} has the type ${this.#checker.typeToString(type)}, which JSON cannot hold.`);
  }

  #union(type: ts.UnionType, place: string): JsonSchema {
    const members = type.types.filter(({ flags }) => !(flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void)));
    const written = members.map((member) => this.schemaOf(member, place));
    const both = [true, false].every((value) => written.some((schema) => schema.const === value));
    const literals = written.flatMap((schema) => {
      return schema.const !== undefined && !(both && typeof schema.const === "boolean") ? [schema.const] : [];
    });
    const isNull = written.some((schema) => schema.type === "null");
    const others = written.filter((schema) => schema.const === undefined && schema.type !== "null");
    const choices: JsonSchema[] = [
      ...(both ? [{ type: "boolean" }] : []),
      ...(literals.length > 0
        ? [{ enum: [...literals.sort(inOrder), ...(isNull && others.length === 0 && !both ? [null] : [])] }]
        : []),
      ...others,
    ];
    // TypeScript keeps members in the order in which it met them, which other files decide.
    const unique = [...new Map(choices.map((choice) => [JSON.stringify(choice), choice]))]
      .sort(([one], [other]) => inOrder(one, other))
      .map(([, choice]) => choice);
    const [only] = unique;
    if (only && unique.length === 1) {
      if (!isNull || only.enum?.includes(null)) return only;
      if (typeof only.type === "string") return { ...only, type: [only.type, "null"] };
    }
    if (!only) return { type: "null" };
    return { anyOf: [...unique, ...(isNull ? [{ type: "null" }] : [])] };
  }

  #object(type: ts.Type, place: string): JsonSchema {
    const checker = this.#checker;
    const name = type.getSymbol()?.getName();
    if (name === "Date") return { type: "string", format: "date-time" };
    if (checker.isTupleType(type)) {
      const parts = checker.getTypeArguments(type as ts.TypeReference).map((part) => this.schemaOf(part, place));
      return { type: "array", prefixItems: parts, minItems: parts.length, items: false };
    }
    if (checker.isArrayType(type)) {
      const [item] = checker.getTypeArguments(type as ts.TypeReference);
      return { type: "array", items: item ? this.schemaOf(item, place) : {} };
    }
    if (type.getCallSignatures().length > 0 || name === "Map" || name === "Set" || name === "Uint8Array") {
      throw new Error(`${place} has the type ${checker.typeToString(type)}, which JSON cannot hold.`);
    }
    const properties: Record<string, JsonSchema> = {};
    const required: string[] = [];
    for (const property of checker.getPropertiesOfType(type)) {
      const key = property.getName();
      const given = checker.getTypeOfSymbol(property);
      if (given.flags & ts.TypeFlags.Undefined) continue;
      properties[key] = this.#property(property, given, `${place}.${key}`);
      if (!mayBeLeftOut(property, given)) required.push(key);
    }
    const index = checker.getIndexTypeOfType(type, ts.IndexKind.String);
    return {
      type: "object",
      ...((Object.keys(properties).length > 0 || !index) && { properties, required }),
      ...(index && { additionalProperties: this.schemaOf(index, `${place}.*`) }),
    };
  }

  #property(property: ts.Symbol, type: ts.Type, place: string): JsonSchema {
    return { ...this.#said(property), ...this.schemaOf(type, place) };
  }

  #said(symbol: ts.Symbol | undefined): JsonSchema {
    const description = symbol ? this.saidOf(symbol) : "";
    return description ? { description } : {};
  }

  /** The comment above it, on one line. */
  saidOf(symbol: ts.Symbol): string {
    return ts.displayPartsToString(symbol.getDocumentationComment(this.#checker)).replaceAll(/\s+/g, " ").trim();
  }

  /** Of object types and unions that our sources name; the same name of another type gets a number. */
  #nameOf(type: ts.Type): string | undefined {
    const known = this.#names.get(type);
    if (known !== undefined) return known;
    if (!(type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Union | ts.TypeFlags.Intersection))) return undefined;
    const isPlain = type.isUnion() && type.types.every((member) => !(member.flags & ts.TypeFlags.Object));
    if (isPlain || type.aliasTypeArguments?.length) return undefined;
    const symbol = type.aliasSymbol ?? (type.isClassOrInterface() ? type.symbol : undefined);
    const file = symbol?.declarations?.[0]?.getSourceFile().fileName;
    if (!symbol || !file?.startsWith(this.#root) || file.includes("/node_modules/")) return undefined;
    const base = symbol.getName();
    for (let number = 1; ; number++) {
      const name = number === 1 ? base : `${base}${number}`;
      if (!this.#named.has(name)) return name;
    }
  }
}

function inOrder(one: unknown, other: unknown): number {
  return String(one) < String(other) ? -1 : 1;
}

function mayBeLeftOut(property: ts.Symbol, type: ts.Type): boolean {
  if (property.flags & ts.SymbolFlags.Optional) return true;
  if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return true;
  return type.isUnion() && type.types.some(({ flags }) => flags & ts.TypeFlags.Undefined);
}
