/** PostgreSQL's names for encodings, as the platform's decoder calls them. */
const labels: Readonly<Record<string, string>> = {
  UTF8: "utf-8",
  UNICODE: "utf-8",
  SQL_ASCII: "utf-8",
  LATIN1: "iso-8859-1",
  LATIN2: "iso-8859-2",
  LATIN3: "iso-8859-3",
  LATIN4: "iso-8859-4",
  LATIN5: "iso-8859-9",
  LATIN6: "iso-8859-10",
  LATIN7: "iso-8859-13",
  LATIN8: "iso-8859-14",
  LATIN9: "iso-8859-15",
  LATIN10: "iso-8859-16",
  ISO_8859_5: "iso-8859-5",
  ISO_8859_6: "iso-8859-6",
  ISO_8859_7: "iso-8859-7",
  ISO_8859_8: "iso-8859-8",
  KOI8R: "koi8-r",
  KOI8U: "koi8-u",
  EUC_JP: "euc-jp",
  EUC_KR: "euc-kr",
  SJIS: "shift_jis",
  BIG5: "big5",
  GBK: "gbk",
  GB18030: "gb18030",
  UHC: "euc-kr",
};

/** The encoding that a dump says it has, by its byte order mark or by what it sets at its beginning; UTF-8 otherwise. */
export function encodingOf(head: Buffer): string {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  const set = /^\s*SET\s+client_encoding\s*(?:=|TO)\s*'?([\w-]+)'?\s*;/im.exec(head.toString("latin1"));
  const name = set?.[1]?.toUpperCase().replaceAll("-", "_") ?? "UTF8";
  const windows = /^WIN(\d{3,4})$/.exec(name);
  return labels[name] ?? (windows ? `windows-${windows[1]}` : "utf-8");
}
