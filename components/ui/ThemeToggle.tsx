"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";
import { SegmentedControl } from "./SegmentedControl.tsx";

const options = [
  { value: "light", label: <Sun />, name: "Light" },
  { value: "dark", label: <Moon />, name: "Dark" },
  { value: "system", label: <Monitor />, name: "As the system" },
] as const;

type Theme = (typeof options)[number]["value"];

const never = () => () => {};

/** The server does not know the theme, so nothing is marked until the page is live. */
export function ThemeToggle({ className }: { className?: string }) {
  const { theme, setTheme } = useTheme();
  const live = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const current = options.find((option) => option.value === theme)?.value;
  return (
    <SegmentedControl<Theme | "">
      label="Theme"
      value={live ? (current ?? "system") : ""}
      onValueChange={setTheme}
      options={options}
      {...(className === undefined ? {} : { className })}
    />
  );
}
