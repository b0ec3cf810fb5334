// The engine makes itself the handler of this worker's messages.
import "elkjs/lib/elk-worker.min.js";
