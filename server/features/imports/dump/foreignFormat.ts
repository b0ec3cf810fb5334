const plain = "Make a plain one with pg_dump --format=plain and send that.";

const magics: readonly (readonly [bytes: string | readonly number[], at: number, sentence: string])[] = [
  ["PGDMP", 0, `This is a dump in pg_dump's own custom format. ${plain}`],
  ["ustar", 257, `This is a tar archive, perhaps a dump in pg_dump's tar format. ${plain}`],
  ["SQLite format 3", 0, "This is an SQLite database. Only PostgreSQL databases can be imported."],
  [[0x50, 0x4b, 0x03, 0x04], 0, "This is a ZIP archive. Unpack it and send the SQL file in it."],
  [[0x42, 0x5a, 0x68], 0, "The file is compressed by bzip2. Unpack it first, or compress it by gzip."],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 0, "The file is compressed by xz. Unpack it first, or compress it by gzip."],
  [[0x28, 0xb5, 0x2f, 0xfd], 0, "The file is compressed by zstd. Unpack it first, or compress it by gzip."],
];

const dialects: readonly (readonly [pattern: RegExp, product: string])[] = [
  [
    /^-- (?:MySQL|MariaDB) dump|\/\*![0-9]{5,6} SET|ENGINE ?= ?(?:InnoDB|MyISAM)|CREATE TABLE (?:IF NOT EXISTS )?`/im,
    "MySQL or MariaDB",
  ],
  [/^PRAGMA \w+/im, "SQLite"],
  [/^\s*SET ANSI_NULLS|^\s*CREATE TABLE \[|^GO\s*$/im, "SQL Server"],
  [/\bVARCHAR2 ?\(|^\s*REM INSERTING into/im, "Oracle"],
];

/** A sentence for a file that is something else than the SQL text of a PostgreSQL database; null when nothing says so. */
export function foreignFormat(head: Buffer): string | null {
  for (const [magic, at, sentence] of magics) {
    const bytes = Buffer.from(typeof magic === "string" ? Buffer.from(magic) : magic);
    if (head.subarray(at, at + bytes.length).equals(bytes)) return sentence;
  }
  const isWide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (!isWide && head.includes(0)) return `The file is binary, not SQL text. ${plain}`;
  const text = head.toString(isWide ? "utf16le" : "latin1");
  if (/^-- PostgreSQL database dump/m.test(text)) return null;
  const product = dialects.find(([pattern]) => pattern.test(text))?.[1];
  return product ? `This looks like a dump of ${product}. Only PostgreSQL databases can be imported.` : null;
}
