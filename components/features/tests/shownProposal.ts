import type { Proposal } from "#lib/vetting/propose/Proposal.ts";

export type ShownProposal = Proposal;
