/** Whether a tag of `If-None-Match` is the one of an answer: weak ones count as strong ones (RFC 9110). */
export function sameTag(given: string, tag: string): boolean {
  const bare = (text: string) => text.trim().replace(/^W\//, "");
  return given.trim() === "*" || bare(given) === bare(tag);
}
