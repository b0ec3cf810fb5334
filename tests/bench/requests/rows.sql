-- Deterministic rows: every run and every server sees the same.
create function pg_temp.uid(kind text, n bigint) returns uuid language sql immutable as $$ select md5(kind || n)::uuid $$;
insert into companies (id, name, city, created_at)
  select pg_temp.uid('company', n), 'Company ' || lpad(n::text, 5, '0'), 'City ' || lpad((n % 100)::text, 2, '0'),
    timestamptz '2023-01-01Z' + n * interval '1 minute' from generate_series(1::bigint, 10000) n;
insert into contacts (id, company_id, first_name, last_name, email)
  select pg_temp.uid('contact', n), pg_temp.uid('company', 1 + n % 10000), 'First' || (n * 7919) % 997,
    'Last' || lpad(((n * 104729) % 100003)::text, 6, '0'), 'c' || n || '@example.org' from generate_series(1::bigint, 100000) n;
insert into deals (id, company_id, contact_id, title, stage, amount, created_at)
  select pg_temp.uid('deal', n), pg_temp.uid('company', 1 + n % 10000), pg_temp.uid('contact', (n % 10000) + 10000 * (1 + n % 9)),
    'Deal number ' || n, (array['lead','qualified','proposal','negotiation','won','lost'])[1 + (n * 31 / 7) % 6],
    ((n * 7907) % 10000000) / 100.0, timestamptz '2024-01-01Z' + ((n * 7919) % 200003) * interval '211 second'
  from generate_series(1::bigint, 200000) n;
insert into tags (id, name) select pg_temp.uid('tag', n), 'tag-' || lpad(n::text, 2, '0') from generate_series(1::bigint, 50) n;
insert into deal_tags (deal_id, tag_id)
  select pg_temp.uid('deal', n), pg_temp.uid('tag', 1 + (n + k * 17) % 50)
  from generate_series(1::bigint, 200000) n, generate_series(1, 3) k where k <= n % 4;
vacuum analyze;
