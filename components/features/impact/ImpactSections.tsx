import { AccessImpact } from "./AccessImpact.tsx";
import { ApiImpact } from "./ApiImpact.tsx";
import type { ModelsImpact } from "./Impact.ts";

interface ImpactSectionsProps {
  impact: { readonly models: ModelsImpact | null };
}

/** What a change means beside the model itself: for who may do what, and for those who call the API. */
export function ImpactSections({ impact: { models } }: ImpactSectionsProps) {
  if (!models) return null;
  return (
    <>
      <AccessImpact access={models.access} />
      <ApiImpact api={models.api} measuredDays={models.measuredDays} />
    </>
  );
}
