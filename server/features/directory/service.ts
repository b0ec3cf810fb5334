export { applyAllRoles } from "./people/membershipOf.ts";
export { directoryRouter } from "./router.ts";
