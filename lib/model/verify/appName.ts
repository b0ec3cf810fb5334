import type { Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

const maxLength = 100;

/** An app has a name that fits on a screen. */
export const appName: Rule = ({ app }, places) => {
  const path = ["app", "name"];
  if (places.unread.has("app")) return [];
  if (app.name.trim() === "") {
    return [problemAt(places, { code: "missing_app", path, message: 'Give the app a name: `app({ name: "..." })`.' })];
  }
  if (app.name.length <= maxLength) return [];
  return [
    problemAt(places, { code: "name_shape", path, message: `An app's name has at most ${maxLength} characters.` }),
  ];
};
