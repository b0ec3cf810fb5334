"use client";

import type { ComponentProps } from "react";
import { cn } from "./cn.ts";
import { controlStyles } from "./controlStyles.ts";
import { useFieldControl } from "./Field.tsx";

interface InputProps extends Omit<ComponentProps<"input">, "size"> {
  size?: "sm" | "md" | "lg";
}

const heights = { sm: "h-7 px-2", md: "h-8 px-2.5", lg: "h-10 px-3 text-base" };

export function Input({ size = "md", className, ...rest }: InputProps) {
  const field = useFieldControl();
  return <input autoComplete="off" {...field} className={cn(controlStyles, heights[size], className)} {...rest} />;
}
