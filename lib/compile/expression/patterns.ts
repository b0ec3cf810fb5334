/** Texts that say a value, as regular expressions of PostgreSQL: what they match is read without an error. */

const day = [
  "(?!0000)[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))",
  "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)-02-29",
].join("|");
const minute = "(?:[01][0-9]|2[0-3]):[0-5][0-9]";
const second = ":[0-5][0-9](?:\\.[0-9]{1,6})?";

export const datePattern = `^(?:${day})$`;
export const timePattern = `^${minute}(?:${second})?$`;
export const timestampPattern = `^(?:${day})[Tt ]${minute}${second}(?:[Zz]|[+-]${minute})$`;
export const integerPattern = "^[+-]?0*[0-9]{1,19}$";
/** Of at most `maxNumberLength` characters. */
export const decimalPattern = "^[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)$";
export const maxNumberLength = 1000;
export const uuidPattern = "^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$";
export const booleanPattern = "^(?:true|false)$";
/** Of stored lengths of time; up to a hundred thousand years, without the sign. */
export const durationPattern = "^PT(?=[0-9])(?:[0-9]{1,9}H)?(?:[0-9]{1,2}M)?(?:[0-9]{1,2}(?:\\.[0-9]{1,6})?S)?$";
export const moneyPattern = "^-?[0-9]+(?:\\.[0-9]+)? [A-Z]{3}$";
