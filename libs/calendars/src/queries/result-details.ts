/** All that a result shows, for the calendars of one page, in the page's order. */
export const resultDetails = `
  select r.id as "practitionerId", r.kind, coalesce(p.slug, r.id::text) as slug, coalesce(p.title, '{}') as title,
         coalesce(p.given_name, '') as "givenName", coalesce(p.family_name, r.name) as "familyName",
         coalesce(p.languages, '{}') as languages,
         c.id as "calendarId", c.payer, c.confirmation,
         json_build_object('id', k.id, 'slug', k.slug, 'name', k.name, 'phone', k.phone, 'insurers', (
           select coalesce(json_agg(json_build_object('id', i.id, 'name', i.name) order by i.name), '[]')
             from clinic_insurer ki join insurer i on i.id = ki.insurer_id where ki.clinic_id = k.id)) as clinic,
         json_build_object('id', b.id, 'slug', b.slug, 'name', b.name, 'city', b.city, 'address', b.address, 'timeZone', b.zone) as branch,
         (select coalesce(json_agg(json_build_object('id', y.id, 'name', y.name) order by ps.position), '[]')
            from practitioner_specialty ps join specialty y on y.id = ps.specialty_id where ps.practitioner_id = p.id) as specialties,
         (select json_agg(json_build_object('id', s.id, 'name', s.name, 'minutes', cs.minutes, 'priceCents', cs.price_cents,
                          'needsReferral', s.referral_required and (c.payer = 'state' or s.referral_scope = 'all'))
                          order by cs.price_cents, s.id)
            from calendar_service cs join service s on s.id = cs.service_id
           where cs.calendar_id = c.id and cs.active and ($2::text is null or s.specialty_id = $2)
             and ($3::uuid is null or s.id = $3)) as services,
         (select coalesce(json_agg(json_build_object('serviceId', n.service_id,
                   'start', to_char(n.start at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) order by n.start), '[]')
            from (
              select d.service_id, u.start
                from (
                  select d.service_id, d.starts
                    from free_day d
                   where d.calendar_id = c.id and d.service_id = page.service_id and d.first_start >= $4
                   order by d.day limit 5) d
               cross join lateral unnest(d.starts) as u(start)
               order by u.start limit 5) n) as "nextTimes"
    from unnest($1::uuid[], $5::uuid[]) with ordinality as page(id, service_id, place)
    join calendar c on c.id = page.id
    join resource r on r.id = c.resource_id and r.active
    left join practitioner p on p.id = r.practitioner_id
    join clinic k on k.id = c.clinic_id
    join branch b on b.id = c.branch_id
   where (p.published or r.practitioner_id is null) and k.published
   order by page.place`;
