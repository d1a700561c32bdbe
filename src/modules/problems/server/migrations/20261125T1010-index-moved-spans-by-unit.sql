-- What came and went on a day that is not finished is mostly asked for one unit: only its rows are looked at then.
drop index problem_span_ended;
create index problem_span_ended on problem_span (jurisdiction, to_on, lead_unit_id) where to_on is not null;
drop index problem_span_by_lead;
create index problem_span_by_lead on problem_span (jurisdiction, lead_unit_id, from_on) where to_on is null;
