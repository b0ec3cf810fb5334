/** Which project a screen is about, by the slugs of its address. */
export interface ProjectScope {
  readonly organisation: string;
  readonly project: string;
}
