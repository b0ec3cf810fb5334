export { handleOidcCallback as GET } from "#server/features/sso/signIn/handlers.ts";
