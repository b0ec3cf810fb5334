export { deleteProject } from "./deleteProject.ts";
