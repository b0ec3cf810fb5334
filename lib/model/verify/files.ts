import { eachAttribute } from "./eachAttribute.ts";
import type { Finding, Rule } from "./Rule.ts";

/** 5 TB: what an object store takes as one object. */
const maxBytes = 5_000_000_000_000;
const maxMediaTypes = 50;

/** `image/png` or `image/*`, of the letters that RFC 6838 allows. */
const mediaType = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/(\*|[a-z0-9][a-z0-9!#$&^_.+-]{0,126})$/;

/** Files say a size that can be kept and media types that there can be, each once. */
export const files: Rule = eachAttribute(({ attribute: { type }, path }) => {
  if (type.kind !== "file") return [];
  const { maxSize, mediaTypes = null } = type;
  const code = "file";
  const wrongSize = maxSize !== undefined && (maxSize < 1 || maxSize > maxBytes);
  return [
    ...(wrongSize
      ? [{ code, path: [...path, "maxSize"], message: `\`maxSize\` is a number of bytes from 1 to ${maxBytes}.` }]
      : []),
    ...(mediaTypes === null ? [] : mediaTypeFindings(mediaTypes, [...path, "mediaTypes"])),
  ];
});

function mediaTypeFindings(mediaTypes: readonly string[], path: readonly string[]): readonly Finding[] {
  const code = "file";
  if (mediaTypes.length === 0) return [{ code, path, message: "Name a media type, or leave `mediaTypes` out." }];
  if (mediaTypes.length > maxMediaTypes) {
    return [
      { code, path, message: `At most ${maxMediaTypes} media types can stand here. Use \`image/*\` and the like.` },
    ];
  }
  return mediaTypes.flatMap((text, index) => {
    const at = [...path, String(index)];
    if (mediaTypes.indexOf(text) < index)
      return [{ code, path: at, message: `\`${text}\` is here twice. Remove one.` }];
    if (mediaType.test(text)) return [];
    const lower = text.toLowerCase();
    const hint = mediaType.test(lower) ? `Write \`${lower}\`.` : "Write one such as `image/png` or `image/*`.";
    return [{ code, path: at, message: `\`${text}\` is no media type. ${hint}` }];
  });
}
