import { Skeleton } from "#components/ui/Skeleton.tsx";

/** The shape of the builder while the model is on its way. */
export function BuilderSkeleton() {
  return (
    <div
      role="status"
      aria-label="Loading the model"
      className="flex h-[calc(100dvh-3rem-1px)] flex-col md:h-[calc(100dvh-5.25rem-1px)]"
    >
      <div className="flex h-11 shrink-0 items-center gap-2 border-b bg-surface px-2">
        <Skeleton className="h-7 w-52" />
        <Skeleton className="h-7 w-28" />
        <span className="flex-1" />
        <Skeleton className="h-7 w-20" />
      </div>
      <div className="flex min-h-0 flex-1">
        <div className="flex flex-1 flex-wrap content-center justify-center gap-16 p-8">
          {["a", "b", "c"].map((key) => (
            <Skeleton key={key} className="h-44 w-60 rounded-lg" />
          ))}
        </div>
        <div className="flex w-85 flex-col gap-3 border-l bg-surface p-3 max-md:hidden">
          <Skeleton className="h-5 w-32" />
          <Skeleton className="h-8" />
          <Skeleton className="h-14" />
          <Skeleton className="h-40" />
        </div>
      </div>
    </div>
  );
}
