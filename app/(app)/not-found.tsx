import { NotFound } from "#components/shell/NotFound.tsx";

export default function AppNotFound() {
  return <NotFound />;
}
