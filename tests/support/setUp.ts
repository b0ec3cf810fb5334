import fc from "fast-check";
import { testSeed } from "./testSeed.ts";

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: testSeed });
