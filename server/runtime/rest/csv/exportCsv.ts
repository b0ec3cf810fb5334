import { AppError } from "#lib/errors/AppError.ts";
import { restPath } from "#lib/model/naming/restPath.ts";
import { authorize } from "#lib/plan/authorize.ts";
import { entityNamed } from "#lib/plan/catalog/Catalog.ts";
import { columnsOf } from "#lib/plan/read/columnsOf.ts";
import type { ListShape, ReadManyShape, ReadPlan, Selection } from "#lib/plan/types.ts";
import type { Answer } from "../../http/Answer.ts";
import { queryWithout } from "../query/queryWithout.ts";
import type { RestCall } from "../RestCall.ts";
import { asksCsv, csvType } from "./asksCsv.ts";
import { readFormulas } from "./formulas.ts";
import { printedColumn, printHeader } from "./printRows.ts";
import { rowStream } from "./rowStream.ts";

/** What a list is asked for beyond what JSON knows. */
export interface CsvOptions {
  readonly escapes: boolean;
  /** Whether one page is asked for; without it, all there is. */
  readonly paged: boolean;
}

/** What a list is asked for as CSV, and the call without what is said of CSV alone; null where JSON will do. */
export function csvCall(call: RestCall): { readonly call: RestCall; readonly csv: CsvOptions | null } {
  const { request } = call;
  if (!asksCsv(request)) return { call, csv: null };
  const { query, taken } = queryWithout(request.query, ["formulas"]);
  const csv = { escapes: readFormulas(taken.get("formulas")), paged: /(?:^|&)page(?:\[|%5B)/i.test(query) };
  return { call: { ...call, request: { ...request, query } }, csv };
}

interface Export extends CsvOptions {
  /** What is to be said with the answer besides. */
  readonly headers: readonly string[];
}

/** The records of a list as CSV, sent while they are read: nothing but what is under way is held. */
export async function exportCsv(call: RestCall, plan: ReadPlan, asked: Export): Promise<Answer> {
  const { escapes, paged } = asked;
  const { app, request, bulk } = call;
  const { shape } = plan;
  if (shape.kind !== "many") throw new Error("CSV is made of lists.");
  const entity = entityNamed(app.catalog, shape.resource);
  const selection = tableOf(shape.list);
  const columns = columnsOf(app.catalog, entity, selection);
  const printed = columns.map((column) => printedColumn(column, escapes));
  const links = paged || shape.within ? await pageLinks(call, { ...plan, shape }, paged) : [];
  const name = restPath(entity.resource);
  const headers = ["content-disposition", `attachment; filename="${name}.csv"`, ...links, ...asked.headers];
  const answer = { status: 200, contentType: csvType, body: null, headers } as const;

  const list: ListShape = { ...shape.list, output: { kind: "array", selection } };
  const rows: ReadPlan = { ...plan, shape: { ...shape, list } };
  // Refused before the head is sent, also where that is all.
  authorize(app.catalog, request.actor, rows);
  if (request.method === "HEAD") return { ...answer, stream: null };
  const { fromEnd: reversed, size } = shape.list.page;
  const limit = paged ? size : null;
  const { actor } = request;
  const head = printHeader(columns);
  return { ...answer, stream: await rowStream({ bulk, actor, plan: rows, limit, reversed, head, columns: printed }) };
}

/** What a list shows of each record; refused where that fits no table. */
function tableOf({ output }: ListShape): Selection {
  const refuse = (field: string, message: string) => {
    throw new AppError("invalid_request", message, { fields: [{ field, rule: "csv", message }] });
  };
  if (output.kind === "array") return checked(output.selection, refuse);
  for (const member of output.members) {
    if (member.kind !== "items" && member.kind !== "page") refuse(member.as, "CSV shows records and nothing else.");
  }
  const items = output.members.find((member) => member.kind === "items");
  return checked(items?.selection ?? [], refuse);
}

function checked(selection: Selection, refuse: (field: string, message: string) => void): Selection {
  for (const member of selection) {
    if (member.kind === "many") {
      refuse("include", `CSV has no place for lists such as ${member.as}; include single records.`);
    }
    if (member.kind === "one") checked(member.selection, refuse);
  }
  return selection;
}

/** Where the pages before and after this one are (RFC 8288). Not found, where the list is that of a record that is not. */
async function pageLinks(
  { run, request }: RestCall,
  plan: ReadPlan & { readonly shape: ReadManyShape },
  paged: boolean,
): Promise<readonly string[]> {
  const { shape } = plan;
  const members = [
    { kind: "next", as: "next" },
    { kind: "previous", as: "previous" },
  ] as const;
  const output = { kind: "object", members: [{ kind: "page", as: "page", members }] } as const;
  const json = await run(request.actor, { ...plan, shape: { ...shape, list: { ...shape.list, output } } });
  if (!json) throw new AppError("not_found", `There is no ${shape.within?.resource ?? "such list"} with this key.`);
  if (!paged) return [];
  const { page } = JSON.parse(Buffer.from(json).toString("utf8")) as { readonly page: Record<string, string | null> };
  const rest = request.query.split("&").filter((pair) => !/^page(?:\[|%5B)(?:after|before)/i.test(pair));
  const link = (cursor: string | null | undefined, side: string, rel: string) => {
    if (!cursor) return [];
    const query = [...rest, `page[${side}]=${cursor}`].join("&");
    return [`<${request.url}${request.path}?${query}>; rel="${rel}"`];
  };
  const all = [...link(page.next, "after", "next"), ...link(page.previous, "before", "prev")];
  return all.length > 0 ? ["link", all.join(", ")] : [];
}
