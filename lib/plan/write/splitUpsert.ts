const opening = '{"created":';

/** What the answer of an upsert holds: whether the record is new, and its JSON. */
export function splitUpsert(json: Uint8Array): { readonly created: boolean; readonly record: Uint8Array } {
  const head = new TextDecoder().decode(json.subarray(0, 40));
  const created = head.startsWith("true", opening.length);
  const start = head.indexOf('"record":') + '"record":'.length;
  return { created, record: json.subarray(start, json.length - 1) };
}
