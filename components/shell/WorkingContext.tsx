"use client";

import { ChevronsUpDown, GitBranch, Globe } from "lucide-react";
import { type ReactNode, useState } from "react";
import { NewBranchDialog } from "#components/features/branches/NewBranchDialog.tsx";
import { DropdownMenu } from "#components/ui/DropdownMenu.tsx";
import { BranchItems } from "./BranchItems.tsx";
import { EnvironmentItems } from "./EnvironmentItems.tsx";
import { usePlace } from "./usePlace.ts";

interface WorkingContextProps {
  organisation: string;
  project: string;
}

/** Which branch is edited and which environment is looked at, and the way to others; small screens have `ProjectMenu`. */
export function WorkingContext(scope: WorkingContextProps) {
  const { branch, environment } = usePlace();
  const [naming, setNaming] = useState(false);
  return (
    <div className="hidden min-w-0 items-center gap-0.5 pl-1 md:flex">
      <DropdownMenu trigger={<Picker noun="Branch" name={branch} icon={<GitBranch aria-hidden />} />}>
        <BranchItems {...scope} onCreate={() => setNaming(true)} />
      </DropdownMenu>
      <DropdownMenu trigger={<Picker noun="Environment" name={environment} icon={<Globe aria-hidden />} />}>
        <EnvironmentItems {...scope} />
      </DropdownMenu>
      <NewBranchDialog scope={scope} open={naming} onOpenChange={setNaming} />
    </div>
  );
}

interface PickerProps extends React.ComponentProps<"button"> {
  noun: string;
  name: string;
  icon: ReactNode;
}

function Picker({ noun, name, icon, ...rest }: PickerProps) {
  return (
    <button
      type="button"
      aria-label={`${noun} ${name}, switch`}
      className="flex h-6 min-w-0 items-center gap-1.5 rounded-md px-1.5 text-muted text-xs hover:bg-hover hover:text-ink data-[state=open]:bg-hover [&_svg]:size-3.5 [&_svg]:shrink-0 [&_svg]:text-faint"
      {...rest}
    >
      {icon}
      <span className="max-w-40 truncate">{name}</span>
      <ChevronsUpDown className="size-3!" aria-hidden />
    </button>
  );
}
