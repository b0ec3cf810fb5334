import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import { type ComponentProps, isValidElement, type ReactNode } from "react";
import { cn } from "./cn.ts";
import { Spinner } from "./Spinner.tsx";
import { Tooltip } from "./Tooltip.tsx";

const buttonStyles = cva(
  [
    "inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-md border font-medium",
    "transition-[background-color,border-color,color,box-shadow] duration-100",
    "disabled:pointer-events-none disabled:opacity-50 aria-disabled:not-aria-busy:opacity-50 [&_svg]:shrink-0",
  ],
  {
    variants: {
      variant: {
        primary: "border-transparent bg-accent text-on-accent shadow-xs hover:bg-accent-hover",
        secondary: "border-line-strong bg-surface text-ink shadow-xs hover:bg-hover",
        ghost: "border-transparent text-muted hover:bg-hover hover:text-ink",
        danger: "border-transparent bg-danger text-white shadow-xs hover:bg-danger-hover",
        dangerGhost: "border-transparent text-danger-text hover:bg-danger-soft",
        link: "border-transparent px-0! text-accent-text underline-offset-4 hover:underline",
      },
      size: {
        sm: "h-7 gap-1.5 px-2.5 text-xs [&_svg]:size-3.5",
        md: "h-8 gap-2 px-3 text-sm [&_svg]:size-4",
        lg: "h-10 gap-2 px-4 text-base [&_svg]:size-4",
      },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

export interface ButtonProps extends ComponentProps<"button">, VariantProps<typeof buttonStyles> {
  /** Renders the only child (a link, say) with the looks of a button. */
  asChild?: boolean;
  /** Shows a spinner and refuses clicks; the button keeps its focus. */
  pending?: boolean;
  icon?: ReactNode;
  /** Why it cannot be used: said on hover and focus and to screen readers; clicks do nothing. */
  why?: string | undefined;
}

export function Button({
  asChild = false,
  pending = false,
  icon,
  why,
  variant,
  size,
  className,
  children,
  onClick,
  type = "button",
  ...rest
}: ButtonProps) {
  const classes = cn(buttonStyles({ variant, size }), className);
  if (why !== undefined) {
    const words = asChild && isValidElement<{ children?: ReactNode }>(children) ? children.props.children : children;
    return (
      <Tooltip label={why}>
        <button
          type="button"
          aria-disabled
          className={cn(classes, "cursor-not-allowed")}
          {...(rest["aria-label"] && { "aria-label": `${rest["aria-label"]}. ${why}` })}
        >
          {icon}
          {words}
          <span className="sr-only">. {why}</span>
        </button>
      </Tooltip>
    );
  }
  if (asChild) {
    return (
      <Slot.Root className={classes} {...(onClick ? { onClick } : {})} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type={pending ? "button" : type}
      className={classes}
      {...(pending ? { "aria-busy": true, "aria-disabled": true } : onClick ? { onClick } : {})}
      {...rest}
    >
      {pending ? <Spinner className="text-current" /> : icon}
      {children}
    </button>
  );
}
