import { startEmbedded } from "../testing/startEmbedded.ts";
import { describeJobEngine } from "./jobEngineContract.ts";
import { keys } from "./TestApplication.ts";

describeJobEngine("embedded job driver", startEmbedded, { keys, isStricter: true });
