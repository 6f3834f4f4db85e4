-- Who graduates on a day is offered a report that he may hand over (Z2.1, G10.1): by two people, once for
-- each day and class. An offer issues nothing: each report stands under its student's own consent (L-09).
create table report_offer (
  id uuid primary key default gen_random_uuid(),
  graduation_on date not null,
  -- None for everybody who graduates on that day.
  class_code text,
  -- How many stood on the list when it was prepared, then how many were notified.
  student_count integer not null check (student_count > 0),
  state text not null check (state in ('PREPARED', 'SENT')),
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  constraint report_offer_once unique nulls not distinct (graduation_on, class_code),
  constraint report_offer_second_person check (approved_by <> recorded_by),
  constraint report_offer_sent check ((state = 'SENT') = (approved_by is not null and approved_at is not null))
);
