#!/usr/bin/env node
// The command line program from a checkout, on any Node from 20 on.
import { launchProgram } from "./launch/launchProgram.mjs";

await launchProgram("scripts/cli/main.ts", process.argv.slice(2));
