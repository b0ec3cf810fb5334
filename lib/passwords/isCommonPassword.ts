/** Beginnings that people put digits or signs behind; compared after undoing the usual replacements of letters. */
const commonWords = new Set(
  `abcdefghij access account admin administrator asdfghjkl azertyuiop baseball basketball batman bismillah blahblah
   butterfly changeme charlie chocolate computer cookie default dragon everton facebook football freedom gantry
   gfhjkm ginger google hallo hello iloveyou internet jordan killer letmein letmeinnow liverpool login london lovely
   manchester master masterpassword michael michelle monkey mustang mypassword newpassword nothing october pa55word
   passphrase passwd password passwordpassword passwort pokemon princess qazwsx qazwsxedc qazwsxedcrfv qwerty qwertyu
   qwertyui qwertyuiop qwertz qwertzuiop samsung secret september shadow snoopy starwars summer sunshine superman
   supersecret test testing testtest thomas trustno tinkerbell user username unknown welcome welcomeback whatever
   winter zaqxsw zaqwsx zxcvbn zxcvbnm contrasena motdepasse wachtwoord senha`.split(/\s+/),
);

const rows = [
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890123456789",
  "qwertyuiopasdfghjklzxcvbnm",
  "1q2w3e4r5t6y7u8i9o0p",
];

/** Whether a guesser would have it among the first: a common word with digits, a run of keys, a short thing repeated. */
export function isCommonPassword(password: string): boolean {
  const text = password.toLowerCase();
  if (/^(.{1,5}?)\1+.{0,2}$/su.test(text)) return true;
  if (rows.some((row) => row.includes(text) || reversed(row).includes(text))) return true;
  const word = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
  return text.length - word.length <= 8 && (isCommonWord(word) || isCommonWord(unreplaced(word)));
}

/** The word itself or twice the word. */
function isCommonWord(text: string): boolean {
  const half = text.slice(0, text.length / 2);
  return commonWords.has(text) || (half + half === text && commonWords.has(half));
}

function unreplaced(text: string): string {
  const letters: Readonly<Record<string, string>> = {
    "0": "o",
    "1": "i",
    "3": "e",
    "4": "a",
    "5": "s",
    "7": "t",
    "@": "a",
    $: "s",
    "!": "i",
  };
  return text.replace(/[013457@$!]/g, (sign) => letters[sign] ?? sign);
}

function reversed(text: string): string {
  return [...text].reverse().join("");
}
