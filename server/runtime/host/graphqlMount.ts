import { asksForPage } from "../graphql/explorer/asksForPage.ts";
import { wantsEvents } from "../realtime/graphql/wantsEvents.ts";
import { lazily } from "./lazily.ts";
import type { Mount } from "./Mount.ts";

const answers = lazily(() => import("./graphqlAnswers.ts"));

/** `/graphql`: over HTTP, as server-sent events, and over a WebSocket. */
export const graphqlMount: Mount = {
  path: "/graphql",
  route: "graphql",
  open: ({ method, url = "", headers }) => asksForPage({ method, query: url.includes("?") ? "?" : "", headers }),
  streams: ({ accept }) => wantsEvents(accept),
  answer: (request, environment) => answers(({ answerGraphqlMount }) => answerGraphqlMount(request, environment)),
  upgrade: async (upgrade, environment) => answers(({ upgradeGraphql }) => upgradeGraphql(upgrade, environment)),
};
