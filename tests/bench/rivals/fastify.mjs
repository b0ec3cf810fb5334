// The measure: what an expert writes by hand for the same answers. One statement an endpoint, JSON built by PostgreSQL.
import Fastify from "fastify";
import postgres from "postgres";

const sql = postgres(process.env.DATABASE_URL, { max: 10, prepare: true, onnotice: () => {} });

const columns = (deal) =>
  `${deal}.id, ${deal}.title, ${deal}.stage, ${deal}.amount::text as amount, ${deal}.created_at as "createdAt",
   ${deal}.company_id as "companyId", ${deal}.contact_id as "contactId"`;
const list = `select coalesce(json_agg(r), '[]') from (
  select ${columns("d")}, (select row_to_json(x) from (
    select c.id, c.name, c.city, c.created_at as "createdAt") x) as company
  from deals d join companies c on c.id = d.company_id where d.stage = $1 order by d.created_at desc, d.id desc limit 20) r`;
const statements = {
  get: `select row_to_json(r)::text as j from (select ${columns("d")} from deals d where d.id = $1) r`,
  list: `select row_to_json(r)::text as j from (select (${list}) as data) r`,
  count: `select row_to_json(r)::text as j from (select (${list}) as data, (select count(*) from deals where stage = $1) as count) r`,
  nested: `select coalesce(json_agg(r), '[]')::text as j from (select c.name,
    (select coalesce(json_agg(k), '[]') from (select first_name as "firstName", last_name as "lastName", email
      from contacts where company_id = c.id order by last_name, id limit 5) k) as contacts,
    (select coalesce(json_agg(x), '[]') from (select d.title, d.amount::text as amount,
      (select coalesce(json_agg(t), '[]') from (select t.name from deal_tags dt join tags t on t.id = dt.tag_id
        where dt.deal_id = d.id order by t.id) t) as tags
      from deals d where d.company_id = c.id order by d.created_at desc, d.id desc limit 5) x) as deals
    from companies c where c.city = $1 order by c.name, c.id limit 20) r`,
  create: `with d as (insert into deals (title, stage, amount, company_id, contact_id) values ($1, $2, $3, $4, $5) returning *)
    select row_to_json(r)::text as j from (select ${columns("d")} from d) r`,
};

const app = Fastify({ logger: false });
const ask = async (name, values) => (await sql.unsafe(statements[name], values, { prepare: true }))[0]?.j;
const send = (reply, json, status = 200) =>
  json === undefined
    ? reply.code(404).send({ error: "not found" })
    : reply.code(status).header("content-type", "application/json; charset=utf-8").send(json);

app.get("/deals/:id", async (request, reply) => send(reply, await ask("get", [request.params.id])));
app.get("/deals", async (request, reply) =>
  send(reply, await ask(request.query.count ? "count" : "list", [request.query.stage])),
);
app.get("/companies", async (request, reply) => send(reply, await ask("nested", [request.query.city])));
const text = { type: "string" };
const body = {
  type: "object",
  required: ["title", "stage", "amount", "companyId", "contactId"],
  properties: { title: text, stage: text, amount: text, companyId: text, contactId: text },
};
app.post("/deals", { schema: { body } }, async (request, reply) => {
  const { title, stage, amount, companyId, contactId } = request.body;
  return send(reply, await ask("create", [title, stage, amount, companyId, contactId]), 201);
});
await sql`select 1`;
await app.listen({ port: Number(process.env.PORT), host: "127.0.0.1" });
process.once("disconnect", () => process.exit());
process.send?.("ready");
