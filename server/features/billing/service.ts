export { endSubscription } from "./endSubscription.ts";
