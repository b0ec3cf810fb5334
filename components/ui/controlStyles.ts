/** The looks that inputs, text areas and selects share. */
export const controlStyles = [
  "w-full min-w-0 rounded-md border border-control bg-surface text-ink text-sm shadow-xs transition-[border-color,box-shadow] duration-100",
  "hover:border-faint focus:border-accent focus:outline-2 focus:outline-accent/25 focus:outline-offset-0",
  "aria-invalid:border-danger aria-invalid:focus:outline-danger/25",
  "disabled:bg-sunken disabled:text-faint [&[readonly]]:bg-sunken",
].join(" ");
