import { AppError } from "#lib/errors/AppError.ts";
import { authorize } from "#lib/plan/authorize.ts";
import type { Entity } from "#lib/plan/catalog/Catalog.ts";
import type { Selection } from "#lib/plan/types.ts";
import type { WriteContext } from "#lib/plan/write/WriteContext.ts";
import type { BulkChange } from "../../bulk/Bulk.ts";
import { type Answer, emptyAnswer, jsonAnswer } from "../../http/Answer.ts";
import type { AppRequest } from "../../http/AppRequest.ts";
import { readPreferences } from "../preferences.ts";
import { queryWithout } from "../query/queryWithout.ts";
import type { RestCall } from "../RestCall.ts";
import { type Batch, batchesOf } from "./batchesOf.ts";
import type { Cell } from "./CsvParser.ts";
import { createRows } from "./createRows.ts";
import { mayHoldFormula, readFormulas, unescapeFormula } from "./formulas.ts";
import { ImportReport } from "./ImportReport.ts";
import { Incoming } from "./Incoming.ts";
import { readHeader } from "./importHeader.ts";
import type { RowWriter } from "./RowWriter.ts";
import { upsertRows } from "./upsertRows.ts";
import { writeRows } from "./writeRows.ts";

const keyAlone: Selection = [{ kind: "field", as: "id", field: "id" }];

/** A transaction whose next rows do not come for so long holds up others. */
const slowestBatchSeconds = 60;

/**
 * Creates records of the rows of a table, or with `by` changes those that are there already: all or none of them, or
 * with `Prefer: handling=lenient` all that are good.
 */
export async function importCsv(call: RestCall, entity: Entity, by: readonly string[] | null): Promise<Answer> {
  const { app, request } = call;
  checkType(request);
  const lenient = isLenient(request);
  const { dryRun, minimal } = readPreferences(request);
  const { query, taken } = queryWithout(request.query, ["formulas", ...(by ? ["by"] : [])]);
  if (query !== "") throw new AppError("invalid_request", "A table of records understands by and formulas alone.");
  const escapes = readFormulas(taken.get("formulas"));
  const { actor } = request;
  const context: WriteContext = { catalog: app.catalog, entity, selection: by ? keyAlone : [], actor };
  const report = new ImportReport({ lenient });
  const begin = (header: readonly Cell[], line: number): RowWriter<unknown> => {
    const fields = readHeader(header, line, context);
    const given = fields.map(({ name }) => name);
    authorize(app.catalog, actor, { shape: { ...anyRows, resource: entity.name, given }, parameters: [] });
    const writer: RowWriter<unknown> = by ? upsertRows(fields, by, context) : createRows(fields, context);
    if (!escapes) return writer;
    const guarded = fields.map(({ type }) => mayHoldFormula(type));
    const plain = (cell: Cell, index: number) => (cell !== null && guarded[index] ? unescapeFormula(cell) : cell);
    return { ...writer, read: (cells) => writer.read(cells.map(plain)) };
  };
  const incoming = new Incoming(request.content());
  try {
    const batches = batchesOf({ incoming, begin, report });
    await take(call, batches, { report, lenient, dryRun });
  } catch (error) {
    await incoming.discard();
    throw error;
  }
  const followed = [
    ...(lenient ? ["handling=lenient"] : []),
    ...(dryRun ? ["tx=rollback"] : []),
    ...(minimal && report.failed === 0 ? ["return=minimal"] : []),
  ];
  const headers = followed.length > 0 ? ["preference-applied", followed.join(", ")] : [];
  if (minimal && report.failed === 0) return emptyAnswer(204, headers);
  return jsonAnswer(by || dryRun || report.failed > 0 ? 200 : 201, report.json(), headers);
}

/** Whether new records may be made at all is asked before any row is read. */
const anyRows = { kind: "createMany", fields: [], rows: 0, selection: [] } as const;

interface Taking {
  readonly report: ImportReport;
  readonly lenient: boolean;
  readonly dryRun: boolean;
}

async function take(
  { bulk, request }: RestCall,
  batches: AsyncGenerator<Batch<unknown>, void>,
  { report, lenient, dryRun }: Taking,
): Promise<void> {
  const { actor } = request;
  const write = ({ rows, writer }: Batch<unknown>, change: BulkChange) =>
    writeRows(rows, { writer, change, actor, report });
  // Nothing is begun until there is something to write.
  let next = await batches.next();
  if (lenient && !dryRun) {
    await bulk.changes(async (begin) => {
      for (; !next.done; next = await batches.next()) {
        const { value } = next;
        await begin((change) => write(value, change));
      }
    });
    return;
  }
  const all = async (change: BulkChange) => {
    while (!next.done && !report.isFull) {
      // The next rows are read while these are written.
      const coming = batches.next();
      coming.catch(() => {});
      await write(next.value, change);
      next = await inTime(coming);
    }
    if (!lenient && report.failed > 0) throw report.error();
  };
  if (!next.done) await bulk.change(all, { dryRun });
  else if (!lenient && report.failed > 0) throw report.error();
}

function inTime<Result>(coming: Promise<Result>): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const message = `The next rows did not come within ${slowestBatchSeconds} seconds. Send smaller tables, or prefer handling=lenient.`;
  const timer = setTimeout(() => reject(new AppError("invalid_request", message)), 1000 * slowestBatchSeconds);
  return Promise.race([coming, promise]).finally(() => clearTimeout(timer));
}

function isLenient({ headers }: AppRequest): boolean {
  return /(?:^|[,;])\s*handling\s*=\s*"?lenient"?\s*(?:$|[,;])/i.test(String(headers.prefer ?? ""));
}

/** UTF-8 with a first line of names is all that is understood. */
function checkType({ headers }: AppRequest): void {
  const [, ...parameters] = (headers["content-type"] ?? "").split(";").map((part) => part.trim().toLowerCase());
  for (const parameter of parameters) {
    const [name, value = ""] = parameter.split("=").map((part) => part.trim().replace(/^"(.*)"$/, "$1"));
    if (name === "charset" && value !== "utf-8" && value !== "utf8" && value !== "us-ascii") {
      throw new AppError("unsupported_media_type", "Send the table as UTF-8: Content-Type: text/csv; charset=utf-8.");
    }
    if (name === "header" && value === "absent") {
      throw new AppError("unsupported_media_type", "The first line has to name the fields that the columns are for.");
    }
  }
  if (headers["content-encoding"] !== undefined && headers["content-encoding"] !== "identity") {
    throw new AppError("unsupported_media_type", "Send the table without a content encoding.");
  }
}
