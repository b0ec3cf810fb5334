/** The words of a name in any of the usual spellings: `OrderDetail`, `order_detail`, `order-detail`, `APIKey` (`API`, `Key`). Digits stay with the word before them. */
export function wordsOf(name: string): readonly string[] {
  return (
    name
      .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1 $2")
      .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
