"use client";

import { type ReactNode, useCallback } from "react";
import { DocumentStudio, type StudioDocument, StudioPage } from "../studio/DocumentStudio.tsx";
import { type ApiSection, sectionOfProblem } from "./ApiSection.ts";

interface ApiStudioProps {
  document: StudioDocument;
  /** The ways to the sections. */
  tabs: ReactNode;
  /** Shows another section, or with null the model. */
  onNavigate: (section: ApiSection | null) => void;
  children: ReactNode;
}

/** How the app shows in its APIs: the model's settings, edited and saved as in the builder. */
export function ApiStudio({ document, tabs, onNavigate, children }: ApiStudioProps) {
  const showPlace = useCallback((path: readonly string[]) => onNavigate(sectionOfProblem(path)), [onNavigate]);
  const openCode = useCallback(() => onNavigate(null), [onNavigate]);
  return (
    <DocumentStudio document={document} group="API" tabs={tabs} onShowPlace={showPlace} onOpenCode={openCode}>
      <StudioPage>{children}</StudioPage>
    </DocumentStudio>
  );
}
