/** Operators of one scalar's filter input, in the order of the documents. */
const comparisons = (type: string) => [
  `eq: ${type}`,
  `ne: ${type}`,
  `lt: ${type}`,
  `lte: ${type}`,
  `gt: ${type}`,
  `gte: ${type}`,
  `in: [${type}!]`,
  `notIn: [${type}!]`,
  "isNull: Boolean",
];

const patterns = ["contains", "startsWith", "endsWith", "ieq", "icontains", "istartsWith", "iendsWith"].map(
  (operator) => `${operator}: String`,
);

const filter = (name: string, operators: readonly string[]) =>
  `input ${name} {\n${operators.map((operator) => `  ${operator}`).join("\n")}\n}`;

const keyFilter = (scalar: string) => filter(`${scalar}KeyFilter`, comparisons("ID"));

/** What every app's schema shares: scalars, paging, the error of an action, filters of the scalars. */
export const commonSdl = [
  '"An exact decimal number, as a string."\nscalar Decimal',
  '"A 64-bit integer, as a string."\nscalar BigInt',
  '"A calendar date, YYYY-MM-DD."\nscalar Date',
  '"A moment in UTC, RFC 3339."\nscalar DateTime @specifiedBy(url: "https://www.rfc-editor.org/rfc/rfc3339")',
  'scalar UUID @specifiedBy(url: "https://www.rfc-editor.org/rfc/rfc9562")',
  '"Any JSON value."\nscalar JSON',
  "enum SortDirection {\n  ASC\n  DESC\n}",
  "type PageInfo {\n  hasNextPage: Boolean!\n  hasPreviousPage: Boolean!\n  startCursor: String\n  endCursor: String\n}",
  '"Why an action was refused."\ntype UserError {\n  "Stable; match on this."\n  code: String!\n  "A sentence that says what to do."\n  message: String!\n  fields: [FieldError!]!\n}',
  "type FieldError {\n  field: String!\n  rule: String!\n  message: String!\n  allowed: [String!]\n}",
  filter("StringFilter", [...comparisons("String"), ...patterns]),
  ...["Int", "BigInt", "Decimal", "Date", "DateTime"].map((type) => filter(`${type}Filter`, comparisons(type))),
  filter("BooleanFilter", ["eq: Boolean", "ne: Boolean", "isNull: Boolean"]),
  filter("UUIDFilter", ["eq: UUID", "ne: UUID", "in: [UUID!]", "notIn: [UUID!]", "isNull: Boolean"]),
  filter("JSONFilter", ["isNull: Boolean"]),
  ...["String", "Int", "BigInt", "UUID"].map(keyFilter),
].join("\n\n");
