import { startEmbedded } from "../testing/startEmbedded.ts";
import { describeJobEngine } from "./jobEngineContract.ts";

describeJobEngine("embedded job driver", startEmbedded);
