import type { ApiSection } from "#components/builder/api/ApiSection.ts";
import type { ProjectScope } from "../ProjectScope.ts";

/** The address of a section of the API studio; null stands for the model. */
export function sectionHref({ organisation, project }: ProjectScope, section: ApiSection | null): string {
  const screen = `/${organisation}/${project}`;
  if (section === null) return `${screen}/model`;
  return section === "connect" ? `${screen}/api` : `${screen}/api/${section}`;
}
