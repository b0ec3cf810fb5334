import type { TestActor } from "#lib/model/testTypes.ts";
import { anonymousActor, keyActor, serviceActor } from "#lib/plan/access/actors.ts";
import type { Actor, RunPlan } from "#lib/plan/types.ts";
import type { App } from "../host/App.ts";
import { Actors } from "../users/actors/Actors.ts";
import type { GivenRows } from "./GivenRows.ts";
import { TestFailure } from "./TestFailure.ts";

export interface TestParts {
  readonly app: App;
  /** Within the test's transaction. */
  readonly run: RunPlan;
  readonly rows: GivenRows;
}

/** Whom a request of such a caller would run as. */
export async function actorOfTest(as: TestActor, { app, run, rows }: TestParts): Promise<Actor> {
  switch (as.kind) {
    case "anonymous":
      return anonymousActor;
    case "service":
      return serviceActor("test");
    case "key":
      return keyActor("test", as.roles);
    case "user": {
      const { entity, key } = rows.named(as.row);
      const { users } = app.model.app;
      if (users === undefined) throw new TestFailure("The app does not say whose records are its users.");
      if (entity.name !== users) throw new TestFailure(`\`${as.row}\` is no record of ${users}, which the users are.`);
      const actor = await new Actors({ app, run }).of({ id: key, roles: as.roles ?? [] });
      if (!actor) throw new TestFailure(`\`${as.row}\` is no user: the record is not in sight.`);
      return actor;
    }
  }
}
