import { describeJobEngine } from "./jobEngineContract.ts";
import { startEmbedded } from "./startEmbedded.ts";

describeJobEngine("embedded job driver", startEmbedded);
