"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./Button.tsx";
import { IconButton } from "./IconButton.tsx";

interface CopyButtonProps {
  text: string;
  /** What is copied: "Copy address". */
  label: string;
  /** Shows the label beside the icon. */
  withText?: boolean;
  className?: string;
}

export function CopyButton({ text, label, withText = false, className }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1600);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    await copyText(text);
    setCopied(true);
  };
  const icon = copied ? <Check className="text-success-text" /> : <Copy />;
  const classes = className === undefined ? {} : { className };
  return (
    <>
      {withText ? (
        <Button size="sm" icon={icon} onClick={copy} {...classes}>
          {copied ? "Copied" : label}
        </Button>
      ) : (
        <IconButton label={label} size="sm" onClick={copy} {...classes}>
          {icon}
        </IconButton>
      )}
      <span aria-live="polite" className="sr-only">
        {copied ? "Copied" : ""}
      </span>
    </>
  );
}

/** The clipboard API needs a secure context; plain http on a local network has only the selection. */
async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const holder = document.createElement("textarea");
  holder.value = text;
  holder.style.position = "fixed";
  holder.style.opacity = "0";
  document.body.append(holder);
  holder.select();
  document.execCommand("copy");
  holder.remove();
}
