import { NotFound } from "#components/shell/NotFound.tsx";

export default function RootNotFound() {
  return <NotFound />;
}
