"use client";

import { LayoutGrid, Moon, Plus, Sun, UserCog } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import { apiScreens } from "#components/features/api/apiScreens.ts";
import { sectionHref } from "#components/features/api/sectionHref.ts";
import type { Command } from "#components/ui/CommandRegistry.tsx";
import { organisationSections } from "./organisationSections.ts";
import { projectScreens } from "./projectScreens.ts";
import { usePlace } from "./usePlace.ts";
import { useScope } from "./useScope.ts";

/** The commands that are there on every screen. */
export function useScreenCommands(): readonly Command[] {
  const router = useRouter();
  const { resolvedTheme, setTheme } = useTheme();
  const { organisation, project } = useScope();
  const { hrefTo } = usePlace();
  const dark = resolvedTheme === "dark";
  const go = (path: string) => () => router.push(path);
  return [
    ...(organisation !== undefined && project !== undefined
      ? projectScreens.map(({ path, title, icon: Icon, keywords }) => ({
          id: `screen-${path}`,
          title,
          group: "This project",
          keywords,
          icon: <Icon />,
          run: go(hrefTo(`/${organisation}/${project}/${path}`)),
        }))
      : []),
    ...(organisation !== undefined && project !== undefined
      ? apiScreens.map(({ id, title, icon: Icon }) => ({
          id: `screen-api-${id}`,
          title: `API: ${title}`,
          group: "This project",
          icon: <Icon />,
          run: go(hrefTo(sectionHref({ organisation, project }, id))),
        }))
      : []),
    ...(organisation === undefined
      ? []
      : [
          {
            id: "screen-projects",
            title: "All projects",
            group: "Go to",
            icon: <LayoutGrid />,
            run: go(`/${organisation}`),
          },
          ...organisationSections.map(({ path, title, icon: Icon }) => ({
            id: `screen-organisation-${path}`,
            title: `Organisation: ${title}`,
            group: "Go to",
            icon: <Icon />,
            run: go(path === "" ? `/${organisation}/settings` : `/${organisation}/settings/${path}`),
          })),
        ]),
    { id: "screen-new", title: "New project", group: "Go to", icon: <Plus />, run: go("/new") },
    {
      id: "screen-new-organisation",
      title: "New organisation",
      group: "Go to",
      icon: <Plus />,
      run: go("/new/organisation"),
    },
    { id: "screen-account", title: "Account settings", group: "Go to", icon: <UserCog />, run: go("/account") },
    {
      id: "theme",
      title: dark ? "Use the light theme" : "Use the dark theme",
      group: "Looks",
      keywords: ["theme", "dark", "light"],
      icon: dark ? <Sun /> : <Moon />,
      run: () => setTheme(dark ? "light" : "dark"),
    },
  ];
}
