import {
  BookOpen,
  CalendarX,
  FileCode,
  KeyRound,
  ListFilter,
  type LucideIcon,
  SlidersHorizontal,
  SquareFunction,
  SquareTerminal,
  UserRoundKey,
} from "lucide-react";
import type { ApiSection } from "#components/builder/api/ApiSection.ts";

interface ApiScreen {
  readonly id: ApiSection;
  readonly title: string;
  readonly icon: LucideIcon;
}

/** The sections of the API studio, in the order of its tabs. */
export const apiScreens: readonly ApiScreen[] = [
  { id: "connect", title: "Connect", icon: KeyRound },
  { id: "operations", title: "Operations", icon: SquareFunction },
  { id: "lists", title: "Lists", icon: ListFilter },
  { id: "deprecations", title: "Deprecations", icon: CalendarX },
  { id: "settings", title: "Settings", icon: SlidersHorizontal },
  { id: "users", title: "End users", icon: UserRoundKey },
  { id: "console", title: "Console", icon: SquareTerminal },
  { id: "docs", title: "Docs", icon: BookOpen },
  { id: "client", title: "Client", icon: FileCode },
];
