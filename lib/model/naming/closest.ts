export { closest } from "../../expression/closest.ts";
