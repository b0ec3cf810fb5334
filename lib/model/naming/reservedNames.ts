/** Names that mean something else on an object in JavaScript, and so in every client. */
const objectMembers = [
  "constructor",
  "hasOwnProperty",
  "isPrototypeOf",
  "propertyIsEnumerable",
  "prototype",
  "toJSON",
  "toLocaleString",
  "toString",
  "valueOf",
];

/** Names of attributes and relationships that are taken, and by what. */
const reservedFields = new Map<string, string>([
  ["id", "the key of every record"],
  ["globalId", "the name of every record among all"],
  ...["and", "or", "not"].map((word) => [word, "a word of filters"] as const),
  ...["true", "false", "null", "in"].map((word) => [word, "a word of expressions"] as const),
  ...["actor", "arguments", "context"].map((word) => [word, "a word of expressions"] as const),
  ...objectMembers.map((word) => [word, "a word of JavaScript"] as const),
]);

/** Type names that GraphQL or every Gantry API has already. */
const reservedTypes = new Map<string, string>([
  ...["Query", "Mutation", "Subscription"].map((name) => [name, "a root type of GraphQL"] as const),
  ...["String", "Int", "Float", "Boolean", "ID"].map((name) => [name, "a built-in type of GraphQL"] as const),
  ...[
    "Node",
    "PageInfo",
    "Connection",
    "Edge",
    "OrderDirection",
    "SortDirection",
    "UserError",
    "UserErrorCode",
    "FieldError",
    "ChangedManyPayload",
    "SummaryGrouping",
  ].map((name) => [name, "a type of every GraphQL API"] as const),
  ...["BigInt", "Decimal", "Date", "DateTime", "Timestamp", "Time", "Duration", "UUID", "Uuid", "JSON", "Json"].map(
    (name) => [name, "the name of a value type"] as const,
  ),
  ...["StringFilter", "IntFilter", "FloatFilter", "BooleanFilter", "IDFilter", "BigIntFilter", "DecimalFilter"].map(
    (name) => [name, "a filter type of every GraphQL API"] as const,
  ),
  ...["DateFilter", "DateTimeFilter", "TimestampFilter", "UUIDFilter", "UuidFilter", "JSONFilter", "JsonFilter"].map(
    (name) => [name, "a filter type of every GraphQL API"] as const,
  ),
  ...["Money", "MoneyInput", "StoredFile", "RecordHistory", "RecordChange", "RecordActor", "ChangeKind"].map(
    (name) => [name, "the name of a value type"] as const,
  ),
  ...["TimeFilter", "DurationFilter", "MoneyFilter", "StoredFileFilter", "PresenceFilter", "ValueListFilter"].map(
    (name) => [name, "a filter type of every GraphQL API"] as const,
  ),
  ...["String", "Int", "Boolean", "BigInt", "Decimal", "Date", "DateTime", "Time", "Duration", "UUID"].map(
    (name) => [`${name}ListFilter`, "a filter type of every GraphQL API"] as const,
  ),
  ...["Int", "Decimal", "Duration", "Money"].map(
    (name) => [`${name}Comparison`, "an input type of every GraphQL API"] as const,
  ),
  ...["TextFilter", "IntegerFilter", "ChoiceFilter"].map(
    (name) => [name, "a filter type of every GraphQL API"] as const,
  ),
  ...["Object", "Function", "Array", "Promise", "Error"].map((name) => [name, "a word of JavaScript"] as const),
]);

/** API names that a plural must not take: fields of the query type and segments of the API's paths. */
const reservedPlurals = new Map<string, string>([
  ["node", "a field of every GraphQL API"],
  ["nodes", "a field of every GraphQL API"],
]);

/** Segments of the paths of every resource's API. */
const reservedSegments = new Set(["batch", "bulk", "explain", "history", "restore", "summary"]);

const reservedOptions = new Set(["true", "false", "null"]);

/** Columns that PostgreSQL gives every table. */
const systemColumns = new Set(["tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"]);

/** What a name of an attribute or relationship means already; null when it is free. */
export function reservedField(name: string): string | null {
  return name.startsWith("__") ? "kept for GraphQL" : (reservedFields.get(name) ?? null);
}

/** Names that expressions of processes have for something else, and by what. */
const processWords = ["input", "steps", "error", "record", "previous", "actor", "arguments", "context", "now", "today"];

/** What a name of a step, an input or a value means already; null when it is free. */
export function reservedPart(name: string): string | null {
  if (name.startsWith("__")) return "kept for GraphQL";
  if (objectMembers.includes(name)) return "a word of JavaScript";
  return ["true", "false", "null", "in"].includes(name) ? "a word of expressions" : null;
}

/** What a name that stands by itself in expressions of processes means already; null when it is free. */
export function reservedItem(name: string): string | null {
  return processWords.includes(name) ? "a word of expressions" : reservedPart(name);
}

/** What a name of a resource means already; null when it is free. */
export function reservedType(name: string): string | null {
  return name.startsWith("__") ? "kept for GraphQL" : (reservedTypes.get(name) ?? null);
}

export function reservedPlural(plural: string): string | null {
  return plural.startsWith("__") ? "kept for GraphQL" : (reservedPlurals.get(plural) ?? null);
}

export function reservedSegment(segment: string): string | null {
  return reservedSegments.has(segment) ? "a path of every API" : null;
}

export function reservedOption(option: string): string | null {
  if (option.startsWith("__")) return "kept for GraphQL";
  return reservedOptions.has(option) ? "a word of GraphQL" : null;
}

export function reservedColumn(column: string): string | null {
  return systemColumns.has(column) ? "a column that PostgreSQL gives every table" : null;
}

export function reservedTable(table: string): string | null {
  return table.startsWith("gantry_") || table.startsWith("_gantry") ? "kept for Gantry's own tables" : null;
}
