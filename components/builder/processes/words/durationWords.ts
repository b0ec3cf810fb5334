const units = [
  ["week", /(\d+)W/],
  ["day", /(\d+)D/],
  ["hour", /(\d+)H/],
  ["minute", /T(?:.*?)(\d+)M/],
  ["second", /(\d+(?:\.\d+)?)S/],
] as const;

/** `PT36H30M` as `36 hours and 30 minutes`; a text that is no duration as it is. */
export function durationWords(text: string): string {
  if (!/^P(?=.)(?:\d+W)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?$/.test(text)) return text;
  const parts = units.flatMap(([unit, shape]) => {
    const count = shape.exec(text)?.[1];
    return count === undefined ? [] : [`${count} ${unit}${count === "1" ? "" : "s"}`];
  });
  return parts.length < 2 ? (parts[0] ?? text) : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
