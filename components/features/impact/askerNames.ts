/** `role sales` to `sales`; at the head of a row. */
export function askerNames(id: string): string {
  if (id === "anonymous") return "Not signed in";
  return id === "signedIn" ? "No role" : id.replace(/^role /, "");
}
