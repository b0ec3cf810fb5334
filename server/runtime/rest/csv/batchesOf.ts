import { type Cell, CsvParser, malformed } from "./CsvParser.ts";
import type { ImportReport } from "./ImportReport.ts";
import type { Incoming } from "./Incoming.ts";
import { isRefused, type RowWriter } from "./RowWriter.ts";
import { Utf8Reader } from "./Utf8Reader.ts";
import type { SourceRow } from "./writeRows.ts";

/** Rows that are written together; fewer where they are large. */
const mostRows = 2000;
const mostCharacters = 1 << 20;

export interface BatchSource<Row> {
  readonly incoming: Incoming;
  /** Is given the row of names; throws where they will not do. */
  readonly begin: (header: readonly Cell[], line: number) => RowWriter<Row>;
  readonly report: ImportReport;
}

export interface Batch<Row> {
  readonly rows: readonly SourceRow<Row>[];
  readonly writer: RowWriter<Row>;
}

/**
 * The rows of a table in batches, as it arrives. Those that are refused by what they hold are told to the report and left
 * out; a table that cannot be read on is refused as a whole.
 */
export async function* batchesOf<Row>(source: BatchSource<Row>): AsyncGenerator<Batch<Row>, void> {
  const { incoming, begin, report } = source;
  let writer: RowWriter<Row> | null = null;
  let width = 0;
  let rows: SourceRow<Row>[] = [];
  let characters = 0;
  const parser = new CsvParser((cells, line) => {
    if (!writer) {
      width = cells.length;
      writer = begin(cells, line);
      return;
    }
    if (report.isFull) return;
    if (cells.length !== width) {
      const message = `This row has ${counted(cells.length, "value")}, and the first line names ${counted(width, "column")}.`;
      report.fail(line, "invalid_input", [{ field: "", rule: "columns", message }]);
      return;
    }
    const row = writer.read(cells);
    if (isRefused(row)) report.fail(line, "invalid_input", row.refusals);
    else {
      rows.push({ row, line });
      for (const cell of cells) if (cell !== null) characters += cell.length;
    }
  });
  const batch = (): Batch<Row>[] => {
    if (!writer || rows.length === 0) return [];
    const full = { rows, writer };
    rows = [];
    characters = 0;
    return [full];
  };
  const reader = new Utf8Reader();
  for (let piece = await incoming.next(); piece && !report.isFull; piece = await incoming.next()) {
    const text = reader.read(piece);
    if (text === null) throw notUtf8(parser, piece);
    parser.push(text);
    if (rows.length >= mostRows || characters >= mostCharacters) yield* batch();
  }
  if (!report.isFull) {
    if (!reader.end()) throw notUtf8(parser, Buffer.alloc(0));
    parser.end();
  }
  if (!writer) throw malformed(1, "header", "The first line has to name the fields that the columns are for.");
  yield* batch();
}

function notUtf8(parser: CsvParser, piece: Buffer): Error {
  const before = piece.toString("utf8").split("\ufffd", 1)[0] ?? "";
  return malformed(parser.line + before.split("\n").length - 1, "encoding", "Send the table as UTF-8.");
}

const counted = (count: number, word: string) => (count === 1 ? `1 ${word}` : `${count} ${word}s`);
