import { z } from "zod";
import { type ChainedEntry, hashEntry } from "../AuditEntry.ts";
import { type ChainProblem, ChainWalk } from "../ChainWalk.ts";

const place = z.object({ sequence: z.int().min(0), hash: z.string() });

const headerLine = z.object({
  kind: z.literal("gantry.audit"),
  version: z.literal(1),
  organisation: z.string(),
  slug: z.string(),
  exportedAt: z.string(),
  isSelection: z.boolean(),
  begins: place,
  ends: place,
});

/** Anything more in a line would not be hashed, and so could have been added. */
const entryLine = z.strictObject({
  organisation: z.string(),
  sequence: z.int().min(1),
  at: z.string(),
  actor: z.record(z.string(), z.unknown()),
  action: z.string(),
  outcome: z.string(),
  target: z.string().nullable(),
  project: z.string().nullable(),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  before: z.unknown(),
  after: z.unknown(),
  previousHash: z.string(),
  hash: z.string(),
});

export interface VerifiedExport {
  readonly problem: ChainProblem | null;
  readonly header: z.infer<typeof headerLine>;
  readonly entries: number;
}

/**
 * Whether an export as NDJSON is as it was written, without asking anybody: of a whole log that no entry was altered,
 * removed, added, moved or cut off; of a selection that no entry was altered. Throws where it is no such export.
 */
export async function verifyExport(lines: AsyncIterable<string>): Promise<VerifiedExport> {
  let header: z.infer<typeof headerLine> | null = null;
  let walk: ChainWalk | null = null;
  let entries = 0;
  let last = 0;
  for await (const line of lines) {
    if (line.trim() === "") continue;
    if (header === null || walk === null) {
      header = readHeader(line);
      walk = new ChainWalk(header.organisation, header.begins);
      continue;
    }
    const read = readEntry(line);
    if (read === null) {
      return { header, entries, problem: { sequence: last + 1, problem: `The line after entry ${last} is no entry.` } };
    }
    const problem = header.isSelection ? alone(read, last) : walk.take(read);
    if (problem) return { header, entries, problem };
    last = read.sequence;
    entries += 1;
  }
  if (header === null || walk === null) throw new Error("This is no export of an audit log.");
  return { header, entries, problem: header.isSelection ? null : atEnd(walk, header.ends) };
}

function readHeader(line: string): z.infer<typeof headerLine> {
  const read = headerLine.safeParse(parsed(line));
  if (read.success) return read.data;
  throw new Error("This is no export of an audit log as NDJSON: its first line does not say so.");
}

function readEntry(line: string): ChainedEntry | null {
  const read = entryLine.safeParse(parsed(line));
  // Whatever the fields hold is what was hashed.
  return read.success ? (read.data as unknown as ChainedEntry) : null;
}

function alone({ previousHash, hash, ...entry }: ChainedEntry, last: number): ChainProblem | null {
  const { sequence } = entry;
  if (sequence <= last) return { sequence, problem: `Entry ${sequence} stands after entry ${last}.` };
  return hashEntry(entry, previousHash) === hash ? null : { sequence, problem: `Entry ${sequence} was altered.` };
}

function atEnd(walk: ChainWalk, ends: z.infer<typeof place>): ChainProblem | null {
  const { sequence, hash } = walk.place;
  if (sequence < ends.sequence) {
    return { sequence: sequence + 1, problem: `Entries ${sequence + 1} to ${ends.sequence} are missing.` };
  }
  return sequence === ends.sequence && hash === ends.hash
    ? null
    : { sequence, problem: "The end does not fit what the first line says." };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
